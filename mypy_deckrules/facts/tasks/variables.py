"""Variables that hold one task or another: ``task = ship``, and elsewhere ``task = bill``, which takes something else.

mypy gives a variable the type of what it holds first, and refuses the other; likewise an attribute of a class whose
subclass names another task. These are declared, when names are resolved, as a task or anything else. Where one task
was assigned last, mypy still knows which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from mypy import nodes
from mypy.nodes import (
    AssignmentStmt,
    Block,
    Decorator,
    Expression,
    MemberExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import Type, UnionType

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.classes import classes, typeinfo
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import names_any, walk_statements
from mypy_deckrules.facts.tasks.app_tasks import app_named
from mypy_deckrules.facts.tasks.classes import ANY, task_info, unparametrised
from mypy_deckrules.facts.tasks.django import tasks_are_django
from mypy_deckrules.facts.tasks.stacked import is_task

SENDING: Final = frozenset({"delay", "apply_async", "delay_on_commit", "apply_async_on_commit"})
SIGNING: Final = frozenset({"s", "si", "signature", "subtask"})


def type_variables(api: SemanticAnalyzer, options: Options) -> None:
    """Declare such variables and attributes of the module at work."""
    if typeinfo(api, names.TASK) is None:
        return
    if names_any(api.cur_mod_node, SENDING | SIGNING):
        for variable, statements in _assigned(api.cur_mod_node).items():
            held = {task for statement in statements for task in _tasks(api, options, statement.rvalue)}
            if len(held) > 1 and len(statements) > 1:
                is_task_itself = all(isinstance(task, Decorator | Var) for task in held)
                _declare(variable, statements[0], task_or_any(api, options) if is_task_itself else ANY)
    for definition in classes(api.cur_mod_node):
        for variable, statements in _assignments(definitions(definition.defs.body)).items():
            overridden = any(_holds_task(api, options, base, variable.name) for base in definition.info.mro[1:])
            if overridden and any(_tasks(api, options, statement.rvalue) for statement in statements):
                _declare(variable, statements[0], task_or_any(api, options))


def task_or_any(api: SemanticAnalyzer, options: Options) -> Type:
    """The type of what is a task or anything else."""
    django = typeinfo(api, names.DJANGO_TASK)
    info = django if django is not None and tasks_are_django(api, options) else task_info(api)
    return UnionType([unparametrised(info), ANY])


def _assigned(tree: MypyFile) -> Mapping[Var, list[AssignmentStmt]]:
    """What is assigned to each variable of a module and its functions, and to each attribute of its objects."""
    found = _assignments(walk_statements(Block(tree.defs), inner=True))
    for definition in classes(tree):
        found.update(_assignments(walk_statements(definition.defs, inner=True), definition.info))
    return found


def _assignments(
    statements: Iterable[nodes.Statement], owner: TypeInfo | None = None
) -> dict[Var, list[AssignmentStmt]]:
    """The assignments to each variable that has no annotation, or to such attributes of ``self``, an ``owner``."""
    found: dict[Var, list[AssignmentStmt]] = defaultdict(list)
    for statement in statements:
        match statement:
            case AssignmentStmt(lvalues=[NameExpr(node=variable)], type=None) if owner is None:
                pass
            case AssignmentStmt(lvalues=[MemberExpr(expr=NameExpr(node=Var(is_self=True)), name=name)], type=None) if (
                owner is not None and name in owner.names
            ):
                variable = owner.names[name].node
            case _:
                continue
        if isinstance(variable, Var) and variable.is_inferred:
            found[variable].append(statement)
    return found


def _declare(variable: Var, statement: AssignmentStmt, typ: Type) -> None:
    """Give a variable a type, as an annotation where it is first assigned would."""
    target = statement.lvalues[0]
    assert isinstance(target, NameExpr | MemberExpr)
    target.is_inferred_def = False
    statement.type = statement.unanalyzed_type = typ
    variable.type = typ
    variable.is_ready = True
    variable.is_inferred = False


def _tasks(api: SemanticAnalyzer, options: Options, value: Expression) -> list[object]:
    """The tasks that an expression stands for, and the methods that send them."""
    match value:
        case nodes.ConditionalExpr(if_expr=first, else_expr=second) | nodes.OpExpr(op="or", left=first, right=second):
            return _tasks(api, options, first) + _tasks(api, options, second)
        case RefExpr(node=Decorator() | Var() as task) if _is_task(api, options, task):
            return [task]
        case MemberExpr(expr=RefExpr(node=Decorator() | Var() as task), name=method) if method in SENDING and _is_task(
            api, options, task
        ):
            return [(task, method)]
        case _:
            return []


def _is_task(api: SemanticAnalyzer, options: Options, node: Decorator | Var) -> bool:
    """Whether a function or variable is a task; in the import cycle at work, functions alone have a type to be told."""
    typ = node.var.type if isinstance(node, Decorator) else node.type
    if typ is not None:
        return is_task(typ)
    return isinstance(node, Decorator) and any(
        _makes_task(api, options, without_arguments(expr)) for expr in node.original_decorators
    )


def _makes_task(api: SemanticAnalyzer, options: Options, decorator: Expression) -> bool:
    match decorator:
        case RefExpr(fullname=fullname) if fullname == names.SHARED_TASK or fullname in options.task_decorators:
            return True
        case MemberExpr(expr=MemberExpr() | NameExpr() as app, name="task"):
            return app_named(api, app) is not None
        case _:
            return False


def _holds_task(api: SemanticAnalyzer, options: Options, owner: TypeInfo, name: str) -> bool:
    """Whether an attribute has the type of the task that the body of its class gives it."""
    symbol = owner.names.get(name)
    if symbol is None or not isinstance(symbol.node, Var) or not symbol.node.is_inferred:
        return False
    if symbol.node.type is not None:
        return is_task(symbol.node.type)
    assigned = _assignments(definitions(owner.defn.defs.body)).get(symbol.node, ())
    return any(_tasks(api, options, statement.rvalue) for statement in assigned)
