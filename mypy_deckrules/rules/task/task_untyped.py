"""A task has unannotated parameters or no return annotation.

## What it does
Reports a Celery task with a parameter that has no annotation, or without a return annotation.

## Why is this bad?
A task is called from far away and later: nothing fails where the wrong argument is written, but
in a worker. The types are what mypy, and the other rules, check its callers by.

## Example
```python
from celery import shared_task

@shared_task
def ship(order_id, fast=False):
    print(order_id, fast)
```

## Use instead
```python
from celery import shared_task

@shared_task
def ship(order_id: int, fast: bool = False) -> None:
    print(order_id, fast)
```

## Limits
The task itself, `self` of a task with `bind=True` or of a `run` method, needs no annotation, nor do the `*args` and
`**kwargs` of such a task.

## References
- mypy, `disallow_untyped_defs`: https://mypy.readthedocs.io/en/stable/config_file.html
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.definitions import TaskDefinition


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    missing = [
        f'"{parameter.name}"'
        for parameter in task.parameters
        if not parameter.annotated and not (task.bound and parameter.kind.is_star())
    ]
    if task.returns is None:
        missing.append("its return type")
    if missing:
        yield Finding(task.node, f'Task "{task.name}" has no annotation of {_listed(missing)}; add it')


def _listed(items: list[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
