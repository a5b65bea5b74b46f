"""A value that the serializer cannot carry is sent to a task.

## What it does
Reports a value whose type the task's serializer cannot encode. For JSON, Celery's default, that is a `set`, a
`timedelta`, a dataclass, a `Path`, an instance of any class that knows nothing of JSON, or a collection of such; fine
are `datetime`, `Decimal` and `UUID`, as Kombu's own encoder knows them. The values inside a literal `args=(...)` and
`kwargs={...}` are judged one by one. Models and query sets are `task-model-arg`'s.

## Why is this bad?
The call raises `kombu.exceptions.EncodeError`; with `delay_on_commit`, or in a later step of a chain, it does so far
from the line that is wrong.

## Example
```python
from datetime import timedelta
from celery import shared_task

@shared_task
def remind(order_id: int, after: timedelta | float) -> None: ...

remind.delay(17, timedelta(hours=2))
```

## Use instead
```python
from celery import shared_task

@shared_task
def remind(order_id: int, after_seconds: float) -> None: ...

remind.delay(17, 7200.0)
```

## Limits
`Any`, `object` and abstract collections (`Sequence`, `Mapping`) are left. A task with `pydantic=True` may be sent the
very model that its parameter is annotated with where the installed Celery is 5.7 or later, though not with `send_task`,
in a callback or in a later step of a chain; before 5.7, send its `model_dump()`.

## Options
`task_serializer`: the serializer of tasks that name none. `json_types`: full names of the classes that the project
has registered with `kombu.utils.json.register_type`.

## References
- Celery, "Calling Tasks", "Serializers": https://docs.celeryq.dev/en/stable/userguide/calling.html#serializers
- Celery, "Tasks", "Argument validation with Pydantic":
  https://docs.celeryq.dev/en/stable/userguide/tasks.html#argument-validation-with-pydantic
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.messages import format_type
from mypy.subtypes import is_same_type

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.dispatches import flow
from mypy_deckrules.facts.dispatches.dispatch import Dispatch
from mypy_deckrules.facts.dispatches.serialization import Misfit
from mypy_deckrules.facts.dispatches.transport import refused
from mypy_deckrules.facts.dispatches.values import SentArgument
from mypy_deckrules.facts.findings import Finding

FUNCTIONS: Final = flow.FUNCTIONS
METHODS: Final = flow.METHODS


def check_dispatch(dispatch: Dispatch) -> Iterator[Finding]:
    for value, misfit in dispatch.refusals():
        yield _finding(dispatch.call, dispatch.task, value, misfit)


def check_call(call: Call) -> Iterator[Finding]:
    for step in flow.carried(call):
        contract = step.contract
        for value in filter(contract.dumps, step.held):
            misfit = refused(call.api, call.options, value.type, contract.name, contract.owner)
            if misfit is not None:
                yield _finding(call, contract.name, value, misfit)


def _finding(call: Call, name: str | None, value: SentArgument, misfit: Misfit) -> Finding:
    task = f'Task "{name}"' if name is not None else "A task"
    sent, part = (format_type(typ, call.api.options) for typ in (value.type, misfit.type))
    where = f' for parameter "{value.parameter}"' if value.parameter is not None else ""
    which = "which" if is_same_type(misfit.type, value.type) else f"in which {part}"
    return Finding(value.expr, f"{task} is sent {sent}{where}, {which} {misfit.why}; send {misfit.fix}")
