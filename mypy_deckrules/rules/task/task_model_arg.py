"""A model or a query set is sent to a task.

## What it does
Reports a Model instance or a query set, also inside a collection, that a call hands to a task: to `delay`,
`apply_async`, `s`, `si`, `signature`, `chunks`, `map`, `starmap`, `retry`, `send_task`, or to a signature that is sent
later. The values inside a literal `args=(...)` and `kwargs={...}` are judged one by one.

## Why is this bad?
With Celery's default serializer the call raises `kombu.exceptions.EncodeError`. With pickle it works, and the worker
gets the row as it was when the call was made: what changed since then is lost as soon as the task saves it.

## Example
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

def confirm(order: Order) -> None:
    ship.apply_async(args=(order,))
```

## Use instead
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

def confirm(order: Order) -> None:
    ship.apply_async(args=(order.pk,))
```

## References
- Celery, "Tasks", "Database transactions" and "State": https://docs.celeryq.dev/en/stable/userguide/tasks.html#state
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.messages import format_type
from mypy.nodes import MemberExpr, NameExpr
from mypy.types import Instance, UnionType, get_proper_type
from mypy.types_utils import remove_optional

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.types import is_query_set
from mypy_deckrules.facts.dispatches.dispatch import Dispatch
from mypy_deckrules.facts.dispatches.values import SentArgument
from mypy_deckrules.facts.findings import Finding


def check_dispatch(dispatch: Dispatch) -> Iterator[Finding]:
    task = f'Task "{dispatch.task}"' if dispatch.task is not None else "A task"
    for value, row in dispatch.rows():
        yield Finding(value.expr, f"{task} is sent {_what(dispatch.call, value, row)}")


def _what(call: Call, value: SentArgument, row: Instance) -> str:
    kind = "query set" if is_query_set(row) else "model"
    where = f' for parameter "{value.parameter}"' if value.parameter is not None else ""
    typ = get_proper_type(value.type)
    if isinstance(typ, UnionType):
        typ = get_proper_type(remove_optional(typ))
    if typ != row:
        holder = format_type(value.type, call.api.options)
        return f'the {kind} "{row.type.name}" in {holder}{where}; send primary keys and load the rows in the task'
    if kind == "query set":
        rows = format_type(row.copy_modified(args=row.args[:1]), call.api.options)
        return f"the query set {rows}{where}; send primary keys and load the rows in the task"
    is_named = isinstance(value.expr, NameExpr | MemberExpr) and call.type_of(value.expr) == get_proper_type(value.type)
    key = f' ("{written(value.expr)}.pk")' if is_named else ""
    return f'the model "{row.type.name}"{where}; send its primary key{key} and load the row in the task'
