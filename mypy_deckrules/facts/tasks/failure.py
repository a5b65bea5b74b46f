"""How a task's failures are met: its own retries, tasks for ``link_error``, and the receivers of ``task_failure``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Expression, FuncDef, MypyFile
from mypy.semanal import SemanticAnalyzer
from mypy.types import AnyType, Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.sources import imported_modules, imports, sources
from mypy_deckrules.facts.code.tree import walk, walk_body, walk_statements
from mypy_deckrules.facts.metadata import recall, remember
from mypy_deckrules.facts.tasks.definitions import TaskDefinition, TaskParameter

TOPIC: Final = "failure"
RECEIVER: Final = "task_failure"
CURRENT: Final = "current_task"


def retries_itself(api: TypeChecker, function: FuncDef) -> bool:
    """Whether a task's body calls ``retry`` on the task: ``self.retry(...)``, ``current_task.retry(...)``."""
    return any(
        isinstance(node, nodes.CallExpr)
        and isinstance(node.callee, nodes.MemberExpr)
        and node.callee.name == "retry"
        and _may_be_task(api, function, node.callee.expr)
        for node in walk_body(function)
    )


def _may_be_task(api: TypeChecker, function: FuncDef, expr: Expression) -> bool:
    """Whether an expression in a task's body may be the task; a parameter but the first (``job.retry()``) is not."""
    if isinstance(expr, nodes.NameExpr | nodes.MemberExpr) and expr.name == CURRENT:
        return True
    known = expr.type if isinstance(expr, nodes.CastExpr) else api.lookup_type(expr) if api.has_type(expr) else None
    typ = get_proper_type(known)
    if isinstance(typ, Instance):
        return typ.type.has_base(names.TASK)
    parameters = [argument.variable for argument in function.arguments]
    match expr:
        case nodes.NameExpr(node=variable):
            return variable not in parameters[1:]
        case nodes.MemberExpr(node=node):  # ``tasks.ship``; of ``self.queue`` it is None
            return node is not None
        case _:
            return False


def failure_taken(task: TaskDefinition) -> Sequence[TaskParameter]:
    """The parameters in which a task for ``link_error`` takes the request, the exception and the traceback.

    The worker where the other task failed calls it with them, and sends nothing
    (``celery.backends.base.Backend._call_task_errbacks``).
    """
    taken = [parameter for parameter in task.parameters if parameter.kind.is_positional()][:3]
    if task.bound or len(taken) < 3:
        return ()
    request, error = (get_proper_type(parameter.type) for parameter in taken[:2])
    is_request = isinstance(request, AnyType) or (
        isinstance(request, Instance) and request.type.module_name.partition(".")[0] == "celery"
    )
    is_error = isinstance(error, Instance) and error.type.has_base("builtins.BaseException")
    return taken if is_request and is_error else ()


def notice_receivers(api: SemanticAnalyzer) -> None:
    """Remember of the module at work that it connects a receiver of Celery's ``task_failure``."""
    tree = api.cur_mod_node
    if not imports(tree, "celery"):
        return
    known = {RECEIVER, *_imported_as(tree)}
    if any(_connects(statement, known) for statement in walk_statements(nodes.Block(tree.defs), inner=True)):
        remember(api, TOPIC, RECEIVER, {})


def handles_failures(api: TypeChecker) -> bool:
    """Whether the module that is being checked, or one that it imports, connects a receiver of ``task_failure``."""
    modules = {
        api.tree.fullname,
        *imported_modules(api.tree),
        *(module.fullname for module in sources(api)),
    }
    return any(recall(api, TOPIC, f"{module}.{RECEIVER}") is not None for module in modules & api.modules.keys())


def _imported_as(tree: MypyFile) -> Iterator[str]:
    """The names that a module gives the signal: ``from celery.signals import task_failure as failed``."""
    for statement in tree.imports:
        if isinstance(statement, nodes.ImportFrom):
            yield from (alias for name, alias in statement.names if name == RECEIVER and alias is not None)


def _connects(statement: nodes.Statement, signals: Set[str]) -> bool:
    expressions: list[Expression] = []
    match statement:
        case nodes.Decorator():
            expressions = statement.original_decorators
        case nodes.ExpressionStmt(expr=expr):
            expressions = [expr]
        case _:
            return False
    return any(
        isinstance(node, nodes.MemberExpr) and node.name == "connect" and _is_one_of(node.expr, signals)
        for expression in expressions
        for node in walk(expression)
    )


def _is_one_of(expr: Expression, signals: Set[str]) -> bool:
    return isinstance(expr, nodes.NameExpr | nodes.MemberExpr) and expr.name in signals
