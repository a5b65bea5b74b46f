"""Rows are created one by one in a loop.

## What it does
Reports `create` on a manager or query set, and `Model(...).save()`, in the body of a `for` loop or in a comprehension.

## Why is this bad?
Each row is one `INSERT` and one round trip. Measured with Django 5.2 on SQLite:

| rows | queries of the example | when it is repaired |
|---:|---:|---:|
| 10 | 10 | 1 |
| 20 | 20 | 1 |

## Example
```python
from shop.models import Customer

def register(emails: list[str]) -> None:
    for email in emails:
        Customer.objects.create(email=email)
```

## Use instead
```python
from shop.models import Customer

def register(emails: list[str]) -> None:
    Customer.objects.bulk_create(Customer(email=email) for email in emails)
```

## Limits
`bulk_create` neither calls `save` nor sends its signals, and some rows need a query of their own. Left alone are:

- a row that is used later in the same turn (its primary key, a relation to it), or that the function returns;
- models that override `save`, and those that inherit from another table, for which there is no `bulk_create`;
- many-to-many relations (`book.editors.create`);
- loops over a literal, a constant, an enum or a short `range`, and `while` loops.

## References
- Django, `bulk_create`: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#bulk-create
- Django, "Insert in bulk": https://docs.djangoproject.com/en/5.2/topics/db/optimization/#create-in-bulk
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.nodes import CallExpr, FuncItem, MemberExpr, MypyFile, NameExpr, Node, RefExpr, TypeInfo, Var
from mypy.types import Instance

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.reaching import reaching, reads_of
from mypy_deckrules.facts.code.tree import walk, walk_body
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.lookups import model_of_manager
from mypy_deckrules.facts.database.models import definer_of, has_parent_table, is_model, watch
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.evaluation import is_djangos_own
from mypy_deckrules.facts.queries.loops import Loop, is_bounded, loops_around, mentions

METHODS: Final = {
    **dict.fromkeys(("create", "acreate"), frozenset({names.QUERY_SET, names.BASE_MANAGER})),
    **dict.fromkeys(("save", "asave"), frozenset({names.MODEL})),
}


def check_call(call: Call) -> Iterator[Finding]:
    position = position_of(call.api, call.node)
    if position is None or not isinstance(call.node, CallExpr) or not isinstance(call.receiver, Instance):
        return
    loops = [loop for loop in loops_around(position) if not is_bounded(call.api, loop)]
    is_save = call.name in ("save", "asave")
    rows = call.receiver_expr
    if not loops or rows is None or not is_djangos_own(call):
        return
    model = call.receiver.type if is_save else model_of_manager(call.api, rows)
    if model is None:
        return
    watch(call.api, model)
    if not _can_be_inserted_in_bulk(model):
        return
    if call.receiver.type.has_base(names.MANY_RELATED_MANAGER):
        return
    if _inserts_and_forgets(position, loops[0]) if is_save else _creates_and_forgets(position, loops[0]):
        yield Finding(
            call.node,
            f'"{written(call.node.callee)}" inserts one row of "{model.name}" per turn of this loop; insert them all '
            f"after it, with bulk_create()",
        )


def _can_be_inserted_in_bulk(model: TypeInfo) -> bool:
    saver = definer_of([model], "save")
    if saver is None or saver.fullname != names.MODEL or has_parent_table(model):
        return False
    return not model.has_base(names.ABSTRACT_BASE_USER)  # it overrides save, which its stub does not show


def _creates_and_forgets(position: Position, loop: Loop) -> bool:
    """Whether nobody uses what ``create()`` returns."""
    held: Node = position.node
    for holder, _ in position.within_function():
        match holder:
            case nodes.AwaitExpr():
                held = holder
            case nodes.GeneratorExpr(left_expr=item) if item is held:
                held = holder
            case nodes.ListComprehension() | nodes.SetComprehension():
                return _are_forgotten(position, holder)
            case nodes.ExpressionStmt():
                return True
            case nodes.AssignmentStmt(lvalues=[NameExpr(node=Var() as variable)]):
                return not any(reads_of(_root(position), variable, holder, loop.node))
            case _:
                return False
    return False


def _are_forgotten(position: Position, rows: Node) -> bool:
    """Whether the function does not return the list of the rows that it creates."""
    for holder, held in position.within_function():
        if held is rows:
            match holder:
                case nodes.ExpressionStmt():
                    return True
                case nodes.AssignmentStmt(lvalues=[NameExpr(node=Var() as variable)]):
                    body = walk_body(position.function) if position.function is not None else ()
                    return not any(mentions(node, {variable}) for node in body if isinstance(node, nodes.ReturnStmt))
                case _:
                    return False
    return False


def _inserts_and_forgets(position: Position, loop: Loop) -> bool:
    """Whether ``save()`` is called on a row that was made in the same turn, and that is not used again."""
    call = position.node
    assert isinstance(call, CallExpr)
    match call.callee:
        case MemberExpr(expr=CallExpr() as made):
            return _is_new(made)
        case MemberExpr(expr=NameExpr(node=Var() as variable) as name):
            bound = reaching(_root(position), name)
            inside = set(walk(loop.node))
            return all(binding.node in inside and _is_new(binding.value) for binding in bound) and not any(
                (read.line, read.column) > (call.line, call.column)
                for binding in bound
                for read in reads_of(_root(position), variable, binding.node)
                if read is not name
            )
        case _:
            return False


def _is_new(expr: nodes.Expression | None) -> bool:
    """Whether an expression makes an instance of a model."""
    match expr:
        case CallExpr(callee=RefExpr(node=TypeInfo() as made)):
            return is_model(made)
        case _:
            return False


def _root(position: Position) -> FuncItem | MypyFile:
    return position.function or position.api.tree
