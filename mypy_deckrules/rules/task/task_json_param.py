"""A task takes a parameter that its serializer cannot carry.

## What it does
Reports a parameter of a Celery task whose annotation contains a type that the task's serializer cannot encode. For
JSON, Celery's default, these are `set`, `timedelta`, `Path`, enums without `str` or `int`, dataclasses, attrs and
pydantic models, iterators, callables, dicts with keys that JSON has not, and every class that Kombu does not know.
The verdict is that of `kombu.utils.json` for the Kombu that is installed.

## Why is this bad?
`delay` raises `EncodeError` in the process that sends the task: in a request, after the order was saved.

## Example
```python
from datetime import timedelta
from celery import shared_task

@shared_task
def remind(order_ids: set[int], after: timedelta) -> None: ...
```

## Use instead
```python
from celery import shared_task

@shared_task
def remind(order_ids: list[int], after_seconds: float) -> None: ...
```

## Limits
`Any`, `object`, unbound type variables, and abstract collections of good items (`Sequence[int]`) are left alone, as
is what a task with an unknown serializer takes. Models and query sets belong to `task-model-param`. With
`pydantic=True` a parameter that is one pydantic model, or it and `None`, is fine.

## Options
- `task_serializer`: the app's serializer, where the plugin cannot see it.
- `json_types`: classes that the project registered with `kombu.utils.json.register_type`.

## References
- Celery, "Serializers": https://docs.celeryq.dev/en/stable/userguide/calling.html#serializers
- Kombu, "kombu.utils.json": https://docs.celeryq.dev/projects/kombu/en/stable/reference/kombu.utils.json.html
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type
from mypy.subtypes import is_same_type

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.pydantic_models import is_one_model
from mypy_deckrules.facts.serialization import misfit
from mypy_deckrules.facts.task_options import options_of
from mypy_deckrules.facts.tasks import TaskDefinition
from mypy_deckrules.facts.transport import serializer_of
from mypy_deckrules.facts.types import model_in


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    serializer = serializer_of(task.api, task.options, task.name, task.base)
    if serializer is None:
        return
    validates = options_of(task).is_set("pydantic")
    for parameter in task.taken:
        if model_in(parameter.type) is not None or (validates and is_one_model(parameter.type)):
            continue
        found = misfit(parameter.type, serializer)
        if found is not None:
            whole, part = (format_type(typ, task.api.options) for typ in (parameter.type, found.type))
            inner = "" if is_same_type(found.type, parameter.type) else f", in which {part}"
            yield Finding(
                parameter.node,
                f'Task "{task.name}" takes {whole} in parameter "{parameter.name}"{inner or ", which"} {found.why}; '
                f"take {found.fix}",
            )
