"""A task's automatic retries come without backoff, jitter or end.

## What it does
Reports a task with `autoretry_for` and no `retry_backoff`; `retry_jitter=False`; a `retry_backoff` that starts at or
above `retry_backoff_max` (600 seconds by default); `max_retries=None`; and `autoretry_for` that holds `Exception` or
`BaseException`. What the task does not say, its class may: the attributes of `base=` are read.

## Why is this bad?
Without backoff Celery waits `default_retry_delay`, 180 seconds, before every retry: all the tasks that failed
together come back together, again and again, on a service that is struggling. Without jitter they stay in step.
Without a last retry they never stop. And `Exception` retries what no retry can mend: a typo, a row that is gone.

## Example
```python
import requests
from celery import shared_task

@shared_task(autoretry_for=(requests.RequestException,))
def push(order_id: int) -> None:
    requests.post(f"https://example.org/{order_id}", timeout=30)
```

## Use instead
```python
import requests
from celery import shared_task

@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True, retry_backoff_max=600, max_retries=5)
def push(order_id: int) -> None:
    requests.post(f"https://example.org/{order_id}", timeout=30)
```

## Limits
Of a base class in another module the values are known that are literals; of a mixin there that is no task, only types.

## References
- Celery, "Automatic retry for known exceptions":
  https://docs.celeryq.dev/en/stable/userguide/tasks.html#automatic-retry-for-known-exceptions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.settings import Setting
from mypy_deckrules.facts.tasks.bases import collects_requests
from mypy_deckrules.facts.tasks.definitions import TaskDefinition
from mypy_deckrules.facts.tasks.options import TaskOptions, options_of

BACKOFF_MAX: Final = 600
"""Celery's default for ``retry_backoff_max``, in seconds (``celery/app/autoretry.py``)."""

EVERYTHING: Final = ("builtins.Exception", "builtins.BaseException")


def check_task(definition: TaskDefinition) -> Iterator[Finding]:
    task = options_of(definition)
    problems = [] if task.is_opaque or collects_requests(task.base) else list(_problems(task))
    if problems:
        yield Finding(task.node, f'Task "{task.name}" {", and ".join(problems)}')


def _problems(task: TaskOptions) -> Iterator[str]:
    if task.retries_automatically:
        if not task.is_set("retry_backoff"):
            yield (
                "retries after default_retry_delay each time, all failed tasks at once; "
                "set retry_backoff=True (and retry_backoff_max)"
            )
        for info in task.exceptions("autoretry_for"):
            if info.fullname in EVERYTHING:
                yield f'retries on every "{info.name}", which no retry may mend; name those that pass by themselves'
    backoff, most = _number(task.get("retry_backoff")), _number(task.get("retry_backoff_max"))
    limit = BACKOFF_MAX if most is None and task.get("retry_backoff_max") is None else most
    if backoff is not None and limit is not None and backoff >= limit:
        yield f"waits retry_backoff_max={limit} each time, as retry_backoff={backoff} starts there; start lower"
    jitter = task.get("retry_jitter")
    if jitter is not None and jitter.is_known and jitter.value is False:
        yield "sets retry_jitter=False, so tasks that failed together come back together; leave the jitter on"
    if task.retries_forever:
        yield "retries forever with max_retries=None; set a number"


def _number(setting: Setting | None) -> float | None:
    value = setting.value if setting is not None else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
