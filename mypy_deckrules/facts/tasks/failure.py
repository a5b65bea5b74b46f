"""How a task's failures are met: its own retries, and the receivers of ``task_failure``."""

from __future__ import annotations

from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Expression, FuncDef
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.sources import imported_modules, sources
from mypy_deckrules.facts.code.tree import walk, walk_body
from mypy_deckrules.facts.metadata import recall, remember

TOPIC: Final = "failure"
RECEIVER: Final = "task_failure"


def retries_itself(function: FuncDef) -> bool:
    """Whether a task's body calls ``retry`` on the task: ``self.retry(...)``, ``current_task.retry(...)``."""
    return any(
        isinstance(node, nodes.CallExpr) and isinstance(node.callee, nodes.MemberExpr) and node.callee.name == "retry"
        for node in walk_body(function)
    )


def notice_receivers(api: SemanticAnalyzer) -> None:
    """Remember of the module at work that it connects a receiver of Celery's ``task_failure``."""
    if any(map(_connects, definitions(api.cur_mod_node.defs))):
        remember(api, TOPIC, RECEIVER, {})


def handles_failures(api: TypeChecker) -> bool:
    """Whether the module that is being checked, or one that it imports, connects a receiver of ``task_failure``."""
    modules = {
        api.tree.fullname,
        *imported_modules(api.tree),
        *(module.fullname for module in sources(api.tree, api.modules)),
    }
    return any(recall(api, TOPIC, f"{module}.{RECEIVER}") is not None for module in modules & api.modules.keys())


def _connects(statement: nodes.Statement) -> bool:
    expressions: list[Expression] = []
    match statement:
        case nodes.Decorator():
            expressions = statement.original_decorators
        case nodes.ExpressionStmt(expr=expr):
            expressions = [expr]
        case _:
            return False
    return any(
        isinstance(node, nodes.MemberExpr) and node.name == "connect" and _is_signal(node.expr)
        for expression in expressions
        for node in walk(expression)
    )


def _is_signal(expr: Expression) -> bool:
    return isinstance(expr, nodes.NameExpr | nodes.MemberExpr) and expr.name == RECEIVER
