"""A task decides whether it has anything to do.

## What it does
Reports a task whose whole body, after it has loaded a row by one of its parameters, hangs on one `if` over that row's
fields, without an `else`; or that begins with the inverted test and a `return`.

## Why is this bad?
Most of the messages then cross the broker and wake a worker for nothing, and the queue is longer than the work.
Whoever sends the task has the row at hand and can decide. Where the state may change on the way, the test belongs
into the task as well: with the row locked.

## Example
```python
from celery import shared_task
from shop.models import Order

@shared_task
def remind(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    if order.status == "open":
        print("reminder", order.pk)
```

## Use instead
```python
from celery import shared_task
from shop.models import Order

@shared_task
def remind(order_id: int) -> None:
    print("reminder", order_id)

def remind_of(order: Order) -> None:
    if order.status == "open":
        remind.delay(order.pk)
```

## Limits
Rows that are loaded with `select_for_update` are left alone: there the test is the point. So is a test that compares a
field with another parameter (`order.version != version`): it asks what has changed since the task was sent.

## References
- Celery, "State": https://docs.celeryq.dev/en/stable/userguide/tasks.html#state
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.nodes import Expression, Statement, Var

from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.definitions import TaskDefinition

LOADERS: Final = frozenset({"get", "first", "last", "aget", "afirst", "alast", "get_object_or_404", "in_bulk"})


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    body = _without_docstring(task.function.body.body)
    parameters = {parameter.node.variable for parameter in task.parameters}
    if len(body) == 1 and isinstance(body[0], nodes.WithStmt):
        body = body[0].body.body
    row = _loaded_row(body[0], parameters) if body else None
    if row is None:
        return
    rest = [statement for statement in body[1:] if not _tests_for_none(statement, row)]
    if not rest or not isinstance(rest[0], nodes.IfStmt) or rest[0].else_body is not None:
        return
    guard = rest[0]
    hangs = len(rest) == 1 and not _only_leaves(guard)
    leaves = len(rest) > 1 and _only_leaves(guard)
    if len(guard.expr) != 1 or not (hangs or leaves):
        return
    if _reads_field(guard.expr[0], row) and not _asks_for_changes(guard.expr[0], row, parameters):
        yield Finding(
            guard,
            f'Task "{task.name}" only decides here whether "{row.name}" needs it; decide before it is sent, or lock '
            "the row with select_for_update and decide under the lock",
        )


def _without_docstring(body: list[Statement]) -> list[Statement]:
    first = body[0] if body else None
    is_docstring = isinstance(first, nodes.ExpressionStmt) and isinstance(first.expr, nodes.StrExpr)
    return body[1:] if is_docstring else body


def _loaded_row(statement: Statement, parameters: set[Var]) -> Var | None:
    """The variable that a statement binds to a row, loaded by one of the parameters and without a lock."""
    if not isinstance(statement, nodes.AssignmentStmt) or len(statement.lvalues) != 1:
        return None
    target, value = statement.lvalues[0], statement.rvalue
    call = value.expr if isinstance(value, nodes.AwaitExpr) else value
    if not isinstance(target, nodes.NameExpr) or not isinstance(target.node, Var):
        return None
    if not isinstance(call, nodes.CallExpr) or not isinstance(call.callee, nodes.NameExpr | nodes.MemberExpr):
        return None
    names = [node.name for node in walk(call) if isinstance(node, nodes.MemberExpr)]
    by_parameter = any(isinstance(node, nodes.NameExpr) and node.node in parameters for node in walk(call))
    loads = call.callee.name in LOADERS and by_parameter and "select_for_update" not in names
    return target.node if loads else None


def _tests_for_none(statement: Statement, row: Var) -> bool:
    """``if row is None: return`` and ``if not row: return``."""
    if not isinstance(statement, nodes.IfStmt) or not _only_leaves(statement):
        return False
    match statement.expr[0]:
        case nodes.ComparisonExpr(operands=[nodes.NameExpr(node=node), nodes.NameExpr(name="None")]):
            return node is row
        case nodes.UnaryExpr(op="not", expr=nodes.NameExpr(node=node)):
            return node is row
        case _:
            return False


def _only_leaves(statement: nodes.IfStmt) -> bool:
    """Whether the branch does nothing but return."""
    body = statement.body[0].body
    return len(body) == 1 and isinstance(body[0], nodes.ReturnStmt)


def _reads_field(test: Expression, row: Var) -> bool:
    return any(
        isinstance(node, nodes.MemberExpr) and isinstance(node.expr, nodes.NameExpr) and node.expr.node is row
        for node in walk(test)
    )


def _asks_for_changes(test: Expression, row: Var, parameters: set[Var]) -> bool:
    """Whether a field is compared with what the sender knew of it: ``order.version != version``."""
    return any(
        isinstance(node, nodes.ComparisonExpr)
        and _reads_field(node, row)
        and any(isinstance(operand, nodes.NameExpr) and operand.node in parameters for operand in node.operands)
        for node in walk(test)
    )
