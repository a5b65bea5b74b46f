"""A related object is loaded once per item of a loop.

## What it does
Reports the read of a relation of the row, in a loop over a query set that did not load that relation: a foreign key
or one-to-one relation that is neither in `select_related` nor in `prefetch_related`, a reverse or many-to-many
relation that is not in `prefetch_related`, and a method that passes by what was prefetched (`filter`, `order_by`,
`values_list`).

What a query set has loaded is followed through variables, `list`, `sorted`, `enumerate`, `zip`, comprehensions,
helpers, managers, custom query sets, related managers and `Prefetch`, as Django does it.

## Why is this bad?
The loop runs one query for each row, the "N+1" problem. It is fast on a developer's machine and slow with the
customers' data. Measured with Django 5.2 on SQLite:

| rows | queries of the example | when it is repaired |
|---:|---:|---:|
| 10 | 11 | 1 |
| 20 | 21 | 1 |

## Example
```python
from shop.models import Book

def titles() -> list[str]:
    return [f"{book.title} by {book.author.name}" for book in Book.objects.all()]
```

## Use instead
```python
from shop.models import Book

def titles() -> list[str]:
    return [f"{book.title} by {book.author.name}" for book in Book.objects.select_related("author")]
```

## Limits
- Rows that were put into a list, a dict or an attribute elsewhere are left alone, and so is a query set whose manager,
  custom query set or helper cannot be read; a parameter that is a plain `QuerySet` is taken as it stands there, with
  nothing loaded.
- A second read of a relation in the same turn is free, and not reported. `book.author_id` is free as well.
- Slices of ten rows or less are no loops over a table.
- Relations that only Django's settings or the Django plugin know of are seen where that plugin runs.

## References
- Django, "QuerySet API", `select_related` and `prefetch_related`:
  https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related
- Django, "Database access optimization":
  https://docs.djangoproject.com/en/5.2/topics/db/optimization/#retrieve-everything-at-once-if-you-know-you-will-need-it
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.nodes import MemberExpr

from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.database.models import Relation, is_ordered
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.evaluation import Use, uses_of
from mypy_deckrules.facts.queries.loops import loops_around
from mypy_deckrules.facts.queries.methods import LAZY, RUNNING
from mypy_deckrules.facts.queries.reads import AttributeRead, Here, is_target, may_be_first, reads_alike
from mypy_deckrules.facts.queries.recipes import turn_of
from mypy_deckrules.facts.queries.values import Loaded, Row, Rows

FROM_CACHE: Final = frozenset({"count", "exists", "contains", "acount", "aexists", "acontains"})
"""Methods that prefetched rows answer without a query."""


def check_read(read: AttributeRead) -> Iterator[Finding]:
    position = position_of(read.api, read.node)
    if position is None:
        return
    message = _judged(position)
    inner = position_of(read.api, read.node.expr) if message and isinstance(read.node.expr, MemberExpr) else None
    # One mistake: book.author.country, and book.author and book.author.country.
    if message and not (inner is not None and any(map(_judged, reads_alike(inner)))):
        yield Finding(read.node, message)


def _judged(position: Position) -> str | None:
    """What is wrong with the read of an attribute."""
    turns = {turn_of(loop.node) for loop in loops_around(position)}
    node = position.node
    if not turns or not isinstance(node, MemberExpr) or is_target(position):
        return None
    here = Here(position)
    row = here.value_of(node.expr)
    if not isinstance(row, Row) or row.loaded.model is None or row.turns.isdisjoint(turns):
        return None
    relation = here.evaluator.relation(row.loaded.model, node.name)
    if relation is None:
        return None
    is_loaded = here.evaluator.child(row, relation.name) is not None
    if not relation.many:
        return _unloaded(here, row, relation) if not is_loaded and may_be_first(position) else None
    uses = (
        use for use in uses_of(position) if not (is_loaded and _is_answered_from_cache(here, use, row.loaded, relation))
    )
    use = next(uses, None)
    if use is None:
        return None
    if is_loaded:
        return _bypassed(relation, use)
    return _unloaded(here, row, relation) + (_SELECTED if set(use.methods) - FROM_CACHE - {"all"} else "")


def _is_answered_from_cache(here: Here, use: Use, loaded: Loaded, relation: Relation) -> bool:
    """Whether the rows that were prefetched are used (``QuerySet._result_cache``), without a new query."""
    *before, last = use.methods
    if not (LAZY | RUNNING).issuperset(use.methods):  # a method of the project's own: what it says
        rows = here.value_of(use.rows)
        return not isinstance(rows, Rows) or rows.anew is not None
    if before not in ([], ["all"]):
        return False
    if last in ("first", "afirst"):
        # first() takes the first row of the cache when it needs no ordering of its own.
        prefetched = loaded.prefetch.get(relation.name)
        is_default = prefetched is not None and prefetched.rows is None
        return not is_default or relation.to is None or is_ordered(relation.to)
    return last in FROM_CACHE or (not before and last == "all")


def _unloaded(here: Here, row: Row, relation: Relation) -> str:
    path = [*row.path, relation.name]
    last, many = relation, row.many or relation.many
    for node in reversed(here.position.path[:-1]):  # what follows in the same expression is to be loaded as well
        further = here.evaluator.relation(last.to, node.name) if isinstance(node, MemberExpr) and last.to else None
        if further is None or last.many or further.many:
            break
        path.append(further.name)
        last, many = further, many or further.many
    generic = last.field is not None and last.field.kind.startswith("generic")
    method = "prefetch_related" if many or generic or row.loaded.is_raw else "select_related"
    return (
        f'Relation "{relation.name}" of "{relation.model.name}" is loaded by one query per turn of this loop; '
        f'load it with the rows by {method}("{"__".join(path)}")'
    )


_SELECTED: Final = " and choose among them in Python, or by a Prefetch with a queryset"


def _bypassed(relation: Relation, use: Use) -> str:
    called = next((method for method in use.methods if method != "all"), "all")
    return (
        f'"{called}" does not use the prefetched "{relation.name}" of "{relation.model.name}" and runs one query per '
        f"turn of this loop; choose among the prefetched rows in Python, or say what to load by "
        f'Prefetch("{relation.name}", queryset=...)'
    )
