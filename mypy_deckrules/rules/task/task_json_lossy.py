"""A task's parameter arrives as something else than was sent.

## What it does
Reports a parameter of a Celery task whose type the serializer encodes and does not restore. With JSON: a dict with
other keys than `str`, `tuple`, `NamedTuple`, `OrderedDict`, `defaultdict`, `Counter`, and enums that are `str` or
`int` (`StrEnum`, `IntEnum`, `TextChoices`). With a Kombu before 5.3 also `Decimal`, `UUID`, `datetime`, `date` and
`time`.

## Why is this bad?
The annotation is a lie in the worker. `stock[17]` raises `KeyError`, since the key is `"17"`; `status.label` raises
`AttributeError`, since the status is a `str`; and mypy believes both.

## Example
```python
from celery import shared_task

@shared_task
def restock(amounts: dict[int, int], at: tuple[int, int]) -> None: ...
```

## Use instead
```python
from celery import shared_task

@shared_task
def restock(amounts: dict[str, int], at: list[int]) -> None: ...
```

## Limits
Plain subclasses of `str` and `int`, lazy translations and classes with `__json__` are left alone.

## References
- Celery, "Serializers": https://docs.celeryq.dev/en/stable/userguide/calling.html#serializers
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.serialization import lossy
from mypy_deckrules.facts.tasks import TaskDefinition
from mypy_deckrules.facts.transport import serializer_of
from mypy_deckrules.facts.types import model_in


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    serializer = serializer_of(task.api, task.options, task.name, task.base)
    for parameter in task.taken if serializer is not None else ():
        found = lossy(parameter.type, serializer) if serializer is not None else None
        if found is not None and model_in(parameter.type) is None:
            sent = format_type(found.type, task.api.options)
            yield Finding(
                parameter.node,
                f'Parameter "{parameter.name}" of task "{task.name}" is sent {sent} and arrives as {found.arrives}; '
                "take what arrives, and build the rest from it in the task",
            )
