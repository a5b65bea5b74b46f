"""A task waits for the result of another.

## What it does
Reports `get`, `join`, `join_native`, `collect` and `wait` of an `AsyncResult`, a `ResultSet`, a `GroupResult` or an
`EagerResult` in the body of a task.

## Why is this bad?
The worker process that waits can do nothing else. Once all of a worker's processes wait for tasks that are still in
the queue behind them, nothing ever runs again. Celery therefore raises
`RuntimeError: Never call result.get() within a task!`.

## Example
```python
from celery import shared_task

@shared_task
def price(order_id: int) -> int: ...

@shared_task
def invoice(order_id: int) -> None:
    total = price.delay(order_id).get()
```

## Use instead
```python
from celery import shared_task

@shared_task
def price(order_id: int) -> int: ...

@shared_task
def write_invoice(total: int, order_id: int) -> None: ...

def invoice(order_id: int) -> None:
    (price.s(order_id) | write_invoice.s(order_id)).delay()
```

## Limits
Left are calls inside `with allow_join_result()`, or inside a context manager or decorator of the checked code that
calls it, and those that pass `disable_sync_subtasks`. A function that a task calls is not looked into.

## References
- Celery, "Tasks", "Avoid launching synchronous subtasks":
  https://docs.celeryq.dev/en/stable/userguide/tasks.html#avoid-launching-synchronous-subtasks
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.nodes import NameExpr

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import position_of
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.options import enclosing_task
from mypy_deckrules.facts.tasks.waiting import may_wait

METHODS: Final = {
    "get": frozenset({names.ASYNC_RESULT, names.RESULT_SET}),
    "wait": frozenset({names.ASYNC_RESULT}),
    "collect": frozenset({names.ASYNC_RESULT}),
    "join": frozenset({names.RESULT_SET}),
    "join_native": frozenset({names.RESULT_SET}),
}


def check_call(call: Call) -> Iterator[Finding]:
    definer = call.defined_in()
    if definer is None or not definer.fullname.startswith("celery.") or _is_allowed(call):
        return
    task = enclosing_task(call.api, call.options)
    if task is not None:
        yield Finding(
            call.node,
            f'Task "{task.name}" waits for a result with "{call.name}", which Celery refuses inside a task; '
            "hand the result on with a chain, a chord or a callback",
        )


def _is_allowed(call: Call) -> bool:
    switch = call.argument("disable_sync_subtasks")
    if switch is not None:
        return not (isinstance(switch.expr, NameExpr) and switch.expr.fullname == "builtins.True")
    place = position_of(call.api, call.node)
    return any(argument.is_opaque for argument in call.arguments) or (place is not None and may_wait(place))
