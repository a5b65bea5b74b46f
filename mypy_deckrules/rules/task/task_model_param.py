"""A task takes a model or a query set as a parameter.

## What it does
Reports a parameter of a Celery task whose annotation is or contains a Django model or a query set, at any depth:
`Order`, `Order | None`, `list[Order]`, `QuerySet[Order]`, a `TypedDict` with such a field.

## Why is this bad?
The arguments of a task travel through the broker. With the default JSON serializer a model
instance cannot be encoded: `delay` raises `EncodeError`. With pickle it arrives as the row was when it was sent: the
worker works with stale data, and saves it over what has been written since.

## Example
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order: Order) -> None:
    order.save()
```

## Use instead
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None:
    Order.objects.get(pk=order_id).save()
```

## Limits
A parameter without an annotation is not judged (see `task-untyped`); what is sent for it is
(`task-model-arg`). Left alone are tasks whose class or a decorator below the task's puts something else in place of
what was sent: a `__call__` that loads the row, a decorator that injects it. A decorator that cannot be seen may do so
for parameters with a default.

## References
- Celery, "State": https://docs.celeryq.dev/en/stable/userguide/tasks.html#state
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type
from mypy.types import ProperType, Type, TypeVarType, get_proper_type
from mypy.types_utils import remove_optional

from mypy_deckrules.facts.database.types import is_query_set, model_in
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.definitions import TaskDefinition


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    for parameter in task.taken:
        row = model_in(parameter.type)
        if row is None:
            continue
        what = f"query set {format_type(row, task.api.options)}" if is_query_set(row) else f'model "{row.type.name}"'
        is_one = _plain(parameter.type) == row and not is_query_set(row)
        fix = "its primary key and load the row" if is_one else "primary keys and load the rows"
        yield Finding(
            parameter.node,
            f'Task "{task.name}" takes the {what} in parameter "{parameter.name}"; take {fix} in the task',
        )


def _plain(typ: Type) -> ProperType:
    """The type without ``None``, of a type variable its bound."""
    proper = get_proper_type(remove_optional(typ))
    return get_proper_type(proper.upper_bound) if isinstance(proper, TypeVarType) else proper
