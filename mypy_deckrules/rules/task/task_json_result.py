"""A task returns what its serializer cannot carry.

## What it does
Reports a Celery task whose declared return type cannot be encoded as JSON, with which result backends
store it: a model, a `set`, a `timedelta`, a dataclass, any class that knows nothing of JSON, or a collection of such.

## Why is this bad?
The task does its work, and then fails when the worker stores the result: `EncodeError`. It counts as failed, is not
retried, and what waits for it in a chain never runs.

## Example
```python
from celery import shared_task

@shared_task
def tags(order_id: int) -> set[str]:
    return {"new"}
```

## Use instead
```python
from celery import shared_task

@shared_task
def tags(order_id: int) -> list[str]:
    return ["new"]
```

## Limits
Left alone are tasks with `ignore_result=True`, of their own, of their class or for the whole app, and tasks without
a return annotation. Fine are the results of other tasks (`AsyncResult`), which Celery stores by their ids, and with
`pydantic=True` one pydantic model. Of a coroutine function, what it returns when it is awaited is judged.

## Options
`app_ignore_result`: the app ignores results. `task_serializer`: taken for the serializer of results too.
`json_types`: full names of the classes that the project has registered with `kombu.utils.json.register_type`.

## References
- Celery, "Configuration and defaults", `result_serializer`:
  https://docs.celeryq.dev/en/stable/userguide/configuration.html#result-serializer
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type
from mypy.nodes import Context, FuncDef
from mypy.subtypes import is_same_type
from mypy.types import CallableType, Instance, Type, get_proper_type
from mypy.types_utils import remove_optional

from mypy_deckrules import names
from mypy_deckrules.facts.database.types import is_query_set, model_in
from mypy_deckrules.facts.dispatches.pydantic_models import is_dumped_result
from mypy_deckrules.facts.dispatches.serialization import Misfit, misfit
from mypy_deckrules.facts.dispatches.transport import result_serializer
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.bases import collects_requests
from mypy_deckrules.facts.tasks.definitions import TaskDefinition
from mypy_deckrules.facts.tasks.options import TaskOptions, options_of


def check_task(definition: TaskDefinition) -> Iterator[Finding]:
    task, returns = options_of(definition), definition.returns
    if returns is None or _is_ignored(task) or is_dumped_result(definition) or _is_result(returns):
        return
    serializer = result_serializer(task.api, task.options)
    row = model_in(returns)
    if serializer is None or (row is not None and serializer.name != "json"):
        return
    wrong = misfit(returns, serializer)
    if row is not None:
        is_one = get_proper_type(remove_optional(returns)) == row and not is_query_set(row)
        wrong = Misfit(row, "cannot be encoded as JSON", "its primary key" if is_one else "primary keys")
    if wrong is not None:
        returned, part = (format_type(typ, task.api.options) for typ in (returns, wrong.type))
        which = "which" if is_same_type(wrong.type, returns) else f"in which {part}"
        yield Finding(
            _written(definition.function, returns),
            f'Task "{task.name}" returns {returned}, {which} {wrong.why}; '
            f"return {wrong.fix}, or set ignore_result=True if nobody reads it",
        )


def _written(function: FuncDef, returns: Type) -> Context:
    """The return annotation as it was parsed: ``Order | None`` loses its column when it is analysed."""
    if returns.line < 0:
        return function
    parsed = function.unanalyzed_type
    return parsed.ret_type if isinstance(parsed, CallableType) else returns


def _is_result(returns: Type) -> bool:
    """Whether it is another task's result, which Celery stores by its id (``Backend.prepare_value``)."""
    proper = get_proper_type(returns)
    return isinstance(proper, Instance) and proper.type.has_base(names.RESULT_BASE)


def _is_ignored(task: TaskOptions) -> bool:
    if collects_requests(task.base):
        return True
    own = task.get("ignore_result")
    if own is not None or task.is_opaque:
        return own is None or own.value is not False
    if task.options.app_ignore_result is not None:
        return task.options.app_ignore_result
    app = task.app("task_ignore_result")
    return app is not None and app.value is not False
