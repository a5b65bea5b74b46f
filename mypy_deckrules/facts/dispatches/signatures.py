"""Do arguments fit a task? As Python binds them (``inspect.signature(task.run).bind``), and by the types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice
from typing import Final

from mypy.argmap import map_actuals_to_formals
from mypy.checker import TypeChecker
from mypy.erasetype import erase_typevars
from mypy.nodes import ARG_NAMED, ARG_POS, ARG_STAR, DictExpr, EllipsisExpr
from mypy.subtypes import is_subtype
from mypy.types import (
    AnyType,
    Instance,
    Parameters,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    UnionType,
    UnpackType,
    get_proper_type,
)

from mypy_deckrules.facts.code.own_types import ANY, own_type
from mypy_deckrules.facts.dispatches.values import SentArgument, literal_text


class Extent(Enum):
    """How much of what a task takes a dispatch gives it."""

    WHOLE = auto()
    """All of it."""
    REST = auto()
    """All of it but, perhaps, the result of what runs before it, which Celery puts in front."""
    PART = auto()
    """Any part of it; more may be added, and the result of what runs before it be put in front."""
    CHANGE = auto()
    """Any part of it; the rest is what the running task was given."""


class Problem(Enum):
    """What is wrong with an argument."""

    TOO_MANY = auto()
    UNKNOWN = auto()
    TWICE = auto()
    MISSING = auto()
    TYPE = auto()


@dataclass(frozen=True, slots=True)
class SignatureMisfit:
    """One way in which arguments do not fit a task.

    Attributes:
        problem: what is wrong.
        value: the argument; None where one is missing.
        parameter: the parameter concerned, None where there is none, or it has no name.
        expected: the type that the parameter is declared with.
        lacking: for the one argument that has no place, the parameters that nothing is sent for.
    """

    problem: Problem
    value: SentArgument | None
    parameter: str | None = None
    expected: Type = ANY
    lacking: Sequence[str] = ()


def assigned(values: Sequence[SentArgument], parameters: Parameters) -> list[list[int]]:
    """For each parameter the values that it takes, by their positions in ``values``."""
    taken = map_actuals_to_formals(
        [value.kind for value in values],
        [value.keyword for value in values],
        parameters.arg_kinds,
        parameters.arg_names,
        lambda i: ANY,
    )
    # mypy lets keyword-only parameters take positional values, and counts these later.
    return [
        [i for i in positions if values[i].kind != ARG_POS] if kind.is_named() else positions
        for kind, positions in zip(parameters.arg_kinds, taken, strict=True)
    ]


def misfits(
    api: TypeChecker, values: Sequence[SentArgument], parameters: Parameters, extent: Extent = Extent.WHOLE
) -> list[SignatureMisfit]:
    """What keeps a task from being called with ``values``; nothing where it can be.

    Args:
        extent: how much of what the task takes ``values`` are.
    """
    alone = _misfits(api, values, parameters, extent)
    if not alone or extent in (Extent.WHOLE, Extent.CHANGE):
        return alone
    result = SentArgument(None, EllipsisExpr(), ANY)
    return alone if _misfits(api, [result, *values], parameters, extent) else []


def _misfits(
    api: TypeChecker, values: Sequence[SentArgument], parameters: Parameters, extent: Extent
) -> list[SignatureMisfit]:
    values = list(_placed(values))
    taken = assigned(values, parameters)
    misshapen = list(_misshapen(values, taken, parameters))
    missing = list(_missing(taken, parameters)) if extent in (Extent.WHOLE, Extent.REST) else []
    if len(misshapen) == 1:
        lacking = [misfit.parameter for misfit in missing if misfit.parameter is not None]
        return [replace(misshapen[0], lacking=lacking)]
    return misshapen or missing[:1] or list(_ill_typed(api, values, taken, parameters))


def _placed(values: Sequence[SentArgument]) -> Iterator[SentArgument]:
    """The values whose place is known: a positional one after ``*values`` may be any."""
    is_certain = True
    for value in values:
        if is_certain or value.kind != ARG_POS:
            yield value
        is_certain = is_certain and value.kind != ARG_STAR


def _misshapen(
    values: Sequence[SentArgument], taken: list[list[int]], parameters: Parameters
) -> Iterator[SignatureMisfit]:
    used = {position for positions in taken for position in positions}
    surplus = [value for i, value in enumerate(values) if i not in used and value.is_one]
    for value in islice((value for value in surplus if value.kind == ARG_POS), 1):
        yield SignatureMisfit(Problem.TOO_MANY, value)
    for value in surplus:
        if value.kind == ARG_NAMED:
            yield SignatureMisfit(Problem.UNKNOWN, value, value.keyword)
    for name, kind, positions in zip(parameters.arg_names, parameters.arg_kinds, taken, strict=True):
        given = [values[i] for i in positions if values[i].is_one]
        if len(given) > 1 and not kind.is_star():
            yield SignatureMisfit(Problem.TWICE, given[1], name)


def _missing(taken: list[list[int]], parameters: Parameters) -> Iterator[SignatureMisfit]:
    for name, kind, positions in zip(parameters.arg_names, parameters.arg_kinds, taken, strict=True):
        if not positions and kind.is_required():
            yield SignatureMisfit(Problem.MISSING, None, name)


def _ill_typed(
    api: TypeChecker, values: Sequence[SentArgument], taken: list[list[int]], parameters: Parameters
) -> Iterator[SignatureMisfit]:
    begun: set[int] = set()
    for name, typ, positions in zip(parameters.arg_names, parameters.arg_types, taken, strict=True):
        for i in positions:
            # Of ``*values`` only the first is sure to be there, if any is; of ``**values`` none.
            is_sure = values[i].is_one or (values[i].kind == ARG_STAR and i not in begun)
            begun.add(i)
            if is_sure and not _takes(api, typ, values[i]):
                yield SignatureMisfit(Problem.TYPE, values[i], name, typ)


def _takes(api: TypeChecker, parameter: Type, value: SentArgument) -> bool:
    expected = erase_typevars(parameter)
    wanted = get_proper_type(expected)
    if isinstance(wanted, TypedDictType) and isinstance(value.expr, DictExpr) and value.is_one:
        return _has_entries(api, value.expr, wanted)
    if isinstance(wanted, UnpackType) or becomes(value.type, expected):
        return True
    if not value.is_one:
        items = get_proper_type(value.type)
        return isinstance(items, UnionType) and any(becomes(item, expected) for item in items.items)
    with api.msg.filter_errors() as errors, api.local_type_map:  # a literal takes its type from what is expected
        typ = api.expr_checker.accept(value.expr, expected)
    return not errors.has_new_errors() and becomes(typ, expected)


def _has_entries(api: TypeChecker, literal: DictExpr, expected: TypedDictType) -> bool:
    """Whether a dict literal has the keys of a ``TypedDict``, and values of their types."""
    names = [literal_text(api, key) if key is not None else None for key, _ in literal.items]
    if None in names:
        return True
    sent = {name: own_type(api, value) for name, (_, value) in zip(names, literal.items, strict=True) if name}
    return expected.required_keys <= sent.keys() <= expected.items.keys() and all(
        becomes(typ, expected.items[name]) for name, typ in sent.items()
    )


_SEQUENCES: Final = frozenset(
    {"builtins.list", "builtins.tuple", "typing.Sequence", "typing.Collection", "typing.Iterable"}
)
_MAPPINGS: Final = frozenset({"builtins.dict", "typing.Mapping"})
_DEPTH: Final = 8


def becomes(sent: Type, expected: Type, depth: int = _DEPTH) -> bool:
    """Whether a value of type ``sent`` can be taken for one of type ``expected`` when it arrives in the task.

    A copy arrives, so ``list[bool]`` is good for ``list[int]``, a tuple for a list, a ``TypedDict`` for a dict. What is
    nested deeper than ``depth`` is taken to be good.
    """
    sent, expected = get_proper_type(sent), get_proper_type(expected)
    if depth == 0 or is_subtype(sent, expected):
        return True
    if isinstance(sent, UnionType):
        return all(becomes(item, expected, depth) for item in sent.items) or any(map(_is_any, sent.items))
    if isinstance(expected, UnionType):
        return any(becomes(sent, item, depth) for item in expected.items)
    if isinstance(sent, TypedDictType | Instance) and isinstance(expected, TypedDictType):
        return isinstance(sent, Instance) and sent.type.fullname in _MAPPINGS
    inside, wanted = _inside(sent), _inside(expected)
    return len(inside) == len(wanted) > 0 and all(
        any(becomes(part, choice, depth - 1) for choice in choices)
        for parts, choices in zip(inside, wanted, strict=True)
        for part in parts
    )


def _is_any(typ: Type) -> bool:
    return isinstance(get_proper_type(typ), AnyType)


def _inside(typ: ProperType) -> list[Sequence[Type]]:
    """The types of a sequence's items, or those of a mapping's keys and of its values."""
    match typ:
        case Instance(type=info, args=args) if info.fullname in _SEQUENCES:
            return [args]
        case Instance(type=info, args=args) if info.fullname in _MAPPINGS:
            return [args[:1], args[1:]]
        case TupleType(items=items):
            return [items]
        case TypedDictType(items=items):
            return [[ANY], list(items.values())]
        case _:
            return []
