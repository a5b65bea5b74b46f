"""A task has no time limit.

## What it does
Reports tasks that have neither `time_limit` nor `soft_time_limit`: not on the decorator, not on the task's class or a
base of it, not for the whole app (`task_time_limit` and `task_soft_time_limit` on `app.conf`, or in the Django
settings module). Reports too a soft limit that is not below the hard one; one of the two may be the app's.

## Why is this bad?
Celery has no time limit by default. A task that hangs keeps its worker process until somebody notices that the queue
does not move. A soft limit raises `SoftTimeLimitExceeded` in the task, so that it can clean up; when it is not below
the hard limit, the process is killed first.

## Example
```python
from celery import shared_task

@shared_task
def export(day: str) -> None: ...
```

## Use instead
```python
from celery import shared_task

@shared_task(soft_time_limit=270, time_limit=300)
def export(day: str) -> None: ...
```

## Limits
A decorator that is given `**options` is left alone, and so are all tasks of an app with `task_annotations`. Settings
that are no literals count as set. For a task of `celery_batches` only the app's limit counts: its batches are run
without the task's own.

## Options
`app_time_limit`: say that the app has a limit where the plugin cannot see it.

## References
- Celery, "Time limits": https://docs.celeryq.dev/en/stable/userguide/workers.html#time-limits
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.bases import collects_requests
from mypy_deckrules.facts.tasks.definitions import TaskDefinition
from mypy_deckrules.facts.tasks.options import TaskOptions, options_of

LIMITS: Final = ("time_limit", "soft_time_limit")


def check_task(definition: TaskDefinition) -> Iterator[Finding]:
    task = options_of(definition)
    if task.is_opaque:
        return
    is_batch = collects_requests(task.base)
    if is_batch or not any(task.is_set(name) for name in LIMITS):
        if not _app_has_limit(task):
            own = "" if is_batch else "soft_time_limit and time_limit on it, or "
            why = ", as celery_batches does not apply its own" if is_batch else ""
            yield Finding(
                task.node,
                f'Task "{task.name}" has no time limit and can run forever; set {own}task_time_limit for the app{why}',
            )
        return
    hard, soft = (_limit(task, name) for name in LIMITS)
    if isinstance(hard, int | float) and isinstance(soft, int | float) and soft >= hard:
        yield Finding(
            task.node,
            f'Task "{task.name}" is killed at time_limit={hard} before soft_time_limit={soft} can stop it; '
            "set the soft limit below the hard one",
        )


def _limit(task: TaskOptions, name: str) -> object:
    """The limit that holds for a task: its own, else the app's; None where there is none or it is not known."""
    setting = task.get(name) if task.is_set(name) else task.app(f"task_{name}")
    return setting.value if setting is not None else None


def _app_has_limit(task: TaskOptions) -> bool:
    if task.options.app_time_limit is not None:
        return task.options.app_time_limit
    settings = [task.app(f"task_{name}") for name in LIMITS]
    return (
        any(setting is not None and setting.is_set for setting in settings) or task.app("task_annotations") is not None
    )
