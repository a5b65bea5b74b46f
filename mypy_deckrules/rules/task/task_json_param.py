"""A task takes a parameter that its serializer cannot carry.

## What it does
Reports a parameter of a Celery task whose annotation names a type that the task's serializer cannot
encode. For JSON, Celery's default, that is a `set`, a `timedelta`, an `Enum`, a dataclass, a `Path`, any class that
knows nothing of JSON, or a collection of such; fine are `datetime`, `date`, `Decimal` and `UUID`, as Kombu's own
encoder knows them. Models and query sets are `task-model-param`'s.

## Why is this bad?
No caller can send what the annotation asks for: `delay` raises `kombu.exceptions.EncodeError`. If
the task works all the same, it is sent something else, and the annotation is wrong.

## Example
```python
from datetime import timedelta
from celery import shared_task

@shared_task
def remind(order_id: int, after: timedelta) -> None: ...
```

## Use instead
```python
from celery import shared_task

@shared_task
def remind(order_id: int, after_seconds: float) -> None: ...
```

## Limits
`Any`, `object` and abstract collections of good items (`Sequence`, `Mapping`) are left. With `pydantic=True`
(Celery 5.5 and later) a parameter that is annotated with one pydantic model, or it and `None`, is fine. Left alone
are tasks whose class or a decorator below the task's puts something else in place of what was sent, and the request,
the exception and the traceback that the worker gives a task for `link_error`.

## Options
`task_serializer`: the serializer of tasks that name none. `json_types`: full names of the classes that the
project has registered with `kombu.utils.json.register_type`.

## References
- Celery, "Calling Tasks", "Serializers": https://docs.celeryq.dev/en/stable/userguide/calling.html#serializers
- Celery, "Tasks", "Argument validation with Pydantic":
  https://docs.celeryq.dev/en/stable/userguide/tasks.html#argument-validation-with-pydantic
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type
from mypy.subtypes import is_same_type

from mypy_deckrules.facts.database.types import model_in
from mypy_deckrules.facts.dispatches.pydantic_models import is_validated
from mypy_deckrules.facts.dispatches.transport import refused
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.definitions import TaskDefinition
from mypy_deckrules.facts.tasks.failure import failure_taken


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    not_sent = failure_taken(task)
    for parameter in (taken for taken in task.taken if taken.annotated and taken not in not_sent):
        if model_in(parameter.type) is not None or is_validated(task, parameter):
            continue
        misfit = refused(task.api, task.options, parameter.type, task.name, task.base)
        if misfit is not None:
            taken, part = (format_type(typ, task.api.options) for typ in (parameter.type, misfit.type))
            which = "which" if is_same_type(misfit.type, parameter.type) else f"in which {part}"
            yield Finding(
                parameter.node,
                f'Task "{task.name}" takes {taken} in parameter "{parameter.name}", {which} {misfit.why}; '
                f"take {misfit.fix}",
            )
