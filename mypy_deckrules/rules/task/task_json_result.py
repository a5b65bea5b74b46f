"""A task returns what its serializer cannot carry.

## What it does
Reports a Celery task whose declared return type the result serializer cannot encode, JSON by default. A model or a
query set cannot be encoded either.

## Why is this bad?
The task does its work, and then fails: the backend raises `EncodeError` while it stores the result, the task is
marked as failed, and whoever waits for it gets the error.

## Example
```python
from celery import shared_task

@shared_task
def open_orders() -> set[int]:
    return {1, 2}
```

## Use instead
```python
from celery import shared_task

@shared_task
def open_orders() -> list[int]:
    return [1, 2]
```

## Limits
Left alone: tasks with `ignore_result=True`, on the task, its class, or for the whole app; a pydantic model under
`pydantic=True`, which Celery dumps; and the results of other tasks (`AsyncResult`), which Celery stores by their ids.

## Options
`app_ignore_result`: say that the app ignores results where the plugin cannot see it.

## References
- Celery, "ignore_result": https://docs.celeryq.dev/en/stable/userguide/tasks.html#ignore-results-you-don-t-want
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.messages import format_type
from mypy.types import Instance, Type, get_proper_type

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.pydantic_models import is_one_model
from mypy_deckrules.facts.serialization import misfit
from mypy_deckrules.facts.task_options import TaskOptions, options_of
from mypy_deckrules.facts.tasks import TaskDefinition
from mypy_deckrules.facts.transport import JSON, serializer_named
from mypy_deckrules.facts.types import model_in

RESULT: Final = "celery.result.ResultBase"


def check_task(definition: TaskDefinition) -> Iterator[Finding]:
    task = options_of(definition)
    returns = _awaited(definition)
    if returns is None or task.is_opaque or _is_ignored(task):
        return
    proper = get_proper_type(returns)
    if isinstance(proper, Instance) and proper.type.has_base(RESULT):
        return
    if task.is_set("pydantic") and is_one_model(returns):
        return
    shown = format_type(returns, task.api.options)
    model = model_in(returns)
    if model is not None:
        yield Finding(
            returns if returns.line > 0 else task.function,
            f'Task "{task.name}" returns {shown}, and a model cannot be stored as a result; return its primary key',
        )
        return
    found = misfit(returns, serializer_named(task.options, JSON))
    if found is not None:
        yield Finding(
            returns if returns.line > 0 else task.function,
            f'Task "{task.name}" returns {shown}, which {found.why}; return {found.fix}, or set ignore_result=True',
        )


def _awaited(task: TaskDefinition) -> Type | None:
    """The declared return type; of an ``async def``, that of the coroutine."""
    typ = get_proper_type(task.returns) if task.returns is not None else None
    if task.function.is_coroutine and isinstance(typ, Instance) and typ.type.fullname == "typing.Coroutine":
        return typ.args[2]
    return task.returns


def _is_ignored(task: TaskOptions) -> bool:
    if task.get("ignore_result") is not None:
        return task.is_set("ignore_result")
    if task.options.app_ignore_result is not None:
        return task.options.app_ignore_result
    setting = task.app("task_ignore_result")
    return setting is not None and setting.value is not False
