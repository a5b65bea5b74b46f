"""Which results go to which tasks: in chains, chords and callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from mypy.nodes import CallExpr, EllipsisExpr, Expression, ListExpr, OpExpr, TupleExpr
from mypy.types import Type, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.dispatches.canvas import (
    Canvas,
    Chain,
    Chord,
    Group,
    Step,
    canvas_of,
    heads,
    listed,
    result,
    steps,
)
from mypy_deckrules.facts.dispatches.contracts import contract_at, task_argument
from mypy_deckrules.facts.dispatches.signatures import Extent, Problem, SignatureMisfit, becomes, misfits
from mypy_deckrules.facts.dispatches.values import SentArgument, given

FUNCTIONS: Final = frozenset({names.CHAIN, names.CHAIN_CLASS, names.CHORD})
_LINKING: Final = {
    names.TASK: ("apply_async", "apply_async_on_commit", "signature", "subtask"),
    names.SIGNATURE: ("apply_async", "clone", "set"),
    names.CELERY: ("send_task",),
}
METHODS: Final = {
    "__or__": frozenset({names.SIGNATURE}),
    "__ror__": frozenset({names.SIGNATURE}),
    "__call__": frozenset({names.CHORD}),
    "link": frozenset({names.SIGNATURE}),
    **{
        method: frozenset(owner for owner, methods in _LINKING.items() if method in methods)
        for methods in _LINKING.values()
        for method in methods
    },
}
"""The calls in which a result is handed on."""


@dataclass(frozen=True, slots=True)
class BrokenHandover:
    """A task that cannot be run with the result that it is given as its first argument.

    Attributes:
        result: the type of the result.
        expr: the signature that is given it.
        taker: the task, with what its signature holds.
        misfit: what is wrong; its value is None where it is the result that is.
    """

    result: Type
    expr: Expression
    taker: Step
    misfit: SignatureMisfit


def broken_handovers(call: Call) -> Iterator[BrokenHandover]:
    """Where a call of one of ``FUNCTIONS`` or ``METHODS`` hands a result to a task that cannot be run with it."""
    for typ, canvas in _handed_on(call):
        value = SentArgument(None, EllipsisExpr(), typ)
        for taker in heads(canvas):
            parameters = taker.contract.parameters
            if parameters is None or taker.immutable or misfits(call.api, taker.held, parameters, Extent.PART):
                continue
            for misfit in misfits(call.api, [value, *taker.held], parameters):
                if misfit.value is value and _may_fit(typ, misfit.expected):
                    continue
                is_result = misfit.value is value or misfit.problem in (Problem.TOO_MANY, Problem.TWICE)
                yield BrokenHandover(typ, canvas.expr, taker, replace(misfit, value=None) if is_result else misfit)


def _may_fit(result: Type, expected: Type) -> bool:
    """Whether part of a union fits: a task that returns None, too, may end the chain before it does."""
    typ = get_proper_type(result)
    return isinstance(typ, UnionType) and any(becomes(item, expected) for item in typ.items)


def carried(call: Call) -> Iterator[Step]:
    """The tasks that a call of one of ``FUNCTIONS`` or ``METHODS`` sends inside the message of another."""
    for canvas in (*(taker for _, taker in _handed_on(call)), *_callbacks(call, "link_error")):
        yield from steps(canvas)


def _handed_on(call: Call) -> Iterator[tuple[Type, Canvas]]:
    """The types of results, each with the signature that is given it."""
    api, node = call.api, call.node
    if isinstance(node, OpExpr):
        yield _first(call, canvas_of(api, node.left)), canvas_of(api, node.right)
    elif isinstance(node, CallExpr) and call.receiver is None:
        match canvas_of(api, node):
            case Chain(parts=parts):
                for i, (left, right) in enumerate(pairwise(parts)):
                    yield (result(api, left) if i else _first(call, left)), right
            case Chord(header=header, body=body) if body.expr is not node:
                yield listed(api, header), body
    elif isinstance(node, CallExpr) and call.name == "__call__":
        canvas, body_given = canvas_of(api, node.callee), given(api, node, "body", 0)
        if isinstance(canvas, Chord) and body_given is not None:
            yield listed(api, canvas.header), canvas_of(api, body_given.expr)
    elif isinstance(node, CallExpr):
        is_link = call.name == "link" and node.args
        callbacks = [canvas_of(api, node.args[0])] if is_link else list(_callbacks(call, "link"))
        returned = _returned(call, node) if callbacks else None
        if returned is not None:
            yield from ((returned, callback) for callback in callbacks)


def _first(call: Call, canvas: Canvas) -> Type:
    """The result of what a chain begins with; a group of one, too, is a group there."""
    return listed(call.api, canvas) if isinstance(canvas, Group) else result(call.api, canvas)


def _callbacks(call: Call, option: str) -> Iterator[Canvas]:
    given = call.argument(option)
    if given is not None and not given.is_unpacked:
        match given.expr:
            case ListExpr(items=items) | TupleExpr(items=items):
                yield from (canvas_of(call.api, item) for item in items)
            case expr:
                yield canvas_of(call.api, expr)


def _returned(call: Call, node: CallExpr) -> Type | None:
    """What the callbacks of a call are given; None where that is not one result."""
    target = task_argument(node) if call.name == "send_task" else call.receiver_expr
    contract = contract_at(call.api, target) if target is not None else None
    if contract is not None or target is None or call.name == "send_task":
        return contract.result if contract is not None else None
    canvas = canvas_of(call.api, target)
    return None if isinstance(canvas, Group) else result(call.api, canvas)
