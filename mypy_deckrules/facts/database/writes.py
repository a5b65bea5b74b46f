"""Which calls write to the database: those of Django's own methods on models, query sets and related managers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import (
    AwaitExpr,
    CallExpr,
    ComparisonExpr,
    Expression,
    FuncItem,
    IntExpr,
    MemberExpr,
    NameExpr,
    SuperExpr,
    TupleExpr,
    Var,
)
from mypy.types import Instance, Type, TypeVarType, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.reaching import reaching

_MODELS: Final = frozenset({names.MODEL})
_QUERY_SETS: Final = frozenset({names.QUERY_SET, names.BASE_MANAGER})
_RELATED_MANAGERS: Final = frozenset({names.RELATED_MANAGER, names.MANY_RELATED_MANAGER})

_SYNC: Final[Mapping[str, frozenset[str]]] = {
    "save": _MODELS,
    "delete": _MODELS | _QUERY_SETS,
    **dict.fromkeys(
        ("create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create"), _QUERY_SETS
    ),
    **dict.fromkeys(("add", "set", "remove", "clear"), _RELATED_MANAGERS),
}

METHODS: Final[Mapping[str, frozenset[str]]] = {**_SYNC, **{f"a{name}": classes for name, classes in _SYNC.items()}}
"""The methods that write, each with the classes that define it."""

GET_OR_CREATE: Final = frozenset({"get_or_create", "aget_or_create"})
UPDATE: Final = frozenset({"update", "aupdate"})


def is_write(api: TypeChecker, call: CallExpr) -> bool:
    """Whether a call writes; a call that mypy has not checked yet does only where it is ``super()``'s in a model."""
    match call.callee:
        case SuperExpr():
            return is_super_write(call)
        case MemberExpr(name=name, expr=receiver) if name in METHODS and api.has_type(receiver):
            return _has_base(api.lookup_type(receiver), METHODS[name])
        case _:
            return False


def _has_base(typ: Type, bases: frozenset[str]) -> bool:
    """Whether each value of a type is an instance of one of the classes."""
    match get_proper_type(typ):
        case Instance(type=info):
            return any(map(info.has_base, bases))
        case TypeVarType(upper_bound=bound):
            return _has_base(bound, bases)
        case UnionType(items=items):
            return all(_has_base(item, bases) for item in items)
        case _:
            return False


def without_effect(function: FuncItem, condition: Expression, *, holds: bool) -> Iterator[CallExpr]:
    """The calls that have written nothing where a condition holds, or does not: ``get_or_create`` that found the row,
    ``update`` that met none."""
    match condition:
        case ComparisonExpr(operators=["==" | "!=" | ">" as operator], operands=[count, IntExpr(value=0)]):
            flag, is_true = count, holds is (operator != "==")
        case _:
            flag, is_true = condition, holds
    if is_true:
        return
    if isinstance(flag, NameExpr) and isinstance(flag.node, Var):
        for binding in reaching(function, flag):
            match binding.target:
                case TupleExpr(items=[_, NameExpr(node=second)]) if second is flag.node:
                    yield from _named(GET_OR_CREATE, binding.value)
                case NameExpr():
                    yield from _named(UPDATE, binding.value)
                case _:
                    pass
    else:
        yield from _named(UPDATE, flag)


def _named(methods: Set[str], expr: Expression | None) -> Iterator[CallExpr]:
    """A call, awaited or not, of a method with one of the names."""
    match expr.expr if isinstance(expr, AwaitExpr) else expr:
        case CallExpr(callee=MemberExpr(name=name)) as call if name in methods:
            yield call
        case _:
            pass


def is_super_write(call: CallExpr) -> bool:
    """Whether a call is ``super().save(...)`` or ``super().delete(...)`` in a model."""
    callee = call.callee
    if not isinstance(callee, SuperExpr) or callee.info is None:
        return False
    return names.MODEL in METHODS.get(callee.name, ()) and callee.info.has_base(names.MODEL)
