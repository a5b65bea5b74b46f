"""The values that a call hands to a task, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mypy.checker import TypeChecker
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
    OpExpr,
    RefExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
)
from mypy.typeops import try_getting_str_literals
from mypy.types import (
    NoneType,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    UnionType,
    UnpackType,
    get_proper_type,
)
from mypy.types_utils import remove_optional

from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.own_types import ANY, contained, either, own_type
from mypy_deckrules.facts.database.types import model_in


@dataclass(frozen=True, slots=True)
class SentArgument:
    """One value that goes to the broker, or an unknown number of them.

    Attributes:
        parameter: the task's parameter that takes it, None where that is not known.
        expr: what to point at; for an item of what ``map`` iterates, the iterable.
        type: the type of the value (of ``map``'s iterable, the item's).
        kind: how the task is given it: ``ARG_POS`` and ``ARG_NAMED`` are one value, ``ARG_STAR`` and ``ARG_STAR2`` any
            number of values of that type.
        keyword: its name, where it goes by one.
    """

    parameter: str | None
    expr: Expression
    type: Type
    kind: ArgKind = ARG_POS
    keyword: str | None = None

    @property
    def is_one(self) -> bool:
        """Whether it is one value, rather than any number."""
        return not self.kind.is_star()


def starred(api: TypeChecker, call: CallExpr) -> Iterator[SentArgument]:
    """The values of ``delay(*args, **kwargs)``: the call's own arguments."""
    for expr, kind, keyword in zip(call.args, call.arg_kinds, call.arg_names, strict=True):
        yield from _spread(api, expr, kind, keyword, expr)


def positional(api: TypeChecker, call: CallExpr) -> Iterator[SentArgument]:
    """The values of ``group.__call__(*args, **options)``."""
    return (value for value in starred(api, call) if value.kind in (ARG_POS, ARG_STAR))


def packed(api: TypeChecker, call: CallExpr, position: int = 0) -> Iterator[SentArgument]:
    """The values of ``apply_async(args, kwargs)``.

    Args:
        position: that of ``args``; ``kwargs`` comes next.
    """
    for name, at, kind in (("args", position, ARG_STAR), ("kwargs", position + 1, ARG_STAR2)):
        found = given(api, call, name, at)
        if found is not None:
            if found.is_opaque:
                yield SentArgument(None, found.at, ANY, kind)
            else:
                yield from _spread(api, found.expr, kind, None, found.at)


def mapped(api: TypeChecker, call: CallExpr, position: int = 0) -> Iterator[SentArgument]:
    """The values of one of the calls of ``map(it)``: an item."""
    found = given(api, call, "it", position)
    if found is not None and not found.is_opaque:
        yield SentArgument(None, found.at, _item(api, found.expr))


def starmapped(api: TypeChecker, call: CallExpr, position: int = 0) -> Iterator[SentArgument]:
    """The values of one of the calls of ``starmap(it)`` and ``chunks(it, n)``: those in an item."""
    for item in mapped(api, call, position):
        yield from _of_type(get_proper_type(item.type), ARG_STAR, item.expr)


class Given(NamedTuple):
    """What a call gives for a parameter.

    Attributes:
        expr: its value, or a ``*args`` or ``**kwargs`` that may hold it.
        is_opaque: whether it is the latter.
        at: what to point at: the argument itself, where the value is found behind a variable.
    """

    expr: Expression
    is_opaque: bool
    at: Expression


def given(api: TypeChecker, call: CallExpr, name: str, position: int | None = None) -> Given | None:
    """What a call gives for a parameter, None where nothing is given.

    Args:
        position: that of the parameter, None where it goes by its name alone.
    """
    for i, (expr, kind, keyword) in enumerate(zip(call.args, call.arg_kinds, call.arg_names, strict=True)):
        if keyword == name or (kind == ARG_POS and i == position):
            return Given(expr, False, expr)
        if kind == ARG_STAR and position is not None and i <= position:
            return Given(expr, True, expr)
        if kind == ARG_STAR2 and (found := _entry(api, expr, name)) is not None:
            return found
    return None


def _entry(api: TypeChecker, mapping: Expression, key: str) -> Given | None:
    """What a mapping has for a key, None where it is seen to have no such key."""
    shown = bound_value(api, mapping)
    if isinstance(shown, DictExpr) and all(isinstance(name, StrExpr) for name, _ in shown.items):
        for name, value in reversed(shown.items):
            if isinstance(name, StrExpr) and name.value == key:
                return Given(value, False, value if shown is mapping else mapping)
        if shown is mapping:
            return None
    typ = own_type(api, mapping)
    return Given(mapping, True, mapping) if not isinstance(typ, TypedDictType) or key in typ.items else None


def _spread(
    api: TypeChecker, expr: Expression, kind: ArgKind, keyword: str | None, at: Expression
) -> Iterator[SentArgument]:
    """The values that an argument stands for: ``*(a, b)`` for two, ``**{"a": 1}`` for the keyword ``a``.

    Args:
        at: what to point at; the argument itself, where ``expr`` is found behind a variable.
    """
    typ = own_type(api, expr)
    if not kind.is_star():
        yield SentArgument(None, at, typ, kind, keyword)
        return
    shown = expr if isinstance(typ, TupleType | TypedDictType) else bound_value(api, expr)
    parts = _items(shown) if kind == ARG_STAR else _entries(api, shown)
    if parts is None or (not parts and shown is not expr):  # filled later: its type tells with what
        yield from _of_type(typ, kind, at)
        return
    is_here = shown is expr is at
    inside = [value for part in parts for value in _spread_part(api, part, None if is_here else at)]
    last = {value.keyword: value for value in inside}  # a mapping has each key once
    yield from (value for value in inside if value.keyword is None or last[value.keyword] is value)
    if shown is not expr:  # the list or dict in the variable may have grown since
        yield SentArgument(None, at, ANY, kind)


def _spread_part(api: TypeChecker, part: _Part, at: Expression | None) -> Iterator[SentArgument]:
    expr, kind, keyword = part
    if kind == ARG_NAMED and keyword is None:  # an entry whose key is not known
        yield SentArgument(None, at or expr, own_type(api, expr), ARG_STAR2)
    else:
        yield from _spread(api, expr, kind, keyword, at or expr)


_Part = tuple[Expression, ArgKind, str | None]


def _items(sequence: Expression) -> list[_Part] | None:
    """What an unpacked sequence is put together from; None where it does not show."""
    match sequence:
        case TupleExpr(items=items) | ListExpr(items=items):
            return [
                (item.expr, ARG_STAR, None) if isinstance(item, StarExpr) else (item, ARG_POS, None) for item in items
            ]
        case OpExpr(op="+", left=left, right=right):
            return [(left, ARG_STAR, None), (right, ARG_STAR, None)]
        case CallExpr(callee=RefExpr(fullname="builtins.list" | "builtins.tuple"), args=[items]):
            return [(items, ARG_STAR, None)]
        case _:
            return None


def _entries(api: TypeChecker, mapping: Expression) -> list[_Part] | None:
    """What an unpacked mapping is put together from; None where it does not show."""
    match mapping:
        case DictExpr(items=items):
            return [
                (value, ARG_STAR2, None) if key is None else (value, ARG_NAMED, literal_text(api, key))
                for key, value in items
            ]
        case OpExpr(op="|", left=left, right=right):
            return [(left, ARG_STAR2, None), (right, ARG_STAR2, None)]
        case CallExpr(callee=RefExpr(fullname="builtins.dict")):
            return [
                (part, ARG_NAMED if name else ARG_STAR2, name)
                for part, name in zip(mapping.args, mapping.arg_names, strict=True)
            ]
        case _:
            return None


def literal_text(api: TypeChecker, expr: Expression) -> str | None:
    """The one string that an expression can be, None where it is not known."""
    texts = try_getting_str_literals(bound_value(api, expr), own_type(api, expr))
    return texts[0] if texts is not None and len(texts) == 1 else None


def _of_type(typ: ProperType, kind: ArgKind, at: Expression) -> Iterator[SentArgument]:
    """The values that the type of an unpacked argument tells of."""
    if isinstance(typ, UnionType):
        typ = get_proper_type(remove_optional(typ))
    if isinstance(typ, NoneType):
        return
    if kind == ARG_STAR and isinstance(typ, TupleType) and not any(isinstance(item, UnpackType) for item in typ.items):
        yield from (SentArgument(None, at, item) for item in typ.items)
    elif kind == ARG_STAR2 and isinstance(typ, TypedDictType):
        yield from (SentArgument(None, at, item, ARG_NAMED, key) for key, item in typ.items.items())
    else:
        inside = contained(typ, kind)
        is_none = inside == typ and model_in(typ) is None  # what is no collection is for mypy to report
        yield SentArgument(None, at, ANY if is_none else inside, kind)


def _item(api: TypeChecker, iterable: Expression) -> Type:
    """The type of an iterable's items."""
    shown = bound_value(api, iterable)
    if isinstance(shown, ListExpr | TupleExpr) and not any(isinstance(item, StarExpr) for item in shown.items):
        return either([own_type(api, item) for item in shown.items])
    return contained(own_type(api, iterable), ARG_STAR)
