"""The lookup of get_or_create is not unique in the database.

## What it does
Reports `get_or_create`, `update_or_create` and their asynchronous variants when no unique field, primary key,
`OneToOneField`, `unique_together` or `UniqueConstraint` of the model is covered by the lookup, and the same written by
hand: a `create` where `exists()` was false, `first()` was `None` or `get()` raised `DoesNotExist`.

## Why is this bad?
Two processes that look the row up at the same time both find none and both create it. `get_or_create` is atomic only if
the database refuses the second row; a transaction around it does not help. From then on `get` raises
`MultipleObjectsReturned`.

## Example
```python
from shop.models import Order, Customer

def open_order(customer: Customer) -> Order:
    order, _ = Order.objects.get_or_create(customer=customer, status="new")
    return order
```

## Use instead
```python
from django.db import models
from shop.models import Customer

class Basket(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    status = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "status"], name="one_basket_a_status")]

def open_basket(customer: Customer) -> Basket:
    basket, _ = Basket.objects.get_or_create(customer=customer, status="new")
    return basket
```

## Limits
A lookup that cannot be read (`**lookup`, a custom lookup, one through another model) is left alone, and so is a model
whose class body mypy does not see, a method of that name that the project defines, and a lookup by a row of another
model that the function has locked with `select_for_update`, or by what it locked that row by, what stands in a `with`
over a lock (`with cache.lock(key)`), models that Django does not manage (`managed = False`), and tests. A constraint
with a condition counts when the lookup states it; a unique field that the model's own `save` computes from others
alone (`self.slug = slugify(self.title)`) counts when the lookup has those others.

## References
- Django, `get_or_create`: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#get-or-create
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.nodes import CallExpr, FuncItem, MemberExpr, NameExpr
from mypy.types import Instance

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.modules import is_test_module
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.database.absence import queries_without_row
from mypy_deckrules.facts.database.locked import is_under_lock, locked_by
from mypy_deckrules.facts.database.lookups import Lookup, lookup_of
from mypy_deckrules.facts.database.models import definer_of
from mypy_deckrules.facts.database.rows import same
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.origins import Origin, origins

_QUERY_SETS: Final = frozenset({names.QUERY_SET, names.BASE_MANAGER})
CREATING: Final = frozenset({"create", "acreate"})
METHODS: Final = dict.fromkeys(
    ("get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create", *CREATING), _QUERY_SETS
)


def check_call(call: Call) -> Iterator[Finding]:
    position = position_of(call.api, call.node) if isinstance(call.node, CallExpr) else None
    function = position.function if position is not None else None
    if position is None or function is None or not isinstance(call.node, CallExpr) or _is_overridden(call):
        return
    if is_test_module(call.api.tree.fullname):
        return
    asked = lookup_of(call.api, function, call.node)
    if asked is None:
        return
    if call.name in CREATING:
        found = (lookup_of(call.api, function, query) for query in queries_without_row(position))
        asked = next((lookup for lookup in found if lookup is not None and _is_for(lookup, asked)), None)
    if asked is None or asked.is_unique() is not False or _is_locked(position, function, asked):
        return
    by = " and ".join(f'"{key}"' for key in asked.stated) or "nothing"
    way_out = "add one, and use get_or_create" if call.name in CREATING else "add one, or look it up by unique fields"
    yield Finding(
        call.node,
        f"Two processes can both find no row and create it: no unique constraint of "
        f'"{asked.model.name}" covers the lookup by {by}; {way_out}',
    )


def _is_overridden(call: Call) -> bool:
    receiver = call.receiver.type if isinstance(call.receiver, Instance) else None
    definer = definer_of([receiver], call.name) if receiver is not None else None
    return definer is None or not definer.fullname.startswith("django.")


def _is_for(missing: Lookup, created: Lookup) -> bool:
    """Whether the row that is created is one that the other lookup would have found."""
    return (
        missing.model is created.model
        and bool(missing.stated)
        and all(
            name in created.stated and same(value, created.stated[name])
            for name, value in ((key.removesuffix("__iexact"), value) for key, value in missing.stated.items())
        )
    )


def _is_locked(position: Position, function: FuncItem, lookup: Lookup) -> bool:
    """Whether others who do so too must wait: for a lock, or for a row that the function has locked and looks up by."""
    if is_under_lock(position):
        return True
    stated = list(lookup.stated.values())
    rows = (value.expr if isinstance(value, MemberExpr) else value for value in stated)
    if any(isinstance(row, NameExpr) and Origin.LOCKED in origins(position.api, function, row) for row in rows):
        return True
    locked = list(locked_by(position, apart_from=lookup.model))
    return any(same(key, value) for key in locked for value in stated)
