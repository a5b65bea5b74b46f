"""What a type is or contains, as far as Django is concerned."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.maptype import map_instance_to_supertype
from mypy.types import (
    Instance,
    NoneType,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeVarType,
    UnionType,
    UnpackType,
    get_proper_type,
)

from mypy_deckrules import names

ROWS = (names.MODEL, *names.QUERY_SETS)

HALF_VIEWS = frozenset({"typing.KeysView", "typing.ValuesView"})
"""What shows one half of a dict: ``dict_keys[int, Order]`` has the type of the other too."""


def model_in(typ: Type) -> Instance | None:
    """The first Model or query set that ``typ`` is or holds, at any depth; None where there is none.

    Type arguments count (``list[Order]``, a subclass of it too), a class itself does not (``type[Order]``).
    """
    return _model_in(typ, set())


def is_query_set(typ: Instance) -> bool:
    """Whether ``typ`` is a query set, a manager included, rather than a Model."""
    return any(typ.type.has_base(name) for name in names.QUERY_SETS)


def _inside(typ: Instance) -> Iterator[Type]:
    """The type arguments of an instance, what iterating over it yields, and the values of a mapping."""
    view = next((base for base in typ.type.mro if base.fullname in HALF_VIEWS), None)
    if view is not None:
        yield from map_instance_to_supertype(typ, view).args
        return
    yield from typ.args
    for base in typ.type.mro:
        if base.fullname in ("typing.Iterable", "typing.Mapping") and base is not typ.type:
            yield from map_instance_to_supertype(typ, base).args


def _model_in(typ: Type, seen: set[ProperType]) -> Instance | None:
    proper = get_proper_type(typ)
    if proper in seen or isinstance(proper, NoneType):
        return None
    seen.add(proper)
    match proper:
        case Instance() if any(proper.type.has_base(name) for name in ROWS):
            return proper
        case Instance():
            parts = tuple(_inside(proper))
        case UnionType() | TupleType():
            parts = tuple(proper.items)
        case TypedDictType():
            parts = tuple(proper.items.values())
        case UnpackType():
            parts = (proper.type,)
        case TypeVarType():
            parts = (*proper.values, proper.upper_bound)
        case _:
            parts = ()
    return next(filter(None, (_model_in(part, seen) for part in parts)), None)
