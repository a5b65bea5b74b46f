"""Several writes are not in one transaction.

## What it does
Reports the second write of a function that, on one path and outside `transaction.atomic`, writes to the database
twice or more: `save` and `delete` of a model; `create`, `bulk_create`, `update`, `bulk_update`, `delete`,
`get_or_create` and `update_or_create` of a query set or manager; `add`, `set`, `remove` and `clear` of a related
manager; and the asynchronous variant of each.

Branches that exclude each other are different paths, and so are a `try` and its `except`. A write in a loop counts
once. `get_or_create` does not count where its `created` is false, nor `update` where it met no row.

## Why is this bad?
Django commits each write by itself. When the second one fails, or the process is killed between the two, the first one
stays: an order without its lines, money taken from one account and given to none.

## Example
```python
from shop.models import Customer, Order

def place_order(customer: Customer) -> None:
    Order.objects.create(customer=customer)
    customer.credit -= 1
    customer.save()
```

## Use instead
```python
from django.db import transaction
from shop.models import Customer, Order

def place_order(customer: Customer) -> None:
    with transaction.atomic():
        Order.objects.create(customer=customer)
        customer.credit -= 1
        customer.save()
```

## Limits
Calls of other functions are not followed. Tests and migrations are left alone, and so are views where the Django
settings say `ATOMIC_REQUESTS`.

## Options
- `atomic_requests`: whether each request runs in a transaction; by default that is read from the settings module.
- `settings_module`: the Django settings, where mypy's Django plugin is not told.

## References
- Django, "Database transactions": https://docs.djangoproject.com/en/5.2/topics/db/transactions/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, MemberExpr, Node
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.classes import ClassDefinition
from mypy_deckrules.facts.code.modules import definitions, is_test_module
from mypy_deckrules.facts.code.paths import follow, never_returns
from mypy_deckrules.facts.code.position import Position, path_to, position_of
from mypy_deckrules.facts.database import writes
from mypy_deckrules.facts.database.atomic import is_atomic_method, opens_on, transaction_around
from mypy_deckrules.facts.database.models import is_model
from mypy_deckrules.facts.database.views import answers_request
from mypy_deckrules.facts.database.writes import is_super_write, is_write, without_effect
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.settings import atomic_requests

METHODS: Final = writes.METHODS


def check_call(call: Call) -> Iterator[Finding]:
    if _is_left(call.api.tree.fullname) or not isinstance(call.node, CallExpr):
        return
    position = position_of(call.api, call.node)
    place = position.of_function() if position is not None else None
    if place is None or not isinstance(place.node, FuncDef):
        return
    pair = _first_pair(place.node, partial(_writes, place), partial(never_returns, place.api))
    if pair is None or (atomic_requests(call.api, call.options) and answers_request(place)):
        return
    first, second = pair
    # mypy calls no hook for super().save(), so the write before it tells of it.
    if call.node is (first if is_super_write(second) else second):
        yield _finding(place.node, first, second)


def check_class(definition: ClassDefinition) -> Iterator[Finding]:
    """Judge the methods of a model whose first two writes are both ``super().save()`` or the like."""
    if not is_model(definition.info) or _is_left(definition.tree.fullname):
        return
    for statement in definitions(definition.node.defs.body):
        function = statement.func if isinstance(statement, Decorator) else statement
        if isinstance(function, FuncDef) and not is_atomic_method(definition.api, definition.info, function.name):
            pair = _first_pair(function, partial(_may_write, definition.api, function))
            if pair is not None and all(map(is_super_write, pair)):
                yield _finding(function, *pair)


def _is_left(module: str) -> bool:
    return is_test_module(module) or "migrations" in module.split(".")


def _finding(function: FuncDef, first: CallExpr, second: CallExpr) -> Finding:
    return Finding(
        second,
        f'"{function.name}" has written in line {first.line} already and writes again here, outside a '
        "transaction: if this fails, the other stays; wrap both in transaction.atomic()",
    )


def _first_pair(
    function: FuncDef, writes: Callable[[CallExpr], bool], never_returns: Callable[[Expression], bool] = lambda _: False
) -> tuple[CallExpr, CallExpr] | None:
    """The first write of the function that another one precedes on its path, after that other one."""
    pairs: list[tuple[CallExpr, CallExpr]] = []

    def step(node: Node, before: frozenset[CallExpr]) -> frozenset[CallExpr]:
        if not isinstance(node, CallExpr) or not writes(node):
            return before
        pairs.extend((first, node) for first in before)
        return before | {node}

    def assume(condition: Expression, holds: bool, before: frozenset[CallExpr]) -> frozenset[CallExpr]:
        return before.difference(without_effect(function, condition, holds=holds))

    follow(function.body, step, never_returns, assume)
    return min(pairs, key=lambda pair: (pair[1].line, pair[1].column, pair[0].line), default=None)


def _writes(place: Position, call: CallExpr) -> bool:
    position = position_of(place.api, call) if is_write(place.api, call) else None
    return position is not None and transaction_around(position) is None


def _may_write(api: SemanticAnalyzer, function: FuncDef, call: CallExpr) -> bool:
    """Whether a call is ``super()``'s write, or by its name may be another: of the types mypy knows none yet."""
    if not is_super_write(call) and not (isinstance(call.callee, MemberExpr) and call.callee.name in METHODS):
        return False
    return not opens_on(api, path_to(function, call) or ())
