"""A task is sent before the transaction is committed.

## What it does
Reports a call that sends a task at once (`delay`, `apply_async`, `send_task`, a called or sent canvas)

- inside `transaction.atomic`, as a context manager or as a decorator of the function, the method or the class, also
  behind a `@contextmanager` of the project that yields inside it;
- in a receiver of `pre_save`, `post_save`, `pre_delete`, `post_delete` or `m2m_changed`;
- in an overridden `save` or `delete` of a model;
- as the argument of `on_commit`, where it is called at once: `on_commit(ship.delay(pk))`.

A call of a function or method of the project that does so is reported inside `transaction.atomic` as well. So is a
function that is handed to `on_commit` there, in a loop whose variable it reads: all of them will see the last one.

## Why is this bad?
The worker may take the task before the transaction is committed, and does not find the row, or finds its old state. If
the transaction is rolled back, the task runs for something that never happened.

## Example
```python
from celery import shared_task
from django.db import transaction
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

@transaction.atomic
def confirm(order: Order) -> None:
    order.status = "confirmed"
    order.save()
    ship.delay(order.pk)
```

## Use instead
```python
from celery import shared_task
from django.db import transaction
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

@transaction.atomic
def confirm(order: Order) -> None:
    order.status = "confirmed"
    order.save()
    ship.delay_on_commit(order.pk)
```

Where a task has no `delay_on_commit`, `transaction.on_commit(partial(ship.delay, order.pk))` does the same. Neither
returns a result; where its id is stored, choose it: `ship.apply_async_on_commit((order.pk,), task_id=str(uuid4()))`.

## Limits
A function or lambda that is only defined inside is not reported, nor is a task whose class overrides `apply_async` to
wait for the commit. Of functions that are called, those are followed that send a task themselves, one step, and that do
not look after the commit; a call whose arguments switch the sending off (`confirm(order, notify=False)`) is left.
Functions under a decorator of the project that calls `on_commit` are left too: it has them run after the commit.
`ATOMIC_REQUESTS` and the admin's own transactions are not counted as atomic here.

## References
- Celery, "Using Celery with Django", "Trigger tasks at the end of the database transaction":
  https://docs.celeryq.dev/en/stable/django/first-steps-with-django.html#trigger-tasks-at-the-end-of-the-database-transaction
- Django, "Performing actions after commit":
  https://docs.djangoproject.com/en/5.2/topics/db/transactions/#performing-actions-after-commit
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mypy.nodes import CallExpr, Decorator, ExpressionStmt, FuncDef, FuncItem, LambdaExpr, MemberExpr, NameExpr
from mypy.types import Instance, ProperType, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.atomic import transaction_around
from mypy_deckrules.facts.database.conditions import conditions
from mypy_deckrules.facts.database.on_commit import is_evaluated_for_on_commit, late_variable
from mypy_deckrules.facts.database.receivers import overrides_write, received_signal
from mypy_deckrules.facts.dispatches.dispatch import Dispatch
from mypy_deckrules.facts.dispatches.senders import SenderCall, waits_for_commit
from mypy_deckrules.facts.findings import Finding

FUNCTIONS: Final = frozenset({names.ON_COMMIT})
METHODS: Final = {"on_commit": frozenset({names.DATABASE_WRAPPER})}


def check_dispatch(dispatch: Dispatch) -> Iterator[Finding]:
    call = dispatch.call
    position = position_of(call.api, call.node) if dispatch.sends_now else None
    if position is None or _waits(dispatch):
        return
    task = f'Task "{dispatch.task}"' if dispatch.task else "A task"
    if is_evaluated_for_on_commit(position):
        fix = _fix(dispatch, using=None)
        yield Finding(call.node, f'{task} is sent at once, and "on_commit" is given the result; write "{fix}" instead')
        return
    where = _where(position)
    if where is not None and not _asks_for_transaction(position):
        fix = _fix(dispatch, where.using)
        message = f'{task} is sent {where.words}, before the commit; use "{fix}"'
        if not isinstance(position.path[-2], ExpressionStmt):
            message += ", which returns no result: for its id, send it with a task_id of your own"
        yield Finding(call.node, message)


def check_sender_call(sender: SenderCall) -> Iterator[Finding]:
    position = position_of(sender.call.api, sender.call.node)
    where = _where(position) if position is not None else None
    if position is not None and where is not None and not _asks_for_transaction(position):
        task = f'task "{sender.task}"' if sender.task else "a task"
        can_wait = isinstance(position.path[-2], ExpressionStmt) and not sender.writes
        fix = f'use "{_on_commit(sender.call, where.using)}"' if can_wait else 'send it there with "on_commit"'
        yield Finding(
            sender.call.node,
            f'"{sender.function}" sends {task} (in line {sender.line}) and is called {where.words}, '
            f"before the commit; {fix}",
        )


def check_call(call: Call) -> Iterator[Finding]:
    """Judge the function that a call of ``on_commit`` is given in a loop."""
    position = position_of(call.api, call.node)
    function = _function_given_to(call)
    late = late_variable(position, function) if position is not None and function is not None else None
    if late is None:
        return
    variable, loop = late
    around = position_of(call.api, loop)
    if function is not None and around is not None and transaction_around(around) is not None:
        yield Finding(
            function,
            f'"on_commit" runs this function after the loop, when "{variable}" is the last one; '
            "hand over a partial(...), which keeps the value of this turn",
        )


# --- where a call stands


@dataclass(frozen=True, slots=True)
class _Where:
    """In what a call runs before the commit: words for the message, and the database if it is not the default one."""

    words: str
    using: str | None = None


def _where(position: Position) -> _Where | None:
    transaction = transaction_around(position)
    if transaction is not None:
        return _Where("inside a transaction", transaction.using)
    place = position.of_function()
    if place is None:
        return None
    signal = received_signal(place)
    if signal is not None:
        return _Where(f'in a receiver of "{signal}"')
    owner = place.owner()
    if owner is not None and isinstance(place.node, FuncDef) and overrides_write(place):
        return _Where(f'in "{owner.name}.{place.node.name}"')
    return None


def _asks_for_transaction(position: Position) -> bool:
    """Whether a condition on the way asks if there is a transaction: ``if not connection.in_atomic_block``."""
    tests = [condition.test for condition in conditions(position)]
    return any(isinstance(node, MemberExpr) and node.name == "in_atomic_block" for test in tests for node in walk(test))


def _waits(dispatch: Dispatch) -> bool:
    """Whether the task's class overrides the method to wait for the commit; signatures send through the task's too."""
    api, receiver = dispatch.call.api, dispatch.call.receiver
    if isinstance(receiver, Instance) and receiver.type.has_base(names.TASK):
        return waits_for_commit(api, receiver.type, dispatch.method)
    owners = [taker.contract.owner for taker in dispatch.takers] if dispatch.method != "send_task" else []
    return bool(owners) and all(owner is not None and waits_for_commit(api, owner, "apply_async") for owner in owners)


def _function_given_to(call: Call) -> FuncItem | None:
    """The function or lambda that is handed over, where it stands in this module."""
    if isinstance(call.node, Decorator):
        return call.node.func
    argument = call.argument("func")
    match argument.expr if argument is not None else None:
        case LambdaExpr() as function:
            return function
        case NameExpr(node=FuncDef() as function) | NameExpr(node=Decorator(func=function)):
            return function
        case _:
            return None


# --- what to write instead


def _fix(dispatch: Dispatch, using: str | None) -> str:
    receivers = _receivers(dispatch.call)
    has_method = all(
        isinstance(receiver, Instance) and receiver.type.get(f"{dispatch.method}_on_commit") is not None
        for receiver in receivers
    )
    if has_method and using is None and isinstance(dispatch.call.node, CallExpr):
        return f"{written(dispatch.call.node.callee)}_on_commit(...)"
    return _on_commit(dispatch.call, using)


def _receivers(call: Call) -> Sequence[ProperType | None]:
    """The types that the receiver may be of; mypy asks about a call on a union once for each of its items."""
    expr = call.receiver_expr
    whole = call.type_of(expr) if expr is not None else None
    return list(map(get_proper_type, whole.items)) if isinstance(whole, UnionType) else [call.receiver]


def _on_commit(call: Call, using: str | None) -> str:
    assert isinstance(call.node, CallExpr)
    callee = written(call.node.callee)
    function = f"partial({callee}, ...)" if call.node.args else callee
    return f"transaction.on_commit({function}{f', using={using}' if using else ''})"
