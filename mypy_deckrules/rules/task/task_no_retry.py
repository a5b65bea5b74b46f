"""A task makes an HTTP call and does not retry when it fails.

## What it does
Reports a task whose body calls requests, httpx or `urllib.request.urlopen`, when nothing is done about a failure: no
`autoretry_for` that covers the library's base error, no call of the task's `retry`, no `try` or `suppress` around the
call that catches it.

## Why is this bad?
Networks fail, and most failures pass by themselves. Without a retry the first one is the last: the message is
acknowledged, the work is lost.

## Example
```python
import requests
from celery import shared_task

@shared_task
def push(order_id: int) -> None:
    requests.post(f"https://example.org/{order_id}", timeout=30)
```

## Use instead
```python
import requests
from celery import shared_task

@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True)
def push(order_id: int) -> None:
    requests.post(f"https://example.org/{order_id}", timeout=30)
```

## Limits
A call in a helper of the task is not followed. Errors that cover only a part of the library's, `requests.Timeout`, do
not count.

## References
- Celery, "Automatic retry for known exceptions":
  https://docs.celeryq.dev/en/stable/userguide/tasks.html#automatic-retry-for-known-exceptions
- requests, "Errors and Exceptions": https://requests.readthedocs.io/en/latest/user/quickstart/#errors-and-exceptions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Expression, TypeInfo

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.bases import collects_requests
from mypy_deckrules.facts.tasks.failure import retries_itself
from mypy_deckrules.facts.tasks.options import TaskOptions, classes_in, enclosing_task
from mypy_deckrules.names import HTTP_FUNCTIONS, HTTP_METHODS

BASE_ERRORS: Final = {
    "requests": ("requests.RequestException", "requests.exceptions.RequestException"),
    "httpx": ("httpx.HTTPError", "httpx._exceptions.HTTPError"),
    "urllib": ("OSError", "builtins.OSError"),
}
"""For each library the name of its base error, as users write it and in full."""

FUNCTIONS: Final = HTTP_FUNCTIONS
METHODS: Final = HTTP_METHODS


def check_call(call: Call) -> Iterator[Finding]:
    task = enclosing_task(call.api, call.options)
    definer = call.defined_in()
    library = (definer.fullname if definer is not None else call.fullname).partition(".")[0]
    if task is None or task.is_opaque or collects_requests(task.base) or library not in BASE_ERRORS:
        return
    shown, fullname = BASE_ERRORS[library]
    if retries_itself(task.api, task.function) or _retries_on(task, fullname) or _is_caught(call, task, fullname):
        return
    yield Finding(
        task.node,
        f'Task "{task.name}" calls {library} and is lost when that fails; '
        f"add autoretry_for=({shown},) with retry_backoff=True, or call self.retry",
    )


def _retries_on(task: TaskOptions, error: str) -> bool:
    if not task.retries_automatically:
        return False
    if _covers(task.exceptions("dont_autoretry_for"), error, task.api):
        return False
    named = task.exceptions("autoretry_for")
    return not named or _covers(named, error, task.api)


def _is_caught(call: Call, task: TaskOptions, error: str) -> bool:
    """Whether the call, or all calls of the inner function that makes it, stand where the error is caught."""
    position = position_of(call.api, call.node)
    if position is None or _is_guarded(position, error):
        return position is not None
    inner = position.function
    if not isinstance(inner, nodes.FuncDef) or inner is task.function:
        return False
    uses = (node for node in walk(task.function.body) if isinstance(node, nodes.NameExpr) and node.node is inner)
    places = [position_of(call.api, use) for use in uses]
    return bool(places) and all(place is not None and _is_guarded(place, error) for place in places)


def _is_guarded(position: Position, error: str) -> bool:
    """Whether a node stands in the body of a ``try``, or of a ``with suppress(...)``, that catches the error."""
    for holder, held in position.within_function():
        if isinstance(holder, nodes.TryStmt) and held is holder.body:
            caught = [classes_in(expr) if expr is not None else None for expr in holder.types]
        elif isinstance(holder, nodes.WithStmt) and held is holder.body:
            caught = [_suppressed(expr) for expr in holder.expr]
        else:
            continue
        if any(infos is None or _covers(infos, error, position.api) for infos in caught):
            return True
    return False


def _suppressed(manager: Expression) -> list[TypeInfo]:
    match manager:
        case nodes.CallExpr(callee=nodes.RefExpr(fullname="contextlib.suppress"), args=named):
            return [info for expr in named for info in classes_in(expr)]
        case _:
            return []


def _covers(infos: Sequence[TypeInfo], error: str, api: TypeChecker) -> bool:
    """Whether one of the exception classes is the library's base error, or a base of that."""
    module, _, name = error.rpartition(".")
    symbol = api.modules[module].names.get(name) if module in api.modules else None
    bases = symbol.node.mro if symbol is not None and isinstance(symbol.node, TypeInfo) else []
    return any(info.fullname == error or info in bases for info in infos)
