"""What ``select_related``, ``prefetch_related`` and following a relation load
(https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from mypy_deckrules.facts.database.models import FORWARD, Relation, accessor_name
from mypy_deckrules.facts.queries.recipes import Arguments
from mypy_deckrules.facts.queries.values import Loaded, Prefetched, Row, Select, merged_select

SELECT_ALL_DEPTH: Final = 5
"""How many foreign keys a bare ``select_related()`` follows (``SQLCompiler.query.max_depth``)."""


def with_path(
    prefetch: Mapping[str, Prefetched], path: Sequence[str], rows: Loaded | None, attribute: str | None
) -> Mapping[str, Prefetched]:
    name, *rest = path
    if rest:
        node = prefetch.get(name, Prefetched(name))
        return {**prefetch, name: replace(node, inner=with_path(node.inner, rest, rows, attribute))}
    name = attribute or name
    before = prefetch.get(name, Prefetched(path[0]))
    return {**prefetch, name: Prefetched(path[0], rows or before.rows, before.inner)}


def with_select(loaded: Loaded, arguments: Arguments) -> Loaded | None:
    if not arguments:
        return replace(loaded, select={}, select_all=SELECT_ALL_DEPTH)
    select = loaded.select
    for recipe in arguments.values():
        match recipe:
            case ["none"]:
                return replace(loaded, select={}, select_all=0)
            case ["text", str(path)]:
                nested: Select = {}
                for name in reversed(path.split("__")):
                    nested = {name: nested}
                select = merged_select(select, nested)
            case _:
                return None
    return replace(loaded, select=select, select_all=0)


def is_joined_by_default(known: Relation) -> bool:
    field_ = known.field
    return not known.reverse and not known.many and field_ is not None and field_.kind in FORWARD and not field_.null


def inverse(known: Relation, row: Row) -> dict[str, Row]:
    """What following a relation fills in on the other side: the row that it was followed from."""
    if known.field is None or known.field.kind not in FORWARD:
        return {}
    if known.reverse:
        return {known.field.name: row}
    if known.field.kind == "one_to_one" and (accessor := accessor_name(known.field, known.model)) is not None:
        return {accessor: row}
    return {}
