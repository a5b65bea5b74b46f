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
Rows that are loaded with `select_for_update` are left alone: there the test is the point. So is a test of other rows
(`order.lines.exists()`), one for presence (`if order is None: return`), and one that compares a field with another
parameter (`order.version != version`): it asks what has changed since the task was sent.

## References
- Celery, "State": https://docs.celeryq.dev/en/stable/userguide/tasks.html#state
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.nodes import Expression, Statement, TypeInfo, Var

from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.models import is_model, relation
from mypy_deckrules.facts.database.rows import column
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.tasks.definitions import TaskDefinition

LOADERS: Final = frozenset({"get", "first", "last", "aget", "afirst", "alast", "get_object_or_404", "in_bulk"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row that a task loads by a parameter.

    Attributes:
        variable: what holds it.
        model: its class; None where the query does not name it.
    """

    variable: Var
    model: TypeInfo | None


def check_task(task: TaskDefinition) -> Iterator[Finding]:
    body = _without_docstring(task.function.body.body)
    if len(body) == 1 and isinstance(body[0], nodes.WithStmt):
        body = body[0].body.body
    parameters = {parameter.node.variable for parameter in task.parameters}
    rows, rest = _loaded(body, parameters)
    if not rest or not isinstance(rest[0], nodes.IfStmt) or rest[0].else_body is not None:
        return
    guard = rest[0]
    hangs = len(rest) == 1 and not _only_leaves(guard)
    leaves = len(rest) > 1 and _only_leaves(guard)
    if len(guard.expr) != 1 or not (hangs or leaves):
        return
    test = guard.expr[0]
    tested = next((row for row in rows if _reads_field(test, row)), None)
    if tested is not None and not _asks_for_changes(test, tested, parameters):
        name = tested.variable.name
        yield Finding(
            guard,
            f'Task "{task.name}" only decides here whether "{name}" needs it; decide before it is sent, or lock '
            "the row with select_for_update and decide under the lock",
        )


def _without_docstring(body: list[Statement]) -> list[Statement]:
    first = body[0] if body else None
    is_docstring = isinstance(first, nodes.ExpressionStmt) and isinstance(first.expr, nodes.StrExpr)
    return body[1:] if is_docstring else body


def _loaded(body: list[Statement], parameters: Set[Var]) -> tuple[list[Row], list[Statement]]:
    """The rows that the first statements load, or test for None, and the statements after these."""
    rows: list[Row] = []
    for position, statement in enumerate(body):
        row = _loaded_row(statement, parameters)
        if row is not None:
            rows.append(row)
        elif not any(_tests_for_none(statement, row.variable) for row in rows):
            return rows, body[position:]
    return rows, []


def _loaded_row(statement: Statement, parameters: Set[Var]) -> Row | None:
    """The row that a statement loads by one of the parameters and without a lock."""
    match statement:
        case nodes.TryStmt(body=nodes.Block(body=[inner]), handlers=handlers, else_body=None, finally_body=None):
            return _loaded_row(inner, parameters) if all(map(_leaves, handlers)) else None
        case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(node=Var() as variable)], rvalue=value):
            call = value.expr if isinstance(value, nodes.AwaitExpr) else value
        case _:
            return None
    if not isinstance(call, nodes.CallExpr) or not isinstance(call.callee, nodes.NameExpr | nodes.MemberExpr):
        return None
    named = [node for node in walk(call) if isinstance(node, nodes.RefExpr)]
    words = {node.name for node in named if isinstance(node, nodes.MemberExpr | nodes.NameExpr)}
    model = next((node.node for node in named if isinstance(node.node, TypeInfo) and is_model(node.node)), None)
    by_parameter = any(node.node in parameters for node in named)
    is_query = call.callee.name in LOADERS and (model is not None or "objects" in words)
    return Row(variable, model) if is_query and by_parameter and "select_for_update" not in words else None


def _leaves(handler: nodes.Block) -> bool:
    return isinstance(handler.body[-1], nodes.ReturnStmt | nodes.RaiseStmt)


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


def _reads_field(test: Expression, row: Row) -> bool:
    return any(
        isinstance(node, nodes.MemberExpr)
        and isinstance(node.expr, nodes.NameExpr)
        and node.expr.node is row.variable
        and (row.model is None or _is_own(row.model, node.name))
        for node in walk(test)
    )


def _is_own(model: TypeInfo, attribute: str) -> bool:
    """Whether an attribute of a row says something of that row: ``order.lines`` are others."""
    related = relation(model, attribute)
    if related is not None:
        return not related.many
    return column(model, attribute) is not None or model.get(attribute) is not None


def _asks_for_changes(test: Expression, row: Row, parameters: Set[Var]) -> bool:
    """Whether a field is compared with what the sender knew of it: ``order.version != version``."""
    return any(
        isinstance(node, nodes.ComparisonExpr)
        and _reads_field(node, row)
        and any(isinstance(operand, nodes.NameExpr) and operand.node in parameters for operand in node.operands)
        for node in walk(test)
    )
