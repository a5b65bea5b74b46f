"""What a function holds where it comes to a node: rows that it has locked with ``select_for_update``, other locks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncItem, MemberExpr, NameExpr, Node, TypeInfo, Var
from mypy.types import Instance, get_proper_type

from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.contexts import entered
from mypy_deckrules.facts.code.paths import follow
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.tree import walk_scope
from mypy_deckrules.facts.database.atomic import opened_before, transaction_around
from mypy_deckrules.facts.database.lookups import lookup_of
from mypy_deckrules.facts.database.models import model_of_rows
from mypy_deckrules.facts.database.rows import model_of
from mypy_deckrules.facts.queries.origins import Origin, origins

_LOCKS: Final = frozenset({"lock", "locked", "locks", "mutex"})


def is_under_lock(position: Position) -> bool:
    """Whether a node runs in a ``with`` over what is called a lock: ``cache.lock(key)``, ``advisory_lock(key)``."""
    contexts = (context for holder, held in position.within_function() for context in entered(holder, held))
    locks = (without_arguments(context) for context in contexts)
    return any(isinstance(lock, NameExpr | MemberExpr) and not _LOCKS.isdisjoint(_words(lock.name)) for lock in locks)


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall("[A-Z]?[a-z]+", name)]


def locked_by(position: Position, *, apart_from: TypeInfo) -> Iterator[Expression]:
    """What the rows that are locked at ``position`` were looked up by, and the rows of which a function was told to
    lock them: whoever locks by the same waits.

    Args:
        apart_from: a model whose rows do not count: a row that is not there cannot be locked.
    """
    function = position.function
    if function is None:
        return
    for call in _locking_before(position, function):
        lookup = lookup_of(position.api, function, call)
        model = lookup.model if lookup is not None else _returned_model(position.api, call)
        if model is not apart_from and _is_held(position, call):
            given = lookup.equal.values() if lookup is not None else _given(call)
            yield from (key for key in given if not _is_constant(key))


def _locking_before(position: Position, function: FuncItem) -> list[CallExpr]:
    """The calls that lock rows and that a path leads from to ``position``."""
    found: set[CallExpr] = set()

    def step(current: Node, before: frozenset[CallExpr]) -> frozenset[CallExpr]:
        if current is position.node:
            found.update(before)
        return before | {current} if isinstance(current, CallExpr) else before

    follow(function.body, step)
    return [call for call in found if Origin.LOCKED in origins(position.api, function, call)]


def _is_held(position: Position, call: CallExpr) -> bool:
    """Whether the outermost transaction in which rows were locked goes on at ``position``; one around the function
    does."""
    locking = position_of(position.api, call)
    if locking is None:
        return False
    for i, (holder, held) in enumerate(pairwise(locking.path)):
        if opened_before(position.api, holder, held) is not None:
            around = Position(position.api, locking.path[: i + 1])
            return holder in position.path or transaction_around(around) is not None
    return True


def _returned_model(api: TypeChecker, call: CallExpr) -> TypeInfo | None:
    """The model of the row or rows that a call returns."""
    typ = get_proper_type(api.lookup_type(call)) if api.has_type(call) else None
    rows = model_of_rows(typ) if isinstance(typ, Instance) else None
    return rows if rows is not None else model_of(api, call)


def _given(call: CallExpr) -> Iterator[Expression]:
    yield from call.args
    if isinstance(call.callee, MemberExpr):
        yield call.callee.expr


def _is_constant(key: Expression) -> bool:
    return not any(isinstance(node, NameExpr) and isinstance(node.node, Var) for node in walk_scope(key))
