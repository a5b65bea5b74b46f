"""Which tests keep a function from doing twice what it did when it ran before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncDef, MemberExpr, NameExpr, Node, Statement, Var

from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.reaching import reaching
from mypy_deckrules.facts.code.tree import walk, walk_body
from mypy_deckrules.facts.database.absence import queries_without_row
from mypy_deckrules.facts.database.conditions import counts_updates
from mypy_deckrules.facts.queries.origins import Origin, origins
from mypy_deckrules.facts.tasks.options import classes_in

MAKES_ONCE: Final = frozenset({"get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"})
LOCKS: Final = "select_for_update"
LOCK_OPTIONS: Final = frozenset({"nowait", "skip_locked", "of", "no_key"})
REFUSED: Final = "django.db.utils.IntegrityError"


def stands_behind_a_test(api: TypeChecker, node: CallExpr, function: FuncDef) -> bool:
    """Whether the call runs only when a test says that it has not been done yet."""
    position = position_of(api, node)
    return (
        position is None
        or any(_decides(api, function, test) for test in _tests_before(position))
        or any(True for _ in queries_without_row(position))
        or any(map(_locks_by_state, walk_body(function)))
        or _is_refused(position)
    )


def _decides(api: TypeChecker, function: FuncDef, test: Node) -> bool:
    """Whether a test asks what has been done: of ``get_or_create``, of an ``update``, of a locked row."""
    if isinstance(test, Expression) and counts_updates(api, function, test):
        return True
    rows: set[Expression] = set()
    for node in walk(test):
        if isinstance(node, MemberExpr):
            rows.add(node.expr)
            if node.name in MAKES_ONCE or Origin.LOCKED in origins(api, function, node.expr):
                return True
        elif isinstance(node, NameExpr) and node not in rows and _says_what_was_made(function, node):
            return True
    return False


def _says_what_was_made(function: FuncDef, name: NameExpr) -> bool:
    """Whether a variable holds what ``get_or_create`` has returned."""
    values = [binding.value for binding in reaching(function, name)] if isinstance(name.node, Var) else []
    return any(
        isinstance(node, MemberExpr) and node.name in MAKES_ONCE
        for value in values
        if value is not None
        for node in walk(value)
    )


def _locks_by_state(node: Node) -> bool:
    """Whether a query locks rows that it finds by their state, so that a second run finds none:
    ``select_for_update().get(pk=1, status="new")``."""
    if not isinstance(node, CallExpr):
        return False
    calls = [part for part in walk(node) if isinstance(part, CallExpr)]
    asked = {keyword for call in calls for keyword in call.arg_names if keyword is not None}
    is_locked = any(isinstance(call.callee, MemberExpr) and call.callee.name == LOCKS for call in calls)
    return is_locked and any(not _is_key(keyword) for keyword in asked - LOCK_OPTIONS)


def _is_key(lookup: str) -> bool:
    return lookup.partition("__")[0] in ("pk", "id") or lookup.endswith("_id")


def _is_refused(position: Position) -> bool:
    """Whether a ``try`` around the node expects that the database refuses what is there already."""
    return any(
        isinstance(holder, nodes.TryStmt)
        and held is holder.body
        and any(
            info.fullname == REFUSED for caught in holder.types if caught is not None for info in classes_in(caught)
        )
        for holder, held in position.within_function()
    )


def _tests_before(position: Position) -> Iterator[Node]:
    """The tests that decide whether the node is reached: of ``if``s around it, and of those before it that leave."""
    for holder, held in position.outwards():
        if isinstance(holder, nodes.IfStmt):
            yield from holder.expr
        elif isinstance(holder, nodes.ConditionalExpr):
            yield holder.cond
        elif isinstance(holder, nodes.MatchStmt) and held in holder.bodies:
            yield holder.subject
        elif isinstance(holder, nodes.Block):
            for statement in holder.body:
                if statement is held:
                    break
                if isinstance(statement, nodes.IfStmt) and any(_leaves(block.body) for block in statement.body):
                    yield from statement.expr
        if isinstance(holder, FuncDef):
            return


def _leaves(body: list[Statement]) -> bool:
    return isinstance(body[-1], nodes.ReturnStmt | nodes.RaiseStmt | nodes.ContinueStmt | nodes.BreakStmt)
