"""Which assignments a variable may have its value from, where it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.nodes import Block, Expression, FuncItem, MypyFile, NameExpr, Node, Var

from mypy_deckrules.facts.code.paths import follow
from mypy_deckrules.facts.code.tree import walk


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
    return any(name.node is variable for name in bound_names(target))


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
    bound_here = _bound_in(root).get(variable, ())
    is_parameter = variable in parameters(root)
    if not bound_here:
        return [ENTRY] if is_parameter else []
    if len(bound_here) == 1 and not is_parameter:
        return list(bound_here)
    found: set[Binding] = set()

    def step(node: Node, before: frozenset[Binding]) -> frozenset[Binding]:
        if node is name:
            found.update(before or {ENTRY})
        bound = [] if isinstance(node, Comprehension) else [b for b in bindings(node) if binds(b.target, variable)]
        return frozenset(bound) or before or frozenset({ENTRY})

    follow(root.body if isinstance(root, FuncItem) else Block(root.defs), step)
    if not found - {ENTRY} and not (found and is_parameter):
        found = {*bound_here, *([ENTRY] if is_parameter else [])}
    elif not is_parameter:
        found.discard(ENTRY)
    return sorted(found, key=lambda binding: -1 if binding.node is None else binding.node.line)


@dataclass(frozen=True, slots=True)
class _Bound:
    """The bindings of each variable in a function or module, as long as mypy has not analysed that anew.

    Attributes:
        body: what was walked; a new one stands in its place when the source is parsed again.
        witness: a name that is bound and its variable; it has another when the names are resolved again.
    """

    body: object
    witness: tuple[NameExpr, Var] | None
    bindings: Mapping[Var, list[Binding]]

    def is_current(self, root: FuncItem | MypyFile) -> bool:
        return self.body is _body(root) and (self.witness is None or self.witness[0].node is self.witness[1])


_RECENT: Final[dict[FuncItem | MypyFile, _Bound]] = {}
_MANY: Final = 500
"""How many functions' bindings are kept at a time."""


def _bound_in(root: FuncItem | MypyFile) -> Mapping[Var, list[Binding]]:
    known = _RECENT.get(root)
    if known is not None and known.is_current(root):
        return known.bindings
    found: dict[Var, list[Binding]] = {}
    witness = None
    for node in walk(root):
        for binding in bindings(node):
            for target in bound_names(binding.target):
                if isinstance(target.node, Var):
                    witness = witness or (target, target.node)
                    found.setdefault(target.node, []).append(binding)
    if len(_RECENT) >= _MANY:
        _RECENT.clear()
    _RECENT[root] = _Bound(_body(root), witness, found)
    return found


def _body(root: FuncItem | MypyFile) -> object:
    return root.body if isinstance(root, FuncItem) else root.defs


def bound_names(target: Expression | None) -> Iterator[NameExpr]:
    """The names that are bound when ``target`` is."""
    yield from (part for part in single_targets(target) if isinstance(part, NameExpr))


def single_targets(target: Expression | None) -> Iterator[Expression]:
    """The names, attributes and items that are bound when ``target`` is."""
    match target:
        case None:
            return
        case nodes.TupleExpr(items=items) | nodes.ListExpr(items=items):
            for item in items:
                yield from single_targets(item)
        case nodes.StarExpr(expr=inner):
            yield from single_targets(inner)
        case _:
            yield target


def reads_of(
    root: FuncItem | MypyFile, variable: Var, binding: Node | None, loop: Node | None = None
) -> Iterator[NameExpr]:
    """The reads, in the function or module ``root``, of what the statement ``binding`` binds ``variable`` to.

    Args:
        loop: a loop that holds the statement, whose next turn may read what the last one has bound.
    """
    inside = set(walk(loop)) if loop is not None else set()
    targets = {name for node in walk(root) for bound in bindings(node) for name in bound_names(bound.target)}
    for node in walk(root):
        match node:
            case NameExpr(node=read) if read is variable and node not in targets:
                bound_to = [bound.node for bound in reaching(root, node)]
                if binding in bound_to or (node in inside and any(bound not in inside for bound in bound_to)):
                    yield node
            case _:
                pass


def parameters(function: Node) -> list[Var]:
    return [argument.variable for argument in function.arguments] if isinstance(function, FuncItem) else []
