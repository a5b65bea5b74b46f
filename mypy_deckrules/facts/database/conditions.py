"""Which conditions decide whether a node is reached: the branches that hold it, and the guards that stand before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Block, CallExpr, Expression, FuncItem, IfStmt, MemberExpr, NameExpr, Statement, Var

from mypy_deckrules.facts.code.paths import leaves
from mypy_deckrules.facts.code.position import Position
from mypy_deckrules.facts.code.reaching import reaching
from mypy_deckrules.facts.code.tree import walk, walk_scope
from mypy_deckrules.facts.database.writes import is_write


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the way to a node.

    Attributes:
        statement: the ``if`` or ``elif``.
        is_guard: whether it stands before the node and leaves the block (``if order.paid: return``), rather than
            around the node.
    """

    statement: IfStmt
    is_guard: bool

    @property
    def test(self) -> Expression:
        return self.statement.expr[0]


def conditions(position: Position) -> Iterator[Condition]:
    """The conditions that decide whether the function comes to a node, the nearest first."""
    for holder, held in position.within_function():
        match holder:
            case IfStmt(expr=[test]) if held is not test:
                yield Condition(holder, is_guard=False)
            case Block(body=statements):
                before = statements[: next(i for i, statement in enumerate(statements) if statement is held)]
                yield from (Condition(guard, is_guard=True) for guard in _guards(position, before))
            case _:
                pass


def _guards(position: Position, before: list[Statement]) -> Iterator[IfStmt]:
    for statement in reversed(before):
        if isinstance(statement, IfStmt) and statement.else_body is None and leaves(position.api, statement.body[0]):
            yield statement


def counts_updates(api: TypeChecker, function: FuncItem, test: Expression) -> bool:
    """Whether a condition tests how many rows an ``update`` has changed: optimistic locking."""
    for node in walk_scope(test):
        if isinstance(node, NameExpr) and isinstance(node.node, Var):
            values = [binding.value for binding in reaching(function, node) if binding.value is not None]
            if any(_is_update(api, value) for value in values):
                return True
        elif isinstance(node, CallExpr) and _is_update(api, node):
            return True
    return False


def _is_update(api: TypeChecker, expr: Expression) -> bool:
    match expr.expr if isinstance(expr, nodes.AwaitExpr) else expr:
        case CallExpr(callee=MemberExpr(name="update" | "aupdate")) as call:
            return is_write(api, call)
        case _:
            return False


def is_presence(test: Expression, read: Expression) -> bool:
    """Whether a condition asks of what it reads only whether there is something."""
    match test:
        case nodes.UnaryExpr(op="not", expr=inner):
            return is_presence(inner, read)
        case nodes.OpExpr(op="and" | "or", left=left, right=right):
            return all(is_presence(side, read) for side in (left, right) if read in walk(side))
        case nodes.ComparisonExpr(operators=["is" | "is not"], operands=[inner, NameExpr(name="None")]):
            return inner is read
        case _:
            return test is read
