"""What a read of a model's attribute is: the relation that it follows, from which row, in which loop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import (
    Block,
    Expression,
    ForStmt,
    FuncItem,
    ListExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    StarExpr,
    Statement,
    TupleExpr,
    TypeInfo,
    Var,
)
from mypy.types import Type

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.paths import follow
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.reaching import Comprehension, bindings, binds, reaching
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.models import is_model
from mypy_deckrules.facts.queries.loops import Loop, loops_around
from mypy_deckrules.facts.queries.querysets import Evaluator, Frame
from mypy_deckrules.facts.queries.recipes import Reader
from mypy_deckrules.facts.queries.returns import world
from mypy_deckrules.facts.queries.values import Loaded, Row, Thing, Value

GIVEN_LOADED_ROWS: Final = ("rest_framework.fields.Field", "django.contrib.admin.options.BaseModelAdmin")
"""Classes whose methods are handed rows by the framework."""


@dataclass(frozen=True, slots=True)
class AttributeRead:
    """The read of an attribute of a model's rows that is a relation.

    Attributes:
        api: the checker of the module.
        options: the project's options.
        node: the read, ``book.author``.
    """

    api: TypeChecker
    options: Options
    node: MemberExpr


def is_target(position: Position) -> bool:
    """Whether the attribute is not read but assigned to, or deleted."""
    held = position.node
    for holder, _ in position.outwards():
        if not isinstance(holder, TupleExpr | ListExpr | StarExpr):
            return any(bound.target is held for bound in bindings(holder))
        held = holder
    return False


def may_be_first(position: Position) -> bool:
    """Whether a path of the turn leads to a read, ``book.author``, that has not met the same read before, in this loop
    or in an earlier one over the same rows: Django keeps what it has loaded on the row."""
    read, root = position.node, position.function or position.api.tree
    assert isinstance(read, MemberExpr)
    chain = _chain(read)
    if chain is None:
        return True
    variable = chain[0]
    indices = {node for held in walk(root) if isinstance(held, Comprehension) for node in held.indices}
    reached: list[bool] = []

    def step(node: Node, seen: frozenset[bool]) -> frozenset[bool]:
        if node is read:
            reached.append(seen != frozenset({True}))
        if node in indices or any(binds(bound.target, variable) for bound in bindings(node)):
            return frozenset({False}) if not isinstance(node, Comprehension) else seen
        return (
            frozenset({True}) if isinstance(node, MemberExpr) and _chain(node) == chain else seen or frozenset({False})
        )

    follow(root.body if isinstance(root, FuncItem) else Block(root.defs), step)
    own = next((loop for loop in loops_around(position) if variable in loop.variables), None)
    return (any(reached) or not reached) and not (own is not None and _was_read_before(own, root, chain[1]))


def reads_alike(position: Position) -> Iterator[Position]:
    """The read itself, and those of the same attribute on its line."""
    read = position.node
    assert isinstance(read, MemberExpr)
    yield position
    statement = next(holder for holder, _ in position.outwards() if isinstance(holder, Statement | FuncItem | MypyFile))
    chain = _chain(read)
    for other in walk(statement) if chain is not None else ():
        if isinstance(other, MemberExpr) and other is not read and other.line == read.line and _chain(other) == chain:
            place = position_of(position.api, other)
            if place is not None:
                yield place


def _was_read_before(loop: Loop, root: FuncItem | MypyFile, names: tuple[str, ...]) -> bool:
    """Whether an earlier loop over the query set in the same variable has read an attribute of its rows."""
    rows = loop.iterated
    if not isinstance(rows, NameExpr):
        return False
    for node in walk(root):
        for bound in bindings(node) if isinstance(node, (ForStmt, *Comprehension)) else ():
            same = bound.value
            if isinstance(same, NameExpr) and same.node is rows.node and same.line < rows.line:
                reads = [_chain(read) for read in walk(node) if isinstance(read, MemberExpr)]
                of_rows = any(read and read[1] == names and binds(bound.target, read[0]) for read in reads)
                if of_rows and reaching(root, same) == reaching(root, rows):
                    return True
    return False


def _chain(expr: Expression) -> tuple[Var, tuple[str, ...]] | None:
    """``book.author.country`` as the variable and the names."""
    names: list[str] = []
    while isinstance(expr, MemberExpr):
        names.append(expr.name)
        expr = expr.expr
    return (expr.node, tuple(reversed(names))) if isinstance(expr, NameExpr) and isinstance(expr.node, Var) else None


@dataclass(frozen=True, slots=True)
class Here:
    """Evaluates expressions that stand where ``position`` is."""

    position: Position

    @property
    def evaluator(self) -> Evaluator:
        return Evaluator(world(self.position.api))

    def value_of(self, expr: Expression) -> Value | None:
        """What an expression gives; None where that cannot be told."""
        api = self.position.api
        functions = [node for node in reversed(self.position.path[:-1]) if isinstance(node, FuncItem)]
        owner = self._owner()

        def type_of(expr: Expression) -> Type | None:
            return api.lookup_type(expr) if api.has_type(expr) else None

        recipe = Reader(api.tree, functions, owner, type_of).read(expr)
        return self.evaluator.evaluate(recipe, Frame(_instance(owner), owner, _arguments(owner)))

    def _owner(self) -> TypeInfo | None:
        """The class whose method the outermost function is."""
        outermost = self.position.path[0]
        return None if isinstance(outermost, MypyFile) else Position(self.position.api, (outermost,)).owner()


def _arguments(owner: TypeInfo | None) -> dict[str, Value | None] | None:
    """What the parameters of a method of ``owner`` are given, where its class tells: what a view or the admin has
    loaded for its serializers and columns does not show there."""
    is_told = owner is not None and any(owner.has_base(name) for name in GIVEN_LOADED_ROWS)
    return {} if is_told else None


def _instance(owner: TypeInfo | None) -> Value | None:
    """What ``self`` is, in the body of a method of ``owner``."""
    if owner is None:
        return None
    return Row(Loaded(owner)) if is_model(owner) else Thing(owner)
