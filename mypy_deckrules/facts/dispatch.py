"""What a dispatch is: a call that hands arguments to the broker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mypy.argmap import map_actuals_to_formals
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    ArgKind,
    CallExpr,
    DictExpr,
    Expression,
    ListExpr,
    RefExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
)
from mypy.types import AnyType, Instance, Parameters, TupleType, Type, TypedDictType, TypeOfAny, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.calls import Call


@dataclass(frozen=True, slots=True)
class SentArgument:
    """One value that goes to the broker.

    Attributes:
        parameter: the task's parameter it is for, None where that is not known.
        expr: what to point at; for an item of what ``map`` iterates, the iterable.
        type: the type of the value that is sent (of ``map``'s iterable, the item's).
    """

    parameter: str | None
    expr: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch, as ``RULES`` has the word.

    Attributes:
        call: the call itself.
        method: ``delay``, ``apply_async``, ``s``, ``send_task`` ...; ``__call__`` where a canvas is called.
        task: the full name of the task where it is known (``shop.tasks.ship``), else its Celery name, else None.
        sends_now: whether it publishes at once, rather than building a signature or waiting for the commit.
        sent: the values that it hands over, those inside literal ``args=(...)`` and ``kwargs={...}`` one by one.
    """

    call: Call
    method: str
    task: str | None
    sends_now: bool
    sent: Sequence[SentArgument]


STARRED: Final = frozenset({"delay", "delay_on_commit", "s", "si"})
"""Methods that take the task's arguments as their own."""

PACKED: Final = frozenset(
    {"apply_async", "apply_async_on_commit", "signature", "subtask", "retry", "clone", "send_task"}
)
"""Methods and functions that take the task's arguments as ``args`` and ``kwargs``."""

ITERATED: Final = frozenset({"map", "starmap", "chunks"})
"""Methods that take an iterable of the task's arguments."""

SENDING: Final = frozenset({"delay", "apply_async", "send_task"})
"""Methods that publish at once."""

_TASK: Final = frozenset({names.TASK})
_SIGNATURE: Final = frozenset({names.SIGNATURE})

METHODS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("s", "si", "signature", "subtask", "retry", "map", "starmap", "chunks"), _TASK),
    **dict.fromkeys(("delay_on_commit", "apply_async_on_commit"), frozenset({names.DJANGO_TASK})),
    **dict.fromkeys(("delay", "apply_async"), _TASK | _SIGNATURE),
    "clone": _SIGNATURE,
    "send_task": frozenset({names.CELERY}),
}
"""The methods that are a dispatch, each with the classes that define it."""

FUNCTIONS: Final = frozenset({names.SIGNATURE_FUNCTION})


@dataclass(frozen=True, slots=True)
class _Actual:
    """One value, or ``*values``, as the task is given it."""

    kind: ArgKind
    keyword: str | None
    expr: Expression
    type: Type


def dispatch_from(call: Call) -> Dispatch | None:
    """The dispatch that a call of one of ``METHODS`` or ``FUNCTIONS`` is; None where it turns out to be none."""
    if not isinstance(call.node, CallExpr):
        return None
    if call.name in STARRED:
        actuals = list(_starred(call, call.node))
    elif call.name in PACKED:
        actuals = list(_packed(call))
    else:
        actuals = []
    sent = [SentArgument(name, actual.expr, actual.type) for name, actual in _assigned(actuals, _parameters(call))]
    return Dispatch(call, call.name, _task_name(call), call.name in SENDING, sent)


def _task_name(call: Call) -> str | None:
    if call.name == "send_task" or call.receiver is None:
        argument = call.argument("name") or next(iter(call.arguments), None)
        return argument.expr.value if argument is not None and isinstance(argument.expr, StrExpr) else None
    if not isinstance(call.receiver, Instance) or not call.receiver.type.has_base(names.TASK):
        return None
    if call.receiver.type.fullname not in (names.TASK, names.DJANGO_TASK):
        return call.receiver.type.fullname
    receiver = call.receiver_expr
    return receiver.fullname or None if isinstance(receiver, RefExpr) else None


def _parameters(call: Call) -> Parameters | None:
    """The parameters of the task that a method is called on."""
    if not isinstance(call.receiver, Instance) or not call.receiver.type.has_base(names.TASK):
        return None
    task = next(base for base in call.receiver.type.mro if base.fullname == names.TASK)
    parameters = get_proper_type(map_instance_to_supertype(call.receiver, task).args[0])
    return parameters if isinstance(parameters, Parameters) else None


def _starred(call: Call, node: CallExpr) -> Iterator[_Actual]:
    for expr, kind, keyword in zip(node.args, node.arg_kinds, node.arg_names, strict=True):
        yield from _spread(call, kind, keyword, expr)


def _packed(call: Call) -> Iterator[_Actual]:
    args, kwargs = call.argument("args"), call.argument("kwargs")
    if args is not None and not args.is_unpacked:
        yield from _spread(call, ARG_STAR, None, args.expr)
    if kwargs is not None and not kwargs.is_unpacked:
        yield from _spread(call, ARG_STAR2, None, kwargs.expr)


def _spread(call: Call, kind: ArgKind, keyword: str | None, expr: Expression) -> Iterator[_Actual]:
    """The values that an argument stands for: ``*(a, b)`` for two, ``**{"a": 1}`` for the keyword ``a``."""
    if kind == ARG_STAR and isinstance(expr, TupleExpr | ListExpr):
        for item in expr.items:
            inner = (ARG_STAR, None, item.expr) if isinstance(item, StarExpr) else (ARG_POS, None, item)
            yield from _spread(call, *inner)
        return
    if kind == ARG_STAR2 and isinstance(expr, DictExpr):
        for key, value in expr.items:
            if isinstance(key, StrExpr):
                yield _Actual(ARG_NAMED, key.value, value, call.type_of(value))
            elif key is None:
                yield from _spread(call, ARG_STAR2, None, value)
            else:
                yield _Actual(ARG_STAR2, None, value, call.type_of(value))
        return
    typ = call.type_of(expr)
    if kind == ARG_STAR and isinstance(typ, TupleType):
        yield from (_Actual(ARG_POS, None, expr, item) for item in typ.items)
    elif kind == ARG_STAR2 and isinstance(typ, TypedDictType):
        yield from (_Actual(ARG_NAMED, name, expr, item) for name, item in typ.items.items())
    else:
        yield _Actual(kind, keyword, expr, typ)


def _assigned(actuals: Sequence[_Actual], parameters: Parameters | None) -> Iterator[tuple[str | None, _Actual]]:
    """Each value with the name of the parameter that takes it."""
    taken_by: dict[int, str | None] = {}
    if parameters is not None:
        mapping = map_actuals_to_formals(
            [actual.kind for actual in actuals],
            [actual.keyword for actual in actuals],
            parameters.arg_kinds,
            parameters.arg_names,
            lambda i: AnyType(TypeOfAny.special_form),
        )
        for formal, taken in enumerate(mapping):
            taken_by.update(dict.fromkeys(taken, parameters.arg_names[formal]))
    for i, actual in enumerate(actuals):
        yield actual.keyword or taken_by.get(i), actual
