"""A task's parameter arrives as something else than was sent.

## What it does
Reports a parameter of a Celery task whose type can be encoded, but is something else when the worker
has decoded it: with JSON a `tuple` or `NamedTuple` arrives as a list, an `IntEnum`, `StrEnum` or `TextChoices` as a
plain number or text, a dict with `int` keys as one with text for keys, an `OrderedDict`, `defaultdict` or `Counter`
as a plain dict.

## Why is this bad?
The annotation, and with it every check that mypy makes in the task, is wrong at run time:
`by_id[1]` raises `KeyError`, `size.width` raises `AttributeError`, `status is Status.PAID` is never true.

## Example
```python
from celery import shared_task

@shared_task
def restock(amounts: dict[int, int]) -> None: ...
```

## Use instead
```python
from celery import shared_task

@shared_task
def restock(amounts: list[list[int]]) -> None: ...
```

## Limits
Plain subclasses of `str` and `int`, lazy text and classes with a `__json__` of their own are left.

## Options
`task_serializer`: the serializer of tasks that name none.

## References
- Python, "json", conversion table: https://docs.python.org/3/library/json.html#py-to-json-table
- Kombu, `kombu.utils.json`: https://docs.celeryq.dev/projects/kombu/en/stable/reference/kombu.utils.json.html
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type
from mypy.subtypes import is_same_type

from mypy_deckrules.facts.database.types import model_in
from mypy_deckrules.facts.dispatches.pydantic_models import is_validated
from mypy_deckrules.facts.dispatches.serialization import lossy
from mypy_deckrules.facts.dispatches.transport import serializer_of
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.definitions import TaskDefinition


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    serializer = serializer_of(task.api, task.options, task.name, task.base)
    if serializer is None:
        return
    for parameter in task.taken:
        if not parameter.annotated or model_in(parameter.type) is not None or is_validated(task, parameter):
            continue
        lost = lossy(parameter.type, serializer)
        if lost is not None:
            taken, part = (format_type(typ, task.api.options) for typ in (parameter.type, lost.type))
            which = "which" if is_same_type(lost.type, parameter.type) else f"in which {part}"
            yield Finding(
                parameter.node,
                f'Task "{task.name}" takes {taken} in parameter "{parameter.name}", {which} arrives as {lost.arrives}; '
                "take what arrives, and convert it in the task",
            )
