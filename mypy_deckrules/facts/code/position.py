"""Where a node stands: what holds it, from the inside out, and the function that runs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy.checker import TypeChecker
from mypy.nodes import Block, ClassDef, Context, Decorator, Expression, FuncItem, Node, Statement, TypeInfo

from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import children


@dataclass(frozen=True, slots=True)
class Position:
    """The place of one node in the module that is being checked.

    Attributes:
        api: the checker of the module.
        path: the nodes that hold it, from the outermost function (outside functions: the module) to the node itself.
    """

    api: TypeChecker
    path: tuple[Node, ...]

    @property
    def node(self) -> Node:
        return self.path[-1]

    def outwards(self) -> Iterator[tuple[Node, Node]]:
        """(holder, held) from the node outwards."""
        for i in range(len(self.path) - 1, 0, -1):
            yield self.path[i - 1], self.path[i]

    def within_function(self) -> Iterator[tuple[Node, Node]]:
        """``outwards`` as far as the function that runs the node; its last pair is the function and its body."""
        for holder, held in self.outwards():
            yield holder, held
            if is_body(holder, held):
                return

    @property
    def function(self) -> FuncItem | None:
        """The function or lambda that runs the node; None where the module or a class body does."""
        place = self.of_function()
        return place.node if place is not None and isinstance(place.node, FuncItem) else None

    def of_function(self) -> Position | None:
        """The place of the function or lambda that runs the node."""
        for i in range(len(self.path) - 2, -1, -1):
            if is_body(self.path[i], self.path[i + 1]):
                return Position(self.api, self.path[: i + 1])
        return None

    def owner(self) -> TypeInfo | None:
        """The class whose body directly holds the node."""
        for holder, _ in self.outwards():
            if isinstance(holder, ClassDef):
                return holder.info
            if not isinstance(holder, Block | Decorator):
                return None
        stack = self.api.scope.stack
        before = stack.index(self.path[0]) - 1 if self.path[0] in stack else -1
        outer = stack[before] if before >= 0 else None
        return outer if isinstance(outer, TypeInfo) else None

    def decorators(self) -> list[Expression]:
        """The decorators of the function that the node is."""
        if len(self.path) > 1:
            holder = self.path[-2]
            return holder.original_decorators if isinstance(holder, Decorator) else []
        owner = self.owner()
        body = owner.defn.defs.body if owner is not None else self.api.tree.defs
        for statement in definitions(body):
            if isinstance(statement, Decorator) and statement.func is self.node:
                return statement.original_decorators
        return []


def is_body(holder: Node, held: Node) -> bool:
    """Whether ``holder`` is a function or lambda and ``held`` its body, which does not run where it stands."""
    return isinstance(holder, FuncItem) and held is holder.body


def position_of(api: TypeChecker, node: Context) -> Position | None:
    """The place of a node that is being checked; None for one that mypy made up and that stands nowhere."""
    root = api.scope.top_level_function() or api.tree
    assert isinstance(node, Node)
    path = path_to(root, node)
    return Position(api, path) if path is not None else None


def path_to(root: Node, node: Node) -> tuple[Node, ...] | None:
    """The nodes from ``root`` to ``node``; None where the one is not inside the other."""
    # The lines of what stands in an f-string are wrong before Python 3.12, hence the second search.
    return _path(root, node, by_line=True) or _path(root, node, by_line=False)


def _path(root: Node, node: Node, *, by_line: bool) -> tuple[Node, ...] | None:
    if root is node:
        return (root,)
    for child in children(root):
        if by_line and isinstance(child, Statement) and not _spans(child, node.line):
            continue
        path = _path(child, node, by_line=by_line)
        if path is not None:
            return (root, *path)
    return None


def _spans(statement: Statement, line: int) -> bool:
    first = (
        min((item.line for item in statement.original_decorators), default=statement.line)
        if isinstance(statement, Decorator)
        else statement.line
    )
    return isinstance(statement, Block) or statement.end_line is None or first <= line <= statement.end_line
