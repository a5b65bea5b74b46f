"""A decision rests on an unlocked row.

## What it does
Reports an `if` or `elif` over the fields of a row that the function has loaded without `select_for_update`, when what
hangs on it must not happen twice: a save of the tested field, mail, an HTTP call, a task that is sent. It may hang on
either branch, or on an `if` that returns early and whose field the function sets afterwards.

## Why is this bad?
Two processes that load the row at the same time both find the test true, and both act: two mails, two shipments, two
payments.

## Example
```python
from celery import shared_task
from shop.models import Order

@shared_task
def ship(order_id: int) -> None: ...

def confirm(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    if order.status == "new":
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
def confirm(order_id: int) -> None:
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status == "new":
        order.status = "confirmed"
        order.save()
        ship.delay_on_commit(order.pk)

def confirm_without_a_lock(order_id: int) -> None:
    if Order.objects.filter(pk=order_id, status="new").update(status="confirmed"):
        ship.delay(order_id)
```

## Limits
Only rows that this function loads count, not its parameters. A save counts where it writes the tested field, as far as
its `update_fields` shows. A test for presence (`if order.customer:`) of what the act is given is left alone, and so is
what a test of the same row under the lock, or of the number of rows that an `update` has changed, stands before. So
are what a `with` over a lock holds (`with cache.lock(key)`), a comparison with another object's attribute of the same
name (`old.name != self.name`), and tests.

## References
- Django, `select_for_update`: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-for-update
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Context, Expression, FuncItem, MemberExpr, NameExpr, Node, Var

from mypy_deckrules import names
from mypy_deckrules.facts import acts
from mypy_deckrules.facts.acts import Act
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.modules import is_test_module
from mypy_deckrules.facts.code.position import position_of
from mypy_deckrules.facts.code.tree import walk, walk_scope
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.conditions import Condition, conditions, counts_updates, is_presence
from mypy_deckrules.facts.database.locked import is_under_lock
from mypy_deckrules.facts.database.on_commit import hands_over_task, is_evaluated_for_on_commit
from mypy_deckrules.facts.database.rows import READING, calls_told_by, column, model_of, path_of, saves
from mypy_deckrules.facts.dispatches.dispatch import Dispatch
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.origins import Origin, origins

FUNCTIONS: Final = frozenset({*acts.FUNCTIONS, names.ON_COMMIT})
METHODS: Final = {
    **{
        method: frozenset(base for base, act in classes.items() if act in (Act.MAIL, Act.HTTP))
        for method, classes in acts.METHODS.items()
    },
    **dict.fromkeys(("save", "asave"), frozenset({names.MODEL})),
    **READING,
}


def check_dispatch(dispatch: Dispatch) -> Iterator[Finding]:
    if dispatch.sends_now or dispatch.method.endswith("_on_commit"):
        yield from _check(dispatch.call.api, dispatch.call.node)


def check_call(call: Call) -> Iterator[Finding]:
    if call.fullname != names.ON_COMMIT or (isinstance(call.node, CallExpr) and hands_over_task(call.api, call.node)):
        for act in calls_told_by(call.api, call.node):
            yield from _check(call.api, act)


def _check(api: TypeChecker, node: Context) -> Iterator[Finding]:
    position = position_of(api, node)
    place = position.of_function() if position is not None else None
    if place is not None and isinstance(place.node, nodes.LambdaExpr) and is_evaluated_for_on_commit(place):
        position = place  # the lambda runs if the branch that hands it over does
    function = position.function if position is not None else None
    if position is None or function is None or not isinstance(node, CallExpr) or is_test_module(api.tree.fullname):
        return
    if is_under_lock(position):
        return
    unlocked_by_condition: dict[Condition, list[MemberExpr]] = {}
    for condition in conditions(position):
        loaded = {read: origins(api, function, read.expr) for read in _tested(api, condition.test)}
        if any(Origin.LOCKED in found for found in loaded.values()) or counts_updates(api, function, condition.test):
            return
        unlocked_by_condition[condition] = [read for read, found in loaded.items() if Origin.QUERY in found]
    for condition, unlocked in unlocked_by_condition.items():
        if any(_matters(api, function, condition, read, node) for read in unlocked):
            fields = " and ".join(dict.fromkeys(f'"{written(read)}"' for read in unlocked))
            rows = " and ".join(dict.fromkeys(f'"{written(read.expr)}"' for read in unlocked))
            yield Finding(
                condition.statement,
                f"Two processes can both pass this test of {fields} and then act twice; load {rows} with "
                "select_for_update() inside transaction.atomic()",
            )
            return


def _tested(api: TypeChecker, test: Expression) -> Iterator[MemberExpr]:
    """The columns of rows that a condition reads; a primary key never changes, and ``old.name != self.name`` asks
    what is being changed, not how the row stands."""
    compared = {part for node in walk_scope(test) for part in _compared_with_namesake(node)}
    for node in walk_scope(test):
        if node in compared:
            continue
        if isinstance(node, MemberExpr) and isinstance(node.expr, NameExpr) and isinstance(node.expr.node, Var):
            model = model_of(api, node.expr)
            field = column(model, node.name) if model is not None else None
            if field is not None and node.name not in ("pk", "id"):
                yield node


def _compared_with_namesake(node: Node) -> Iterator[Node]:
    match node:
        case nodes.ComparisonExpr(operands=[MemberExpr(name=first), MemberExpr(name=second)]) if first == second:
            yield from node.operands
        case _:
            return


def _matters(api: TypeChecker, function: FuncItem, condition: Condition, read: MemberExpr, act: CallExpr) -> bool:
    """Whether an act must not happen twice because of what the condition reads."""
    if condition.is_guard and not _is_set_after(function, condition, read):
        return False
    if isinstance(act.callee, MemberExpr) and act.callee.name in ("save", "asave"):
        model = model_of(api, read.expr)
        field = column(model, read.name) if model is not None else None
        return path_of(act.callee.expr) == path_of(read.expr) and field is not None and saves(act, field)
    return not (is_presence(condition.test, read) and any(path_of(node) == path_of(read) for node in _members(act)))


def _is_set_after(function: FuncItem, condition: Condition, read: MemberExpr) -> bool:
    return any(
        isinstance(node, nodes.AssignmentStmt)
        and node.line > condition.statement.line
        and any(path_of(target) == path_of(read) for target in node.lvalues)
        for node in walk_scope(function.body)
    )


def _members(node: Node) -> Iterator[MemberExpr]:
    return (inner for inner in walk(node) if isinstance(inner, MemberExpr))
