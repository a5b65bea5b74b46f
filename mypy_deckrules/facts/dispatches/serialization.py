"""Can Kombu carry the values of a type, and do they arrive as what they were?

The verdicts are Kombu's own: ``tests/kombu/`` makes values of many types, and compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.types import (
    CallableType,
    FunctionLike,
    Instance,
    LiteralType,
    NoneType,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeType,
    TypeVarType,
    UnionType,
    UnpackType,
    get_proper_type,
)

from mypy_deckrules import names
from mypy_deckrules.facts.database.types import ROWS, model_in
from mypy_deckrules.facts.dispatches.encodings import NONE, Carrier, Encoding, Shape, encoding_of
from mypy_deckrules.facts.dispatches.substitutes import CLASS_NAME, substitute

PLAIN: Final = frozenset({"builtins.str", "builtins.int", "builtins.float", "builtins.bool"})


@dataclass(frozen=True, slots=True)
class Serializer:
    """How a task's arguments travel.

    Attributes:
        name: Celery's name for it: ``json``, ``pickle``, ``yaml``, ``msgpack``. Of any other nothing is said.
        kombu: the version of the installed Kombu.
        json_types: full names of the classes that the project registered with ``kombu.utils.json.register_type``,
            which takes their subclasses too.
    """

    name: str
    kombu: tuple[int, int]
    json_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A type whose values do not reach the worker.

    Attributes:
        type: the innermost type that cannot travel: ``set[int]`` in ``dict[str, set[int]]``.
        why: what is wrong with it, a predicate: ``cannot be encoded as JSON``, ``cannot be a key in JSON``.
        fix: what to send instead: ``a list``, ``its .value``, ``dataclasses.asdict(...)``.
    """

    type: Type
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class Lossy:
    """A type whose values arrive as something else.

    Attributes:
        type: the outermost type that does not survive.
        arrives: what the worker gets: ``a list``, ``a plain str``, ``a dict with str keys``.
    """

    type: Type
    arrives: str


def misfit(typ: Type, serializer: Serializer) -> Misfit | None:
    """What in ``typ`` cannot travel by ``serializer``; None where all of it can, or where that cannot be decided.

    One wrong member of a union is enough. Models and query sets are no misfits, nor is what holds them: they have rules
    of their own.
    """
    encoding = encoding_of(serializer.name, serializer.kombu, serializer.json_types)
    if encoding is None or is_plain(typ):
        return None
    return next(filter(None, (_refusal(part, encoding) for part in _parts(typ, _sent_by(encoding)))), None)


def is_plain(typ: Type) -> bool:
    """Whether every serializer carries a type as it is; most are so plain."""
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.fullname in PLAIN


def lossy(typ: Type, serializer: Serializer) -> Lossy | None:
    """What in ``typ`` travels by ``serializer`` but arrives as something else; None for a misfit.

    Left are plain subclasses of ``str``, ``int`` and ``float``, which arrive as those, and classes that turn themselves
    into something else.
    """
    encoding = encoding_of(serializer.name, serializer.kombu, serializer.json_types)
    if encoding is None or misfit(typ, serializer) is not None:
        return None
    for part in _parts(typ, _sent_by(encoding)):
        arrives = _arrival(part.type, encoding)
        if arrives is not None:
            return Lossy(part.type, arrives)
    return None


# --- The parts of a type


@dataclass(frozen=True, slots=True)
class _Part:
    """A type that is no alias, union, type variable or ``NewType``, and whether its values are a dict's keys."""

    type: ProperType
    is_key: bool = False


_Inside = Callable[[ProperType], Iterable[tuple[Type, bool]]]

_MAX_STEPS: Final = 1000
"""Ends the walk of a class that holds ever larger instances of itself: ``class N(list["N[list[T]]"], Generic[T])``."""


def _parts(typ: Type, inside: _Inside) -> Iterator[_Part]:
    """The parts of a type, each before those inside it: types, with whether they are keys."""
    seen: set[_Part] = set()
    left: list[tuple[Type, bool]] = [(typ, False)]
    for _ in range(_MAX_STEPS):
        if not left:
            return
        next_type, is_key = left.pop()
        part = _Part(get_proper_type(next_type), is_key)
        choices = _choices(part.type)
        if choices:
            left += [(choice, is_key) for choice in reversed(choices)]
        elif part not in seen:
            seen.add(part)
            yield part
            left += reversed([*inside(part.type)])


def _choices(typ: ProperType) -> Sequence[Type]:
    """The types that a type stands for, none where it stands for itself."""
    if isinstance(typ, UnionType):
        return typ.items
    if isinstance(typ, TypeVarType):
        return typ.values or [typ.upper_bound]
    if isinstance(typ, UnpackType):
        unpacked = get_proper_type(typ.type)
        return unpacked.args if isinstance(unpacked, Instance) else [unpacked]
    if isinstance(typ, Instance) and typ.type.is_newtype:
        return typ.type.bases
    return ()


_ARE_KEYS: Final[dict[Shape, tuple[bool, ...]]] = {
    Shape.SCALAR: (),
    Shape.ITEMS: (False,),
    Shape.KEYS: (True,),
    Shape.KEYS_AND_VALUES: (True, False),
}


def _sent_by(encoding: Encoding) -> _Inside:
    """What an encoding sends of a value's inside."""

    def sent(typ: ProperType) -> Iterable[tuple[Type, bool]]:
        if isinstance(typ, TupleType):
            return ((item, False) for item in typ.items)
        if isinstance(typ, TypedDictType):
            return ((item, False) for item in typ.items.values())
        carrier = _carrier(typ, encoding)
        if carrier is None or not isinstance(typ, Instance):
            return ()
        if carrier.shape is Shape.OWN:
            return ((result, False) for result in _result_of_hook(typ.type, encoding))
        return zip(map_instance_to_supertype(typ, carrier.base).args, _ARE_KEYS[carrier.shape], strict=False)

    return sent


def _result_of_hook(info: TypeInfo, encoding: Encoding) -> Iterator[Type]:
    symbol = info.get(encoding.hook) if encoding.hook is not None else None
    method = get_proper_type(symbol.type) if symbol is not None else None
    if isinstance(method, CallableType):
        yield method.ret_type


# --- The class of a part

DECLARATIONS: Final = (names.FIELD, names.SERIALIZER_FIELD)
"""What is declared in a class body and stands for something else on an instance, which mypy may not know."""


def _class(typ: ProperType) -> TypeInfo | None:
    """The class that decides how values of a type travel; None where it is not known, and for models and query sets."""
    if isinstance(typ, TupleType):
        typ = typ.partial_fallback
    elif isinstance(typ, LiteralType | FunctionLike):
        typ = typ.fallback
    if not isinstance(typ, Instance):
        return None
    info = typ.type
    while info.is_newtype:
        info = info.bases[0].type
    if not info.mro or info.fallback_to_any or any(map(info.has_base, ROWS)):
        return None
    is_declared = any(map(info.has_base, DECLARATIONS)) and not info.has_base(names.SERIALIZER)
    return None if is_declared else info


def _carrier(typ: ProperType, encoding: Encoding) -> Carrier | None:
    info = _class(typ)
    return None if info is None else encoding.carrier(info)


# --- The verdict on a part

TEXT_AND_NUMBERS: Final = frozenset({"builtins.str", "builtins.int", "builtins.float"})


def _refusal(part: _Part, encoding: Encoding) -> Misfit | None:
    if not _is_refused(part, encoding):
        return None
    if part.is_key:
        return Misfit(part.type, f"cannot be a key in {encoding.label}", "a dict with str keys")
    info = _class(part.type)
    return Misfit(part.type, f"cannot be encoded as {encoding.label}", CLASS_NAME if info is None else substitute(info))


def _is_refused(part: _Part, encoding: Encoding) -> bool:
    if isinstance(part.type, NoneType):
        return part.is_key and not encoding.can_be_key(NONE)
    if isinstance(part.type, TypeType):
        return encoding.refused is None
    info = _class(part.type)
    if info is None:
        return False
    carrier = encoding.carrier(info)
    if carrier is not None:
        return part.is_key and not encoding.can_be_key(carrier.base.fullname)
    return encoding.refuses(info) and model_in(part.type) is None


def _arrival(typ: ProperType, encoding: Encoding) -> str | None:
    info, carrier = _class(typ), _carrier(typ, encoding)
    if info is None or carrier is None or carrier.shape is Shape.OWN:
        return None
    base = carrier.base
    if base.fullname in encoding.arrives:
        return encoding.arrives[base.fullname]
    if any(_key_becomes_text(key, encoding) for key, is_key in _sent_by(encoding)(typ) if is_key):
        return "a dict with str keys"
    if info is not base and (info.is_enum or base.fullname not in TEXT_AND_NUMBERS):
        return f"a plain {base.name}"
    return None


def _key_becomes_text(key: Type, encoding: Encoding) -> bool:
    for part in _parts(key, lambda _: ()):
        carrier = _carrier(part.type, encoding)
        base = NONE if isinstance(part.type, NoneType) else carrier.base.fullname if carrier is not None else None
        if base in encoding.text_keys:
            return True
    return False
