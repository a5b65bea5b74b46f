"""Which assignments a variable may have its value from, where it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy import nodes
from mypy.nodes import Block, Expression, FuncItem, MypyFile, NameExpr, Node, Var

from mypy_deckrules.facts.paths import follow
from mypy_deckrules.facts.tree import walk


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that binds a variable.

    Attributes:
        node: the statement or expression that binds it, None for the call of the function (parameters, closures).
        target: the expression that is bound, as it stands there: a name, or a tuple that holds the name.
        value: what it is bound to; of a ``for``, what is iterated; None where the tree does not show it.
    """

    node: Node | None
    target: Expression | None = None
    value: Expression | None = None


ENTRY = Binding(None)

Comprehension = (nodes.GeneratorExpr, nodes.DictionaryComprehension)
"""What has variables of its own."""


def bindings(node: Node) -> Iterator[Binding]:
    """What ``node`` itself binds."""
    match node:
        case nodes.AssignmentStmt(lvalues=targets, rvalue=value):
            yield from (Binding(node, target, value) for target in targets)
        case nodes.AssignmentExpr(target=target, value=value):
            yield Binding(node, target, value)
        case nodes.ForStmt(index=index, expr=iterated):
            yield Binding(node, index, iterated)
        case (
            nodes.GeneratorExpr(indices=indices, sequences=sequences)
            | nodes.DictionaryComprehension(indices=indices, sequences=sequences)
        ):
            yield from (Binding(node, index, seq) for index, seq in zip(indices, sequences, strict=True))
        case nodes.OperatorAssignmentStmt(lvalue=target) | nodes.DelStmt(expr=target):
            yield Binding(node, target)
        case nodes.WithStmt(target=targets):
            yield from (Binding(node, target) for target in targets if target is not None)
        case _:
            return


def binds(target: Expression | None, variable: Var) -> bool:
    """Whether ``variable`` is bound when ``target`` is."""
    match target:
        case NameExpr(node=node):
            return node is variable
        case nodes.TupleExpr(items=items) | nodes.ListExpr(items=items):
            return any(binds(item, variable) for item in items)
        case nodes.StarExpr(expr=inner):
            return binds(inner, variable)
        case _:
            return False


def reaching(root: FuncItem | MypyFile, name: NameExpr) -> list[Binding]:
    """The bindings that a path through ``root`` leads from to the read ``name``.

    Args:
        root: the function that runs the read, one around it, or their module.

    Returns:
        the bindings in ``root`` in the order of the source, ``ENTRY`` first where the function's caller may have bound
        the variable. Of a comprehension's variable, or one that an inner function reads, it is all that bind it.
    """
    assert isinstance(name.node, Var)
    variable = name.node
    found: set[Binding] = set()

    def step(node: Node, before: frozenset[Binding]) -> frozenset[Binding]:
        if node is name:
            found.update(before or {ENTRY})
        bound = [] if isinstance(node, Comprehension) else [b for b in bindings(node) if binds(b.target, variable)]
        return frozenset(bound) or before or frozenset({ENTRY})

    follow(root.body if isinstance(root, FuncItem) else Block(root.defs), step)
    is_parameter = variable in parameters(root)
    if not found - {ENTRY} and not (found and is_parameter):
        found = {binding for node in walk(root) for binding in bindings(node) if binds(binding.target, variable)}
        found |= {ENTRY} if is_parameter else set()
    elif not is_parameter:
        found.discard(ENTRY)
    return sorted(found, key=lambda binding: -1 if binding.node is None else binding.node.line)


def parameters(function: Node) -> list[Var]:
    return [argument.variable for argument in function.arguments] if isinstance(function, FuncItem) else []
