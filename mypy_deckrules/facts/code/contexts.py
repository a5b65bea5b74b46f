"""The context managers that are entered on the way to a node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from mypy import nodes
from mypy.nodes import CallExpr, Expression, Node, Statement

T = TypeVar("T", bound=Node)

ENTERING: Final = frozenset({"enter_context", "enter_async_context"})
"""The methods of an ``ExitStack`` that enter a context manager for the rest of its block."""


def entered(holder: Node, held: Node) -> Sequence[Expression]:
    """The context managers that ``holder`` enters before it comes to ``held``."""
    match holder:
        case nodes.WithStmt(expr=contexts):
            return _up_to(contexts, held)
        case nodes.Block(body=statements):
            return [context for statement in _up_to(statements, held) for context in _entered(statement)]
        case _:
            return []


def _up_to(items: Sequence[T], end: Node) -> Sequence[T]:
    """The items before ``end``; all of them where it is none of them."""
    return items[: next((i for i, item in enumerate(items) if item is end), None)]


def _entered(statement: Statement) -> Iterator[Expression]:
    """The context managers that a statement enters through an ``ExitStack``."""
    match statement:
        case nodes.ExpressionStmt(expr=expr) | nodes.AssignmentStmt(rvalue=expr):
            match expr.expr if isinstance(expr, nodes.AwaitExpr) else expr:
                case CallExpr(callee=nodes.MemberExpr(name=name), args=[context]) if name in ENTERING:
                    yield context
        case _:
            return
