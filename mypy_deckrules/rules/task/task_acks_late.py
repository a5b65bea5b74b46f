"""A task that is acknowledged late is not idempotent.

## What it does
Reports a task with `acks_late=True` whose body does what a second run would repeat: creates rows, changes a field by
what it holds (`order.total += 1`, an `F()` update), sends mail, posts over HTTP, sends another task. It is left alone
when that stands behind a test that a second run would fail: the `created` of `get_or_create` or `update_or_create`, a
look-up of what has been made already, or the state of a row locked with `select_for_update`.

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
from mypy.nodes import CallExpr, Expression, FuncDef, Node, Statement, Var

from mypy_deckrules import names
from mypy_deckrules.facts import acts
from mypy_deckrules.facts.acts import Act, act_of
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.writes import is_write
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.options import enclosing_task

FUNCTIONS: Final = frozenset(acts.FUNCTIONS)
METHODS: Final = {
    **{name: frozenset(classes) for name, classes in acts.METHODS.items()},
    **{name: frozenset({names.MODEL}) for name in ("save", "asave")},
    **{name: frozenset({names.QUERY_SET, names.BASE_MANAGER}) for name in ("update", "aupdate")},
}
F_EXPRESSION: Final = "django.db.models.expressions.F"
MAKES_ONCE: Final = frozenset({"get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"})
LOOKS_UP: Final = frozenset({"exists", "aexists", "get", "aget", "first", "afirst", "last", "alast", "count", "acount"})
LOCKS: Final = "select_for_update"


def check_call(call: Call) -> Iterator[Finding]:
    task = enclosing_task(call.api, call.options)
    if task is None or not task.is_set("acks_late"):
        return
    for node in walk(task.function.body):
        if not isinstance(node, CallExpr):
            continue
        act = _repeated(call, node, task.function)
        if act is not None and not _stands_behind_a_test(call, node, task.function):
            if node is call.node:
                yield Finding(
                    task.node,
                    f'Task "{task.name}" has acks_late=True and {act} on line {node.line}, again when it runs again; '
                    "test first what has been done (get_or_create, a row locked with select_for_update)",
                )
            return


def _repeated(call: Call, node: CallExpr, function: FuncDef) -> str | None:
    """What a call of the body does that a second run would repeat."""
    act = act_of(call.api, node)
    if act is not None:
        posts = act is not Act.HTTP or getattr(node.callee, "name", "") == "post"
        return act.value if posts else None
    if not isinstance(node.callee, nodes.MemberExpr) or not is_write(call.api, node):
        return None
    if any(isinstance(part, nodes.RefExpr) and part.fullname == F_EXPRESSION for part in walk(node)):
        return "adds to a field"
    if node.callee.name in ("save", "asave") and isinstance(node.callee.expr, nodes.NameExpr):
        row = node.callee.expr.node
        adds = any(
            isinstance(part.lvalue, nodes.MemberExpr)
            and isinstance(part.lvalue.expr, nodes.NameExpr)
            and part.lvalue.expr.node is row
            for part in walk(function.body)
            if isinstance(part, nodes.OperatorAssignmentStmt) and part.line <= node.line
        )
        return "adds to a field" if adds else None
    return None


def _stands_behind_a_test(call: Call, node: CallExpr, function: FuncDef) -> bool:
    """Whether the call runs only when a test says that it has not been done yet."""
    position = position_of(call.api, node)
    if position is None:
        return True
    known = _Known(function)
    return any(known.decides(test) for test in _tests_before(position))


def _tests_before(position: Position) -> Iterator[Node]:
    """The tests that decide whether the node is reached: of ``if``s around it, and of those before it that leave."""
    for holder, held in position.outwards():
        if isinstance(holder, nodes.IfStmt | nodes.ConditionalExpr):
            yield from holder.expr if isinstance(holder, nodes.IfStmt) else [holder.cond]
        elif isinstance(holder, nodes.TryStmt) and held in holder.handlers:
            yield holder.body
        elif isinstance(holder, nodes.Block):
            for statement in holder.body:
                if statement is held:
                    break
                if isinstance(statement, nodes.IfStmt) and any(_leaves(block.body) for block in statement.body):
                    yield from statement.expr
        if isinstance(holder, FuncDef):
            return


def _leaves(body: list[Statement]) -> bool:
    return isinstance(body[-1], nodes.ReturnStmt | nodes.RaiseStmt | nodes.ContinueStmt | nodes.BreakStmt)


class _Known:
    """The variables of a function that say whether something has been done."""

    def __init__(self, function: FuncDef) -> None:
        self._answers: set[Node] = set()
        self._locked: set[Node] = set()
        for node in walk(function.body):
            if isinstance(node, nodes.AssignmentStmt):
                called = {part.name for part in walk(node.rvalue) if isinstance(part, nodes.MemberExpr)}
                bound = {
                    part.node for target in node.lvalues for part in walk(target) if isinstance(part, nodes.NameExpr)
                }
                variables = {variable for variable in bound if isinstance(variable, Var)}
                if LOCKS in called:
                    self._locked |= variables
                if called & (MAKES_ONCE | LOOKS_UP):
                    self._answers |= variables

    def decides(self, test: Node) -> bool:
        """Whether a test asks one of the variables, or the database itself, what has been done."""
        fields: set[Expression] = set()
        for node in walk(test):
            if isinstance(node, nodes.MemberExpr):
                fields.add(node.expr)
                if node.name in LOOKS_UP | MAKES_ONCE and isinstance(node.expr, nodes.MemberExpr | CallExpr):
                    return True
            if isinstance(node, nodes.NameExpr):
                asked = self._locked if node in fields else self._answers
                if node.node in asked:
                    return True
        return False
