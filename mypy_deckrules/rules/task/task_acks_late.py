"""A task that is acknowledged late is not idempotent.

## What it does
Reports a task with `acks_late=True` whose body does what a second run would repeat: creates rows, changes a field by
what it holds (`order.total += 1`, an `F()` update), sends mail, posts over HTTP, sends another task. It is left alone
when that stands behind a test that a second run would fail: the `created` of `get_or_create` or `update_or_create`, a
look-up that has found nothing (`if not ...exists()`, `except DoesNotExist`), the state of a row locked with
`select_for_update`, or the number of rows that an `update` has changed. So is a row that the database refuses to hold
twice (`except IntegrityError`, `ignore_conflicts`).

## Why is this bad?
With `acks_late` the message is acknowledged after the task has run. When the worker is killed in between, another
runs the same task again, from its start: the customer pays twice.

## Example
```python
from celery import shared_task
from django.core.mail import send_mail

@shared_task(acks_late=True)
def confirm(address: str) -> None:
    send_mail("Confirmed", "Thank you.", None, [address])
```

## Use instead
```python
from celery import shared_task
from django.core.mail import send_mail
from django.db import transaction
from shop.models import Order

@shared_task(acks_late=True)
def confirm(order_id: int) -> None:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.status != "confirmed":
            order.status = "confirmed"
            order.save(update_fields=["status"])
            send_mail("Confirmed", "Thank you.", None, [order.customer.email])
```

## Limits
What a helper of the task does is not followed.

## References
- Celery, "acks_late": https://docs.celeryq.dev/en/stable/userguide/tasks.html#Task.acks_late
- Celery, "Should I use retry or acks_late?": https://docs.celeryq.dev/en/stable/faq.html#faq-acks-late-vs-retry
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncDef, MemberExpr, Statement, StrExpr

from mypy_deckrules import names
from mypy_deckrules.facts import acts
from mypy_deckrules.facts.acts import Act, act_of
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.tree import walk, walk_body
from mypy_deckrules.facts.database.computed import computed_before
from mypy_deckrules.facts.database.on_commit import hands_over_task
from mypy_deckrules.facts.database.rows import path_of, saves
from mypy_deckrules.facts.database.writes import is_write
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.idempotence import stands_behind_a_test
from mypy_deckrules.facts.queries.origins import Origin, origins
from mypy_deckrules.facts.tasks.options import enclosing_task

FUNCTIONS: Final = frozenset({*acts.FUNCTIONS, names.ON_COMMIT})
METHODS: Final = {
    **{name: frozenset(classes) for name, classes in acts.METHODS.items()},
    **{name: frozenset({names.MODEL}) for name in ("save", "asave")},
    **{name: frozenset({names.QUERY_SET, names.BASE_MANAGER}) for name in ("update", "aupdate")},
}
TOLERANT: Final = frozenset({"ignore_conflicts", "update_conflicts"})
"""Arguments of ``bulk_create`` with which rows that are there are no error, and not made again."""


def check_call(call: Call) -> Iterator[Finding]:
    task = enclosing_task(call.api, call.options)
    if task is None or not task.is_set("acks_late"):
        return
    for node in walk(task.function.body):
        if not isinstance(node, CallExpr):
            continue
        act = _repeated(call.api, node, task.function)
        if act is not None and not stands_behind_a_test(call.api, node, task.function):
            if node is call.node:
                yield Finding(
                    task.node,
                    f'Task "{task.name}" has acks_late=True and {act} on line {node.line}, again when it runs again; '
                    "test first what has been done (get_or_create, a row locked with select_for_update)",
                )
            return


# --- what a second run would repeat


def _repeated(api: TypeChecker, call: CallExpr, function: FuncDef) -> str | None:
    """What a call of the body does that a second run would repeat."""
    act = act_of(api, call)
    if act is not None:
        is_harmless = (act is Act.HTTP and not _posts(call)) or not TOLERANT.isdisjoint(filter(None, call.arg_names))
        return None if is_harmless else act.value
    if isinstance(call.callee, nodes.RefExpr) and call.callee.fullname == names.ON_COMMIT:
        return Act.TASK.value if hands_over_task(api, call) else None
    if not isinstance(call.callee, MemberExpr) or not is_write(api, call):
        return None
    if call.callee.name in ("update", "aupdate"):
        return "adds to a field" if any(map(_adds, call.arg_names, call.args)) else None
    if call.callee.name in ("save", "asave"):
        if _is_new(api, function, call.callee.expr):
            return Act.ROW.value
        return "adds to a field" if _saves_sum(api, call, call.callee.expr, function) else None
    return None


def _posts(call: CallExpr) -> bool:
    """Whether an HTTP call is ``post(...)`` or ``request("POST", ...)``."""
    verb = call.args[0] if call.args else None
    named = getattr(call.callee, "name", "")
    return named == "post" or (named == "request" and isinstance(verb, StrExpr) and verb.value.upper() == "POST")


def _adds(field: str | None, value: Expression) -> bool:
    """Whether an update computes a field from itself: ``total=F("total") + 1``."""
    return any(
        isinstance(node, CallExpr)
        and isinstance(node.callee, nodes.RefExpr)
        and node.callee.fullname == names.F
        and not (field is not None and node.args and isinstance(node.args[0], StrExpr) and node.args[0].value != field)
        for node in walk(value)
    )


def _is_new(api: TypeChecker, function: FuncDef, row: Expression) -> bool:
    """Whether a row was built by the function, without a primary key that a second run would find again."""
    built = bound_value(api, row)
    has_key = isinstance(built, CallExpr) and not {"pk", "id"}.isdisjoint(filter(None, built.arg_names))
    return not has_key and origins(api, function, row) == {Origin.BUILT}


def _saves_sum(api: TypeChecker, save: CallExpr, row: Expression, function: FuncDef) -> bool:
    """Whether a save writes a field that the function has computed from itself: ``order.total += 1``."""
    if any(
        known.row == path_of(row) and saves(save, known.target.name) and _is_sum(known.statement)
        for known in computed_before(api, function, save)
    ):
        return True
    return any(
        isinstance(target, MemberExpr)
        and path_of(target.expr) == path_of(row)
        and saves(save, target.name)
        and _adds(target.name, node.rvalue)
        for node in walk_body(function)
        if isinstance(node, nodes.AssignmentStmt) and node.line <= save.line
        for target in node.lvalues
    )


def _is_sum(statement: Statement) -> bool:
    """Whether an assignment adds, or the like; ``row.name = row.name.strip()`` can be done twice."""
    is_sum = isinstance(statement, nodes.AssignmentStmt) and isinstance(statement.rvalue, nodes.OpExpr)
    return is_sum or isinstance(statement, nodes.OperatorAssignmentStmt)
