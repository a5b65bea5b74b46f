"""A task takes a model or a query set as a parameter.

## What it does
Reports a parameter of a Celery task whose annotation is or contains a Django model or a query set, at any depth:
`Order`, `Order | None`, `list[Order]`, `QuerySet[Order]`, a `TypedDict` with such a field.

## Why is this bad?
The arguments of a task travel through the broker. With the default JSON serializer a model instance cannot be encoded:
`delay` raises `EncodeError`. With pickle it arrives as the row was when it was sent: the worker works with stale data,
and saves it over what has been written since.

## Example
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order: Order) -> None:
    print("ship", order)
```

## Use instead
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None:
    print("ship", Order.objects.get(pk=order_id))
```

## Limits
A parameter without an annotation is not judged (see `task-untyped`); what is sent for it is (`task-model-arg`).

## References
- Celery, "State": https://docs.celeryq.dev/en/stable/userguide/tasks.html#state
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks import TaskDefinition
from mypy_deckrules.facts.types import is_query_set, model_in


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    for parameter in task.taken:
        model = model_in(parameter.type)
        if model is None:
            continue
        what, fix = (
            ("query set", "take the primary keys and load the rows")
            if is_query_set(model)
            else ("model", "take its primary key and load the row")
        )
        yield Finding(
            parameter.node,
            f'Task "{task.name}" takes the {what} "{model.type.name}" in parameter "{parameter.name}"; '
            f"{fix} in the task",
        )
