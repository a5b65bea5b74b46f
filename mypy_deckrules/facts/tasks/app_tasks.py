"""Classes that derive from ``app.Task``, the base class of an app's tasks.

mypy takes no attribute for a base class: ``class Base(app.Task)`` is reported, and has Any for its base. It is given
back here, before the class's body is analysed; mypy's report stays.
"""

from __future__ import annotations

from typing import TypeGuard

from mypy import nodes
from mypy.mro import MroError, calculate_mro
from mypy.nodes import (
    CallExpr,
    ClassDef,
    Expression,
    FuncDef,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    RefExpr,
    TypeInfo,
    Var,
    get_member_expr_fullname,
)
from mypy.plugin import ClassDefContext
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, Instance, ProperType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.classes import typeinfo
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import walk_scope
from mypy_deckrules.facts.tasks.apps import app_class
from mypy_deckrules.facts.tasks.classes import task_info, unparametrised
from mypy_deckrules.facts.tasks.django import tasks_are_django


def may_derive_from_app(definition: ClassDef) -> bool:
    """Whether a class has a base that is written ``….Task``."""
    return any(_is_task_of(expr) for expr in _bases(definition))


def derive_from_app(ctx: ClassDefContext, options: Options) -> None:
    """Give a class the base that it has at run time."""
    assert isinstance(ctx.api, SemanticAnalyzer)
    info = ctx.cls.info
    if info.has_base(names.TASK) or not info.fallback_to_any:  # mypy could follow it
        return
    for position, expr in enumerate(_bases(ctx.cls)):
        app = (
            app_named(ctx.api, expr.expr)
            if _is_task_of(expr) and isinstance(expr.expr, MemberExpr | NameExpr)
            else None
        )
        if app is None:
            continue
        base = app_class(ctx.api, app)
        if base is None or base.has_base(info.fullname):  # the class takes the place of the one that it derives from
            base = _default(ctx.api, options)
        others = [known for known in info.bases if known.type.fullname != "builtins.object"]
        before, known_mro = info.bases, info.mro
        info.bases, info.mro = [*others[:position], unparametrised(base), *others[position:]], []
        try:
            calculate_mro(info)
        except MroError:
            info.bases, info.mro = before, known_mro
        return


def _bases(definition: ClassDef) -> list[Expression]:
    return [*definition.removed_base_type_exprs, *definition.base_type_exprs]


def _is_task_of(expr: Expression) -> TypeGuard[MemberExpr]:
    return isinstance(expr, MemberExpr) and expr.name == "Task"


def _default(api: SemanticAnalyzer, options: Options) -> TypeInfo:
    django = typeinfo(api, names.DJANGO_TASK)
    return django if django is not None and tasks_are_django(api, options) else task_info(api)


def app_named(api: SemanticAnalyzer, expr: MemberExpr | NameExpr) -> Instance | None:
    """The type of an app, which mypy has not inferred yet where the module at work makes it."""
    name = _dotted(expr)
    symbol = api.lookup_qualified(name, expr, suppress_errors=True) if name else None
    node = symbol.node if symbol is not None else None
    if not isinstance(node, Var):
        return None
    typ = get_proper_type(node.type)
    return _as_app(typ if typ is not None else _made(api, node))


def _dotted(expr: MemberExpr | NameExpr) -> str | None:
    return expr.name if isinstance(expr, NameExpr) else get_member_expr_fullname(expr)


def _made(api: SemanticAnalyzer, variable: Var) -> ProperType | None:
    tree = api.modules.get(variable.fullname.rpartition(".")[0])
    if tree is None:
        return None
    for statement in definitions(tree.defs):
        match statement:
            case nodes.AssignmentStmt(
                lvalues=[nodes.NameExpr(name=name)], rvalue=CallExpr(callee=RefExpr(node=made))
            ) if name == variable.name:
                if isinstance(made, TypeInfo):
                    return unparametrised(made)
                if isinstance(made, FuncDef) and isinstance(made.type, CallableType):
                    return get_proper_type(made.type.ret_type)
                return _returned(tree, made) if isinstance(made, FuncDef) else None
            case _:
                pass
    return None


def _returned(tree: MypyFile, function: FuncDef) -> Instance | None:
    """What a function without annotations makes and gives back; the names in it are not resolved yet."""
    made: dict[str, Expression] = {}
    for node in walk_scope(function.body):
        match node:
            case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name=name)], rvalue=value):
                made.setdefault(name, value)
            case nodes.ReturnStmt(expr=value):
                match made.get(value.name) if isinstance(value, NameExpr) else value:
                    case CallExpr(callee=MemberExpr() | NameExpr() as callee):
                        info = _global(tree, _dotted(callee) or "")
                        return unparametrised(info) if info is not None else None
                    case _:
                        return None
            case _:
                pass
    return None


def _global(tree: MypyFile, name: str) -> TypeInfo | None:
    """The class that a dotted name stands for at the top level of a module."""
    node: Node | None = tree
    for part in name.split("."):
        symbol = node.names.get(part) if isinstance(node, MypyFile) else None
        node = symbol.node if symbol is not None else None
    return node if isinstance(node, TypeInfo) else None


def _as_app(typ: ProperType | None) -> Instance | None:
    return typ if isinstance(typ, Instance) and typ.type.has_base(names.CELERY) else None
