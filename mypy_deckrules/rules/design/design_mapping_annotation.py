"""A mapping is built without an annotation of its keys and values.

## What it does
Reports a variable that is first bound to a dict comprehension, or to a call of `dict` or `defaultdict`, without an
annotation: in a function with annotations, or at the top level of a module.

## Why is this bad?
A mapping says nothing about what its keys are. Whoever reads `orders[key]` forty lines below has to find the place
where it was filled; and what mypy infers from there is what was put in, not what was meant.

## Example
```python
def totals(prices: list[tuple[int, int]]) -> int:
    prices_by_id = {order_id: price for order_id, price in prices}
    return prices_by_id[1]
```

## Use instead
```python
def totals(prices: list[tuple[int, int]]) -> int:
    prices_by_id: dict[int, int] = {order_id: price for order_id, price in prices}
    return prices_by_id[1]
```

## Limits
Dict displays (`{"a": 1}`), attributes, class bodies and functions without annotations are left alone, and so is a call
that says the types itself: `defaultdict[int, list[str]](list)`.

## References
- mypy, "Explicit types for collections":
  https://mypy.readthedocs.io/en/stable/type_inference_and_annotations.html#explicit-types-for-collections
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy import nodes
from mypy.nodes import AssignmentStmt, CallExpr, ClassDef, Expression, FuncDef, LambdaExpr, NameExpr, Node, RefExpr

from mypy_deckrules.facts.code.modules import ModuleSource
from mypy_deckrules.facts.code.tree import children
from mypy_deckrules.facts.findings import Finding


def check_resolved(module: ModuleSource) -> Iterator[Finding]:
    for statement in _bindings(module.tree, is_typed=True):
        built = _built(statement.rvalue)
        for target in statement.lvalues:
            if built and isinstance(target, NameExpr) and target.is_inferred_def and target.name != "_":
                yield Finding(
                    target,
                    f'"{target.name}" is a {built} whose keys and values nobody names; annotate it: '
                    f'"{target.name}: {built}[<key>, <value>] = ..."',
                )


def _bindings(node: Node, *, is_typed: bool) -> Iterator[AssignmentStmt]:
    """The assignments to variables of the module and of typed functions."""
    match node:
        case AssignmentStmt():
            if is_typed and not node.is_final_def:
                yield node
            return
        case FuncDef():
            is_typed = node.type is not None
        case LambdaExpr():
            return
        case ClassDef():
            is_typed = False
        case _:
            pass
    for child in children(node):
        yield from _bindings(child, is_typed=is_typed)


def _built(expr: Expression) -> str | None:
    """The class of the mapping that an expression builds."""
    match expr:
        case nodes.DictionaryComprehension() | CallExpr(callee=RefExpr(fullname="builtins.dict")):
            return "dict"
        case CallExpr(callee=RefExpr(fullname="collections.defaultdict")):
            return "defaultdict"
        case _:
            return None
