"""Attributes that hold a task, where mypy cannot tell.

``task = None`` in a class whose subclasses name one is None for mypy, and what a class method puts on its class,
``cls.task = app.task(...)``, is missing. The calls in the class tell: ``self.task.apply_async(...)``. The attribute is
declared as a task or anything else, so that a subclass may still name what it likes.
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy import nodes
from mypy.nodes import (
    MDEF,
    CallExpr,
    ClassDef,
    Expression,
    MemberExpr,
    NameExpr,
    RefExpr,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import Type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.classes import classes, typeinfo
from mypy_deckrules.facts.code.modules import definitions, names_used
from mypy_deckrules.facts.code.sources import imports
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.tasks.variables import SENDING, task_or_any


def type_attributes(api: SemanticAnalyzer, options: Options) -> None:
    """Declare such attributes of the classes of the module at work, when its names are resolved."""
    tree = api.cur_mod_node
    if not imports(tree, "celery") or typeinfo(api, names.TASK) is None or names_used(tree).isdisjoint(SENDING):
        return
    for definition in classes(api.cur_mod_node):
        for name in _sent(definition):
            lvalue = _empty(definition, name)
            if lvalue is not None and isinstance(lvalue.node, Var):
                lvalue.is_inferred_def = False
                _declare(lvalue.node, task_or_any(api, options))
            elif definition.info.get(name) is None and _is_put_on(definition, name):
                _add(definition.info, name, task_or_any(api, options))


def _sent(definition: ClassDef) -> set[str]:
    """The attributes of itself, or of its class, that a class calls as it would call a task's methods."""
    return {
        attribute for node in walk(definition.defs) if isinstance(node, CallExpr) for attribute in _attribute_sent(node)
    }


def _attribute_sent(call: CallExpr) -> Iterator[str]:
    match call.callee:
        case MemberExpr(expr=MemberExpr(expr=owner, name=attribute), name=method) if method in SENDING:
            match owner:
                case NameExpr() | CallExpr(callee=RefExpr(fullname="builtins.type"), args=[NameExpr()]) if _is_own(
                    owner.args[0] if isinstance(owner, CallExpr) else owner
                ):
                    yield attribute


def _is_own(expr: Expression) -> bool:
    return isinstance(expr, NameExpr) and isinstance(expr.node, Var) and (expr.node.is_self or expr.node.is_cls)


def _empty(definition: ClassDef, name: str) -> NameExpr | None:
    """The name in ``name = None`` in a class's body."""
    for statement in definitions(definition.defs.body):
        match statement:
            case nodes.AssignmentStmt(lvalues=[NameExpr() as lvalue], rvalue=NameExpr(name="None"), type=None) if (
                lvalue.name == name
            ):
                return lvalue
    return None


def _is_put_on(definition: ClassDef, name: str) -> bool:
    """Whether a method puts the attribute on its class."""
    for node in walk(definition.defs):
        match node:
            case nodes.AssignmentStmt(lvalues=[MemberExpr(expr=NameExpr(node=Var(is_cls=True)), name=attribute)]) if (
                attribute == name
            ):
                return True
    return False


def _add(info: TypeInfo, name: str, typ: Type) -> None:
    variable = Var(name)
    variable.info = info
    variable._fullname = f"{info.fullname}.{name}"
    variable.is_initialized_in_class = True
    _declare(variable, typ)
    info.names[name] = SymbolTableNode(MDEF, variable, plugin_generated=True)


def _declare(variable: Var, typ: Type) -> None:
    variable.type = typ
    variable.is_ready = True
    variable.is_inferred = False
