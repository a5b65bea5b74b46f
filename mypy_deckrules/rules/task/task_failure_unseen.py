"""Nobody sees the last failure of a task that retries.

## What it does
Reports a task that retries (`autoretry_for`, or a call of its `retry`) and whose last failure leaves no trace that a
user or an operator would see: no `on_failure` on its class, a base, or the decorator; no handler of
`MaxRetriesExceededError`; no `task_failure` receiver in its module or in one that it imports; no status that an
`except` writes to a row.

## Why is this bad?
After the last retry Celery logs the exception and forgets the task. The customer waits for an e-mail that will not
come, and the order says "pending" for ever.

## Example
```python
import requests
from celery import shared_task

@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True)
def push(order_id: int) -> None:
    requests.post(f"https://example.org/{order_id}", timeout=30)
```

## Use instead
```python
import requests
from celery import shared_task
from celery.signals import task_failure

@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True)
def push(order_id: int) -> None:
    requests.post(f"https://example.org/{order_id}", timeout=30)

@task_failure.connect(sender=push)
def tell(task_id: str, **kwargs: object) -> None:
    print("failed for good:", task_id)
```

## Limits
A handler of `MaxRetriesExceededError` counts wherever it stands, though Celery raises that error only from a bare
`self.retry()`: under `autoretry_for`, and after `self.retry(exc=...)`, the last failure is the original exception.
A receiver in a module that the task's module does not import cannot be seen.

## Options
`app_failure_handler`: say that a receiver somewhere tells of every final failure.

## References
- Celery, "Handlers": https://docs.celeryq.dev/en/stable/userguide/tasks.html#handlers
- Celery, "task_failure": https://docs.celeryq.dev/en/stable/userguide/signals.html#task-failure
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.nodes import FuncDef

from mypy_deckrules.facts.code.tree import walk_body, walk_scope
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.bases import collects_requests
from mypy_deckrules.facts.tasks.definitions import TaskDefinition
from mypy_deckrules.facts.tasks.failure import handles_failures, retries_itself
from mypy_deckrules.facts.tasks.options import TaskOptions, classes_in, options_of

LAST_RETRY: Final = "celery.exceptions.MaxRetriesExceededError"


def check_task(definition: TaskDefinition) -> Iterator[Finding]:
    task = options_of(definition)
    if task.options.app_failure_handler or task.is_opaque or collects_requests(task.base):
        return
    if task.retries_forever or not (task.retries_automatically or retries_itself(task.api, task.function)):
        return
    if _handles(task) or handles_failures(task.api):
        return
    # Celery does not let the body of a task that it retries by itself see the last failure.
    way_out = "" if task.retries_automatically else "catch MaxRetriesExceededError of self.retry(), "
    yield Finding(
        task.node,
        f'Task "{task.name}" retries, and nobody sees its last failure; {way_out}define on_failure on its class, '
        "or connect a receiver of task_failure",
    )


def _handles(task: TaskOptions) -> bool:
    if task.defines("on_failure"):
        return True
    return any(_catches_last_retry(node) or _writes_status(node) for node in _tries(task.function))


def _tries(function: FuncDef) -> Iterator[nodes.TryStmt]:
    yield from (node for node in walk_body(function) if isinstance(node, nodes.TryStmt))


def _catches_last_retry(statement: nodes.TryStmt) -> bool:
    for expr in statement.types:
        caught = {info.fullname for info in classes_in(expr)} if expr is not None else set()
        named = expr.name if isinstance(expr, nodes.MemberExpr) else ""  # self.MaxRetriesExceededError
        if LAST_RETRY in caught or named == "MaxRetriesExceededError":
            return True
    return False


def _writes_status(statement: nodes.TryStmt) -> bool:
    """Whether a handler saves or updates a row."""
    for handler in statement.handlers:
        for node in walk_scope(handler):
            match node:
                case nodes.CallExpr(
                    callee=nodes.MemberExpr(name="save" | "asave" | "update" | "aupdate" | "create" | "acreate")
                ):
                    return True
                case _:
                    pass
    return False
