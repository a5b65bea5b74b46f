"""A query runs once per item of a loop.

## What it does
Reports a query in the body of a `for` loop or in a comprehension that depends on the loop's variable: `get`, `first`,
`last`, `latest`, `earliest`, `exists`, `count`, `aggregate`, and a query set that is iterated, listed or tested there.

## Why is this bad?
Each turn waits for the database. Measured with Django 5.2 on SQLite:

| rows | queries of the example | when it is repaired |
|---:|---:|---:|
| 10 | 10 | 1 |
| 20 | 20 | 1 |

## Example
```python
from shop.models import Order

def totals(keys: list[int]) -> dict[int, int]:
    return {key: Order.objects.get(pk=key).total for key in keys}
```

## Use instead
```python
from shop.models import Order

def totals(keys: list[int]) -> dict[int, int]:
    return {key: order.total for key, order in Order.objects.in_bulk(keys).items()}
```

## Limits
- Loops over a literal, a constant, an enum, a short `range` or a `range` in steps are left alone: the source fixes how
  many queries they run. So are loops over classes, and `while` loops.
- Batches are left alone: `filter(pk__in=batch)`, a slice of a query set, what a generator of slices or lists yields.
- What is read off the item itself, `order.lines.count()`, belongs to `query-related-in-loop`.
- A manager's own `get` or `filter`, which may use a cache, is left alone.

## References
- Django, `in_bulk`: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#in-bulk
- Django, "Database access optimization": https://docs.djangoproject.com/en/5.2/topics/db/optimization/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, MemberExpr
from mypy.types import Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.lookups import INEXACT
from mypy_deckrules.facts.database.types import is_query_set
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.evaluation import is_djangos_own, is_run
from mypy_deckrules.facts.queries.loops import Loop, changing_with, is_bounded, loops_around, mentions, mentions_one_of
from mypy_deckrules.facts.queries.methods import LAZY, RUNNING
from mypy_deckrules.facts.queries.reads import Here
from mypy_deckrules.facts.queries.recipes import GET_LIST, GET_OBJECT, turn_of
from mypy_deckrules.facts.queries.values import Items, Parts, Row, item_of

BATCHED: Final = frozenset({"in_bulk", "ain_bulk"})
"""Methods that are given many keys at once."""

FUNCTIONS: Final = GET_OBJECT | GET_LIST
METHODS: Final = dict.fromkeys((RUNNING | LAZY) - BATCHED, frozenset({names.QUERY_SET, names.BASE_MANAGER}))


def check_call(call: Call) -> Iterator[Finding]:
    position = position_of(call.api, call.node)
    if position is None or not isinstance(call.node, CallExpr) or not is_djangos_own(call):
        return
    loops = [loop for loop in loops_around(position) if not is_bounded(call.api, loop)]
    if not loops or (call.name in LAZY and not is_run(position)):
        return
    for loop in loops:
        changing = changing_with(loop, call.node)
        lookups = _lookups(call.api, call.node)
        asked = [(keyword, value) for keyword, value in lookups if mentions_one_of(value, changing)]
        if asked and _is_over_batches(position, loop):
            asked = [each for each in asked if mentions_one_of(each[1], changing, loop.variables)]
        root = _root(call.node)
        if asked and not mentions(root, changing):
            if not _is_relation_of_a_turn(position, root):
                yield Finding(call.node, _message(call.node, call.name, asked[0][0]))
            return


def _is_relation_of_a_turn(position: Position, root: Expression) -> bool:
    """Whether a query is asked of a relation of the row that one of the loops around is at: the other rule's."""
    row = Here(position).value_of(root.expr) if isinstance(root, MemberExpr) else None
    return isinstance(row, Row) and not row.turns.isdisjoint(turn_of(loop.node) for loop in loops_around(position))


def _is_over_batches(position: Position, loop: Loop) -> bool:
    """Whether each turn has many items at hand."""
    item = item_of(Here(position).value_of(loop.iterated))
    return any(isinstance(part, Items) for part in (item.parts if isinstance(item, Parts) else (item,)))


def _root(expr: Expression) -> Expression:
    """What the chain of calls begins with: ``Order.objects`` of ``Order.objects.filter(...).first()``."""
    while True:
        match expr:
            case CallExpr(callee=MemberExpr(expr=inner)):
                expr = inner
            case CallExpr(args=[first, *_]):  # get_object_or_404(Order, ...)
                expr = first
            case nodes.AwaitExpr(expr=inner) | nodes.IndexExpr(base=inner):
                expr = inner
            case _:
                return expr


def _lookups(api: TypeChecker, expr: Expression) -> Iterator[tuple[str | None, Expression]]:
    """The arguments of a chain of calls, without those that ask for many keys at once (``pk__in=keys``), each with its
    keyword; of a call that is an argument, its arguments and what it is a method of."""
    while True:
        match expr:
            case CallExpr(callee=callee, args=args, arg_names=keywords):
                for arg, keyword in zip(args, keywords, strict=True):
                    if keyword is not None and keyword.endswith(("__in", "__range")) and not _is_query_set(api, arg):
                        continue
                    if isinstance(arg, CallExpr):
                        yield from ((keyword or inner, value) for inner, value in _lookups(api, arg))
                        yield keyword, _first(arg)
                    else:
                        yield keyword, arg
                expr = callee
            case MemberExpr(expr=inner) | nodes.AwaitExpr(expr=inner) | nodes.IndexExpr(base=inner):
                expr = inner
            case _:
                return


def _is_query_set(api: TypeChecker, expr: Expression) -> bool:
    typ = get_proper_type(api.lookup_type(expr)) if api.has_type(expr) else None
    return isinstance(typ, Instance) and is_query_set(typ)


def _first(expr: Expression) -> Expression:
    """What a chain of calls, attributes and items is written behind: ``row`` of ``row.get("name").strip()``."""
    while True:
        match expr:
            case (
                CallExpr(callee=inner)
                | MemberExpr(expr=inner)
                | nodes.AwaitExpr(expr=inner)
                | nodes.IndexExpr(base=inner)
            ):
                expr = inner
            case _:
                return expr


def _message(call: CallExpr, name: str, keyword: str | None) -> str:
    """Args: ``keyword``: the one that is given another value in each turn."""
    lookup = keyword.removesuffix("__exact") if keyword is not None else None
    if lookup is None or lookup.rpartition("__")[2] in INEXACT:
        lookup = "<field>"
    if name in ("exists", "aexists", "contains", "acontains"):
        instead = "ask for all of them before the loop, in a set made of values_list()"
    elif name in ("count", "acount", "aggregate", "aaggregate"):
        instead = "ask for all of them before the loop, with values() and annotate()"
    elif name in ("get", "aget") and lookup in ("pk", "id"):
        instead = "load the rows before the loop, with in_bulk()"
    else:
        instead = f"load the rows before the loop, with filter({lookup}__in=...)"
    return f'"{written(call.callee)}" runs one query per turn of this loop; {instead}'
