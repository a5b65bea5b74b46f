"""Which queries have found no row where a node is reached: after ``if not ...exists()``, in ``except DoesNotExist``, or
after a ``try`` that has returned with the row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncItem, MemberExpr, NameExpr, Node, RefExpr, Var

from mypy_deckrules import names
from mypy_deckrules.facts.code.paths import leaves
from mypy_deckrules.facts.code.position import Position
from mypy_deckrules.facts.code.reaching import reaching
from mypy_deckrules.facts.code.tree import walk_scope
from mypy_deckrules.facts.database.conditions import conditions

ASKING: Final = frozenset(
    {"filter", *(f"{prefix}{name}" for prefix in ("", "a") for name in ("exists", "count", "first", "last"))}
)
"""Methods whose result is false where there is no row."""

GETTING: Final = frozenset({"get", "aget"})


def queries_without_row(position: Position) -> Iterator[CallExpr]:
    """The queries that found no row on the way to a node: calls of ``exists``, ``first``, ``get`` ...

    In a loop they are those of the same turn: a row for each item is not the one that was missing before the loop.
    """
    function = position.function
    if function is None:
        return
    turn = _turn(position)
    for condition in conditions(turn):
        holds = condition.statement.body[0] in turn.path
        yield from _true(function, condition.test) if holds else _false(function, condition.test)
    for holder, held in turn.within_function():
        match holder:
            case nodes.TryStmt() if held in _handlers_of_missing_row(holder):
                yield from _gets(holder.body)
            case nodes.Block(body=statements):
                before = statements[: next(i for i, statement in enumerate(statements) if statement is held)]
                yield from (get for statement in before for get in _missed(position.api, statement))
            case _:
                pass


def _turn(position: Position) -> Position:
    """The place of a node in the loop that runs it, or in the function where none does."""
    for holder, held in position.within_function():
        match holder:
            case nodes.ForStmt(body=body) | nodes.WhileStmt(body=body) if held is body:
                return Position(position.api, position.path[position.path.index(holder) :])
            case _:
                pass
    return position


def _true(function: FuncItem, test: Expression) -> Iterator[CallExpr]:
    """The queries that have no row if ``test`` is true."""
    match test:
        case nodes.UnaryExpr(op="not", expr=inner):
            yield from _false(function, inner)
        case nodes.OpExpr(op="and", left=left, right=right):
            yield from _true(function, left)
            yield from _true(function, right)
        case nodes.ComparisonExpr(operators=["is" | "=="], operands=[left, right]) if _is_nothing(right):
            yield from _false(function, left)
        case nodes.ComparisonExpr(operators=["<"], operands=[left, nodes.IntExpr(value=1)]):
            yield from _false(function, left)
        case _:
            return


def _false(function: FuncItem, test: Expression) -> Iterator[CallExpr]:
    """The queries that have no row if ``test`` is false."""
    match test:
        case nodes.UnaryExpr(op="not", expr=inner):
            yield from _true(function, inner)
        case nodes.OpExpr(op="or", left=left, right=right):
            yield from _false(function, left)
            yield from _false(function, right)
        case nodes.ComparisonExpr(operators=["is not" | "!=" | ">"], operands=[left, right]) if _is_nothing(right):
            yield from _false(function, left)
        case nodes.AwaitExpr(expr=inner) | nodes.AssignmentExpr(value=inner):
            yield from _false(function, inner)
        case CallExpr(callee=MemberExpr(name=name)) if name in ASKING:
            yield test
        case NameExpr(node=Var()):
            yield from _unbound(function, test)
        case _:
            return


def _unbound(function: FuncItem, name: NameExpr) -> Iterator[CallExpr]:
    """The queries that have no row if a variable is false: the one that it holds the result of, or the ``get`` whose
    ``DoesNotExist`` left it ``None``."""
    values = [binding.value for binding in reaching(function, name)]
    for value in values:
        call = value.expr if isinstance(value, nodes.AwaitExpr) else value
        if isinstance(call, CallExpr) and isinstance(call.callee, MemberExpr):
            was_none = call.callee.name in GETTING and any(other is not None and _is_nothing(other) for other in values)
            if was_none or (call.callee.name in ASKING and len(values) == 1):
                yield call


def _is_nothing(expr: Expression) -> bool:
    return (isinstance(expr, NameExpr) and expr.fullname == "builtins.None") or (
        isinstance(expr, nodes.IntExpr) and expr.value == 0
    )


def _is_missing_row(caught: Expression) -> bool:
    """Whether an ``except`` names ``DoesNotExist``, of a model or of all."""
    several = caught.items if isinstance(caught, nodes.TupleExpr) else [caught]
    return any(
        (isinstance(one, MemberExpr) and one.name == "DoesNotExist")
        or (isinstance(one, RefExpr) and one.fullname == names.OBJECT_DOES_NOT_EXIST)
        for one in several
    )


def _handlers_of_missing_row(statement: nodes.TryStmt) -> list[nodes.Block]:
    handlers = zip(statement.types, statement.handlers, strict=True)
    return [handler for caught, handler in handlers if caught is not None and _is_missing_row(caught)]


def _missed(api: TypeChecker, statement: nodes.Statement) -> Iterator[CallExpr]:
    """The ``get`` of a statement that has left the block if there was a row, so that what follows it had none."""
    match statement:
        case nodes.TryStmt(body=body, else_body=else_body):
            missing = _handlers_of_missing_row(statement)
            others = [handler for handler in statement.handlers if handler not in missing]
            has_left = leaves(api, body) or (else_body is not None and leaves(api, else_body))
            if missing and has_left and all(leaves(api, other) for other in others):
                yield from _gets(body)
        case nodes.WithStmt(expr=[CallExpr(callee=RefExpr(fullname="contextlib.suppress"), args=caught)], body=body):
            if any(map(_is_missing_row, caught)) and leaves(api, body):
                yield from _gets(body)
        case _:
            pass


def _gets(body: Node) -> Iterator[CallExpr]:
    for node in walk_scope(body):
        match node:
            case CallExpr(callee=MemberExpr(name=name)) if name in GETTING:
                yield node
            case _:
                pass
