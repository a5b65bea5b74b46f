"""A field is computed from itself and saved without a lock.

## What it does
Reports an assignment that computes a field of a model from its own value (`order.total += 1`,
`order.total = order.total + 1`, `order.total = rounded(order.total)`), where the same row is saved afterwards with
`save`, `asave` or `bulk_update`.

## Why is this bad?
Between the moment the row was read and the moment it is saved, another process may have changed the field. Its change
is overwritten: of two purchases that each take one from the stock, one is lost.

## Example
```python
from shop.models import Customer

def pay(customer_id: int, amount: int) -> None:
    customer = Customer.objects.get(pk=customer_id)
    customer.credit -= amount
    customer.save()
```

## Use instead
```python
from django.db import transaction
from django.db.models import F
from shop.models import Customer

def pay(customer_id: int, amount: int) -> None:
    Customer.objects.filter(pk=customer_id).update(credit=F("credit") - amount)

@transaction.atomic
def pay_with_a_lock(customer_id: int, amount: int) -> None:
    customer = Customer.objects.select_for_update().get(pk=customer_id)
    customer.credit -= amount
    customer.save()
```

## Limits
Rows loaded through `select_for_update`, in a function of the project that returns them too, or loaded anew through it
(`refresh_from_db(from_queryset=...)`), are left alone, and so are rows that the function has built itself, copies
(`customer.pk = None`), values that are only kept (`given or customer.name`), what is saved in a `with` over a lock
(`with cache.lock(key)`), and tests. What goes through a local variable or `setattr` is not followed, nor is a row that
is saved by `super().save()` or by another function.

## References
- Django, "Avoiding race conditions using `F()`":
  https://docs.djangoproject.com/en/5.2/ref/models/expressions/#avoiding-race-conditions-using-f
- Django, `select_for_update`: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-for-update
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.modules import is_test_module
from mypy_deckrules.facts.code.position import position_of
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database import rows
from mypy_deckrules.facts.database.computed import computed_before
from mypy_deckrules.facts.database.locked import is_under_lock
from mypy_deckrules.facts.database.rows import calls_told_by, column, model_of, saved_rows, saves
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.origins import Origin, origins

METHODS: Final = {**rows.SAVING, **rows.READING}


def check_call(call: Call) -> Iterator[Finding]:
    for save in calls_told_by(call.api, call.node):
        yield from _judge(call.api, save)


def _judge(api: TypeChecker, save: CallExpr) -> Iterator[Finding]:
    position = position_of(api, save)
    function = position.function if position is not None else None
    if position is None or function is None or is_test_module(api.tree.fullname) or is_under_lock(position):
        return
    saved = saved_rows(save, function)
    for computed in computed_before(api, function, save):
        row = computed.target.expr
        model = model_of(api, row)
        field = column(model, computed.target.name) if model is not None else None
        if computed.row not in saved or field is None or not saves(save, field):
            continue
        if not origins(api, function, row) <= {Origin.LOCKED, Origin.BUILT}:
            yield Finding(
                computed.statement,
                f'"{written(computed.target)}" is computed from a value that another process may change before it is '
                f'saved; load "{written(row)}" with select_for_update(), or update it with F("{field}")',
            )
