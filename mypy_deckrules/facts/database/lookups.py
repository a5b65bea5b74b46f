"""What a query is looked up by: the fields that its keywords require to have a value, and whether they are unique.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#get-or-create says what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncItem, MemberExpr, NameExpr, TypeInfo, Var
from mypy.types import FunctionLike, Instance, TypeType, get_proper_type

from mypy_deckrules.facts.code.classes import typeinfo
from mypy_deckrules.facts.code.reaching import reaching
from mypy_deckrules.facts.database.model_bodies import UNREADABLE, comparable
from mypy_deckrules.facts.database.models import (
    FORWARD,
    UniqueSet,
    fields,
    is_abstract,
    model_of_rows,
    models_in,
    relation,
    unique_sets,
    watch,
)
from mypy_deckrules.facts.database.rows import model_of

KEYWORDS: Final = frozenset(
    f"{prefix}{name}" for prefix in ("", "a") for name in ("get", "get_or_create", "update_or_create", "create")
) | {"filter"}
"""Methods whose keywords say what the rows have."""

DEFAULTS: Final = frozenset({"defaults", "create_defaults"})
"""Keywords of ``get_or_create`` and ``update_or_create`` that look nothing up."""

SAME_ROWS: Final = frozenset(
    """
    all order_by distinct select_related prefetch_related only defer using select_for_update db_manager
    exists aexists count acount first afirst last alast
    """.split()  # noqa: SIM905
)
"""Methods that leave the rows as they are, and those that ask of them without keywords."""

INEXACT: Final = frozenset(
    """
    iexact contains icontains in gt gte lt lte startswith istartswith endswith iendswith range date year iso_year month
    day week week_day iso_week_day quarter time hour minute second isnull regex iregex
    """.split()  # noqa: SIM905
)
"""Django's own lookups that more than one value fits ("Field lookups" in its reference of query sets)."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the rows of a query have in common.

    Attributes:
        model: their model.
        stated: the value that each field must have, and behind ``field__gt`` and the like what is compared. Relations
            are named without ``_id``; a related manager's own row is the value of its foreign key.
    """

    model: TypeInfo
    stated: Mapping[str, Expression]

    @property
    def equal(self) -> Mapping[str, Expression]:
        """The fields that must have one value."""
        return {name: value for name, value in self.stated.items() if "__" not in name}

    def is_unique(self) -> bool | None:
        """Whether the database keeps two rows from having it; None where that cannot be seen."""
        sets = unique_sets(self.model)
        if sets is None or is_abstract(self.model):
            return None
        return any(self._unfolded(unique)._is_kept_apart_by(unique) for unique in sets)

    def _unfolded(self, unique: UniqueSet) -> Lookup:
        """The lookup with what it states of ``email__iexact`` said of ``email``, where case makes no difference."""
        folded = {name: self.stated[f"{name}__iexact"] for name in unique.folded if f"{name}__iexact" in self.stated}
        return replace(self, stated={**folded, **self.stated})

    def _is_kept_apart_by(self, unique: UniqueSet) -> bool:
        return self._covers(unique) and self._meets(unique.condition or {})

    def _covers(self, unique: UniqueSet) -> bool:
        known = fields(self.model) if unique.nulls_alike else {}
        empty = {name for name in unique.fields if name in known and known[name].null}  # in both of the new rows
        return unique.fields <= self.equal.keys() | empty

    def _meets(self, condition: Mapping[str, object]) -> bool:
        """Whether the lookup states what a constraint's condition does; where one of them cannot be read, it may."""
        return all(self._states(key.removesuffix("__exact"), required) for key, required in condition.items())

    def _states(self, key: str, required: object) -> bool:
        field, _, operator = key.partition("__")
        given = self.stated.get(key)
        if given is not None:
            return _may_equal(comparable(given), required)
        if required is None:  # Q(ended=None) asks for what Q(ended__isnull=True) does
            field, operator, required = key, "isnull", True
            given = self.stated.get(f"{key}__isnull")
            if given is not None:
                return _may_equal(comparable(given), required)
        if field not in self.stated:
            return False
        value = comparable(self.stated[field])
        match operator, required:
            case "isnull", bool():
                return value == UNREADABLE or (value is None) is required
            case "in", list():
                return any(_may_equal(value, one) for one in required)
            case _:
                return True


def _may_equal(value: object, other: object) -> bool:
    """Whether two values are the same as far as they can be read: an enum's member may be any plain one."""
    readable = all(one not in (UNREADABLE, ...) for one in (value, other))
    return value == other or not readable or isinstance(value, dict) is not isinstance(other, dict)


def lookup_of(api: TypeChecker, function: FuncItem, call: CallExpr) -> Lookup | None:
    """The lookup of a query: of the keywords of ``call``, and of the calls that made its query set.

    Args:
        function: the function that makes the call.

    Returns:
        None where it cannot be read: a model that is not known, conditions without a keyword, ``**mapping``, a lookup
        through another model or of the project's own, a method that may narrow the rows down.
    """
    keywords: list[tuple[str | None, Expression]] = []
    rows: Expression = call
    while isinstance(rows, CallExpr) and isinstance(rows.callee, MemberExpr):
        if rows.callee.name not in KEYWORDS | SAME_ROWS:
            return None
        keywords += _keywords(rows) if rows.callee.name in KEYWORDS else ()
        rows = _value(function, rows.callee.expr)
    model = model_of_manager(api, rows)
    if model is None:
        return None
    watch(api, model)
    stated: dict[str, Expression] = {}
    for key, value in keywords:
        name = _field_name(api, model, key) if key is not None else None
        if name is None:
            return None
        stated.setdefault(name, value)
    own = _of_manager(api, rows)
    return Lookup(model, {**stated, **own}) if own is not None else None


def model_of_manager(api: TypeChecker, manager: Expression) -> TypeInfo | None:
    """The model of a manager or query set: of ``Child.objects`` it is ``Child``, whatever model the manager that it
    inherits has in its type. None where it is not known."""
    typ = get_proper_type(api.lookup_type(manager)) if api.has_type(manager) else None
    model = model_of_rows(typ) if isinstance(typ, Instance) else None
    owner = _class_of(api, manager.expr) if isinstance(manager, MemberExpr) else None
    return owner if model is not None and owner is not None and model in owner.mro else model


def _keywords(call: CallExpr) -> Iterator[tuple[str | None, Expression]]:
    """The keywords of a call with their values; None for what has no name."""
    is_creating = isinstance(call.callee, MemberExpr) and call.callee.name.endswith("_or_create")
    for i, (arg, kind, keyword) in enumerate(zip(call.args, call.arg_kinds, call.arg_names, strict=True)):
        if is_creating and (keyword in DEFAULTS or (kind == nodes.ARG_POS and i < len(DEFAULTS))):
            continue
        if kind == nodes.ARG_STAR2 and isinstance(arg, nodes.DictExpr):
            yield from ((key.value if isinstance(key, nodes.StrExpr) else None, value) for key, value in arg.items)
        else:
            yield keyword, arg


def _field_name(api: TypeChecker, model: TypeInfo, key: str) -> str | None:
    """The field that a keyword requires a value of, or the keyword where it requires something else of a field; None
    for one that cannot be read."""
    known = fields(model)
    first, *rest = key.removesuffix("__exact").split("__")
    relation_name = first.removesuffix("_id")
    if first not in known and relation_name in known and known[relation_name].kind in FORWARD:
        first = relation_name
    if not rest:
        return first if first in known or first in ("pk", "id") else None
    if first in known and known[first].kind in FORWARD and rest == ["pk"]:
        return first
    related = relation(model, first, partial(typeinfo, api))
    if related is not None and related.to is not None:
        watch(api, related.to)
        if rest == [_primary_key(related.to)]:
            return first
    return "__".join([first, *rest]) if rest[-1] in INEXACT else None


def _primary_key(model: TypeInfo) -> str:
    return next((name for name, field in fields(model).items() if field.primary_key), "id")


def _value(function: FuncItem, expr: Expression) -> Expression:
    """What a variable was given, where that is one thing."""
    if isinstance(expr, NameExpr) and isinstance(expr.node, Var):
        values = [binding.value for binding in reaching(function, expr)]
        if len(values) == 1 and isinstance(values[0], CallExpr | MemberExpr):
            return values[0]
    return expr


def _class_of(api: TypeChecker, expr: Expression) -> TypeInfo | None:
    """The class of models that an expression is: its name, ``cls``, ``type(self)``; None where it is none."""
    typ = get_proper_type(api.lookup_type(expr)) if api.has_type(expr) else None
    if isinstance(typ, FunctionLike) and typ.is_type_obj():
        return typ.type_object()
    return next(iter(models_in(typ.item)), None) if isinstance(typ, TypeType) else None


def _of_manager(api: TypeChecker, manager: Expression) -> dict[str, Expression] | None:
    """The fields that a manager gives by itself: of ``customer.orders`` the foreign key to the customer.

    Returns:
        None where the manager is one that a caller hands over, or its relation cannot be seen.
    """
    if not isinstance(manager, MemberExpr):
        return None
    if _class_of(api, manager.expr) is not None:
        return {}
    owner = model_of(api, manager.expr)
    if owner is None:
        return None
    known = relation(owner, manager.name, partial(typeinfo, api))
    if known is None or known.field is None or known.field.kind == "generic_relation":
        return None
    return {known.field.name: manager.expr} if known.reverse and known.field.kind in FORWARD else {}
