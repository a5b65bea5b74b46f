"""A model or a query set is sent to a task.

## What it does
Reports a Model instance or a query set, also inside a collection, that a call hands to a task: to `delay`,
`apply_async`, `s`, `si`, `signature`, `chunks`, `map`, `starmap`, `retry`, `send_task`, or to a signature that is sent
later. The values inside a literal `args=(...)` and `kwargs={...}` are judged one by one.

## Why is this bad?
With Celery's default serializer the call raises `kombu.exceptions.EncodeError`. With pickle it works, and the worker
gets the row as it was when the call was made: what changed since then is lost as soon as the task saves it.

## Example
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

def confirm(order: Order) -> None:
    ship.apply_async(args=(order,))
```

## Use instead
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

def confirm(order: Order) -> None:
    ship.apply_async(args=(order.pk,))
```

## References
- Celery, "Tasks", "Database transactions" and "State": https://docs.celeryq.dev/en/stable/userguide/tasks.html#state
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy_deckrules.facts.dispatch import Dispatch
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.types import is_query_set, model_in


def check_dispatch(dispatch: Dispatch) -> Iterator[Finding]:
    for value in dispatch.sent:
        row = model_in(value.type)
        if row is None:
            continue
        task = f'Task "{dispatch.task}"' if dispatch.task else "A task"
        where = f' for parameter "{value.parameter}"' if value.parameter else ""
        kind = "query set" if is_query_set(row) else "model"
        yield Finding(
            value.expr,
            f'{task} is sent the {kind} "{row.type.name}"{where}; send its primary key and load the row in the task',
        )
