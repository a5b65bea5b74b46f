"""A task has unannotated parameters or no return annotation.

## What it does
Reports a Celery task with a parameter that has no annotation, or without a return annotation. The bound `self` and
`*args` and `**kwargs` need none.

## Why is this bad?
What an unannotated task takes is `Any`: neither mypy nor the other rules can say whether what is sent to it fits.

## Example
```python
from celery import shared_task

@shared_task
def ship(order_id, express=False):
    print(order_id, express)
```

## Use instead
```python
from celery import shared_task

@shared_task
def ship(order_id: int, express: bool = False) -> None:
    print(order_id, express)
```

## References
- mypy, "Dynamically typed code": https://mypy.readthedocs.io/en/stable/dynamic_typing.html
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks import TaskDefinition


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    missing = [f'"{p.name}"' for p in task.parameters if not p.annotated and not p.kind.is_star()]
    if task.returns is None:
        missing.append("its return type")
    if missing:
        yield Finding(task.node, f'Task "{task.name}" has no annotation of {", ".join(missing)}; add it')
