"""What an expression may stand for: a row and what it has loaded, rows, a collection, an object of another class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from mypy.nodes import TypeInfo

from mypy_deckrules import names

Select = Mapping[str, "Select"]


@dataclass(frozen=True, slots=True)
class Prefetched:
    """What ``prefetch_related`` puts into one attribute.

    Attributes:
        relation: the relation that it follows; the attribute itself, without ``to_attr``.
        rows: what the ``queryset`` of a ``Prefetch`` has loaded, None for the default.
        inner: what is prefetched from there, by attribute.
    """

    relation: str
    rows: Loaded | None = None
    inner: Mapping[str, Prefetched] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the rows of a query set have at hand, without another query.

    Attributes:
        model: their class, None where it is not known.
        select: the relations that are joined, each with those joined behind it.
        select_all: how deep all foreign keys that are not NULL are joined.
        prefetch: by attribute.
        filled: the rows that the way to the row has filled in: after ``author.books.all()`` each book has its author.
        is_raw: whether they come from SQL that Django cannot join further tables to.
    """

    model: TypeInfo | None
    select: Select = field(default_factory=dict)
    select_all: int = 0
    prefetch: Mapping[str, Prefetched] = field(default_factory=dict)
    filled: Mapping[str, Row] = field(default_factory=dict)
    is_raw: bool = False

    def __or__(self, other: Loaded) -> Loaded:
        """What one of two may have loaded."""
        return Loaded(
            self.model if self.model is other.model else None,
            merged(self.select, other.select, merged_select),
            max(self.select_all, other.select_all),
            merged(self.prefetch, other.prefetch, merged_prefetched),
            merged(self.filled, other.filled, Row.__or__),
            self.is_raw or other.is_raw,
        )


def merged(first: Mapping[str, Any], second: Mapping[str, Any], merge: Callable[[Any, Any], Any]) -> dict[str, Any]:
    both = {name: merge(first[name], second[name]) for name in first if name in second}
    return {**first, **second, **both}


def merged_select(first: Select, second: Select) -> Select:
    return merged(first, second, merged_select)


def merged_prefetched(first: Prefetched, second: Prefetched) -> Prefetched:
    rows = first.rows | second.rows if first.rows is not None and second.rows is not None else first.rows or second.rows
    return Prefetched(second.relation, rows, merged(first.inner, second.inner, merged_prefetched))


# --- values


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        loaded: what it has.
        turns: the loops in each turn of which it is another row.
        path: the relations that lead to it from the row of the loop.
        many: whether one of them has many rows.
    """

    loaded: Loaded
    turns: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    many: bool = False

    def __or__(self, other: Row) -> Row:
        """What may be one of two."""
        return Row(self.loaded | other.loaded, self.turns & other.turns, self.path, self.many or other.many)


@dataclass(frozen=True, slots=True)
class Rows:
    """A query set or a manager.

    Attributes:
        row: one of its rows.
        classes: where its methods are looked up: a manager's class and that of its query sets, or the latter alone.
        few: whether a slice bounds their number.
        anew: of a related manager whose rows were prefetched, what the rows of a new query have instead.
    """

    row: Row
    classes: tuple[TypeInfo, ...] = ()
    few: bool = False
    anew: Loaded | None = None

    @property
    def is_manager(self) -> bool:
        return bool(self.classes) and self.classes[0].has_base(names.BASE_MANAGER)


@dataclass(frozen=True, slots=True)
class Items:
    """An iterable of ``item``, whose items may not be rows; of a ``mapping`` they are the values."""

    item: Value | None
    few: bool = False
    mapping: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A tuple."""

    parts: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """An instance of some other class, or (``is_class``) a class itself."""

    info: TypeInfo
    is_class: bool = False


Value = Rows | Row | Items | Parts | Thing


def class_of(value: Value | None) -> Thing | None:
    match value:
        case Row(loaded=Loaded(model=TypeInfo() as info)) | Thing(info=info):
            return Thing(info, is_class=True)
        case _:
            return None


def joined(values: Iterable[Value | None]) -> Value | None:
    """What may be one of several values."""
    first, *others = values
    return reduce(_joined, others, first)


def _joined(first: Value | None, second: Value | None) -> Value | None:
    match first, second:
        case Rows(), Rows():
            classes = first.classes if first.classes == second.classes else ()
            return Rows(first.row | second.row, classes, first.few and second.few)
        case Row(), Row():
            return first | second
        case Items(), Items() if first.mapping is second.mapping:
            return Items(_joined(first.item, second.item), first.few and second.few, first.mapping)
        case Parts(), Parts() if len(first.parts) == len(second.parts):
            return Parts(tuple(map(_joined, first.parts, second.parts)))
        case (Rows(), Items()) | (Items(), Rows()):
            return _joined(_as_items(first), _as_items(second))
        case _:
            return first if first == second else None


def _as_items(value: Value | None) -> Value | None:
    return Items(value.row, value.few) if isinstance(value, Rows) else value


def settled(value: Value | None) -> Value | None:
    """A value that another function made: the loops in there are over."""
    match value:
        case Row(loaded=loaded):
            return Row(loaded)
        case Rows(row=row):
            return replace(value, row=Row(row.loaded))
        case Items(item=item):
            return replace(value, item=settled(item))
        case Parts(parts=parts):
            return Parts(tuple(map(settled, parts)))
        case _:
            return value


def handed_over(value: Value | None) -> Value | None:
    """What a caller sees of a value that another function made: of rows that were put into a collection there, no more
    than the collection."""
    if isinstance(value, Items) and not isinstance(value.item, Items):
        return replace(value, item=None)
    return settled(value)


# --- iteration


def item_of(value: Value | None) -> Value | None:
    """What iterating a value gives; of a dict's items no value, as its keys are none."""
    match value:
        case Rows(row=row):
            return row
        case Items(item=item, mapping=False):
            return item
        case Parts(parts=parts):
            return joined(parts) if parts else None
        case _:
            return None


def of_items(items: Items, method: str) -> Value | None:
    """The results of a list's and a dict's methods."""
    if not items.mapping:
        return items if method == "copy" else items.item if method == "pop" else None
    match method:
        case "values":
            return Items(items.item)
        case "items":
            return Items(Parts((None, items.item)))
        case "get" | "pop":
            return settled(items.item)
        case _:
            return None


def limited(value: Value | None, few: bool) -> Value | None:
    """A slice."""
    match value:
        case Rows():
            return replace(value, few=value.few or few)
        case Items(mapping=False):
            return replace(value, few=value.few or few)
        case _:
            return None


def listed(value: Value | None) -> Value | None:
    """A list, or an iterator, of the items of a value."""
    match value:
        case Rows(row=row, few=few):
            return Items(row, few)
        case Items(mapping=False):
            return value
        case _:
            return None


def in_turn(value: Value | None, turn: str) -> Value | None:
    """A value that is another one in each turn of a loop."""
    match value:
        case Row():
            return replace(value, turns=value.turns | {turn})
        case Parts(parts=parts):
            return Parts(tuple(in_turn(part, turn) for part in parts))
        case Rows(row=row):
            return replace(value, row=replace(row, turns=row.turns | {turn}))
        case _:
            return value
