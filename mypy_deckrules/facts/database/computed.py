"""Fields of rows that a function computes from their own values: ``order.total += 1``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import AssignmentStmt, CallExpr, Expression, MemberExpr, NameExpr, Node, OperatorAssignmentStmt
from mypy.types import Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.paths import follow, never_returns
from mypy_deckrules.facts.code.tree import walk_scope
from mypy_deckrules.facts.database.conditions import is_presence
from mypy_deckrules.facts.database.rows import Path, path_of

REFRESHING: Final = frozenset({"refresh_from_db", "arefresh_from_db"})


@dataclass(frozen=True, slots=True)
class Computed:
    """An attribute that an assignment computes from its own value.

    Attributes:
        row: the object.
        target: the attribute, as it is assigned to.
        statement: the assignment.
    """

    row: Path
    target: MemberExpr
    statement: AssignmentStmt | OperatorAssignmentStmt


def computed_before(api: TypeChecker, function: nodes.FuncItem, node: Node) -> list[Computed]:
    """The attributes that are computed on a path to ``node``, and neither overwritten nor refreshed on the way."""
    found: set[Computed] = set()

    def step(current: Node, before: frozenset[Computed]) -> frozenset[Computed]:
        if current is node:
            found.update(before)
        overwritten = _targets(current)
        if not overwritten:
            return before
        kept = {known for known in before if not any(_overwrites(path, known) for path in overwritten)}
        return frozenset(kept | set(_computed(api, current)))

    follow(function.body, step, lambda expr: never_returns(api, expr))
    return sorted(found, key=lambda computed: (computed.statement.line, computed.statement.column))


def _targets(node: Node) -> list[Path]:
    """The variables and attributes that a node gives a new value; for a refreshed row, the row."""
    match node:
        case AssignmentStmt(lvalues=lvalues):
            bound = [part for lvalue in lvalues for part in walk_scope(lvalue)]
        case OperatorAssignmentStmt(lvalue=lvalue) | nodes.AssignmentExpr(target=lvalue) | nodes.ForStmt(index=lvalue):
            bound = list(walk_scope(lvalue))
        case nodes.WithStmt(target=targets):
            bound = [part for target in targets if target is not None for part in walk_scope(target)]
        case CallExpr(callee=MemberExpr(expr=row, name=name)) if name in REFRESHING:
            bound = [row]
        case _:
            return []
    outer = {part.expr for part in bound if isinstance(part, MemberExpr)}
    paths = [path_of(part) for part in bound if isinstance(part, NameExpr | MemberExpr) and part not in outer]
    return [path for path in paths if path is not None]


def _overwrites(path: Path, known: Computed) -> bool:
    """Whether a new value for ``path`` makes another object of the row, or another value of the field."""
    whole = (*known.row, known.target.name)
    return whole[: len(path)] == path


def _computed(api: TypeChecker, node: Node) -> Iterator[Computed]:
    match node:
        case OperatorAssignmentStmt(lvalue=MemberExpr() as target, rvalue=value):
            row = path_of(target.expr)
            if row is not None and not _is_expression(api, value):
                yield Computed(row, target, node)
        case AssignmentStmt(lvalues=lvalues, rvalue=value):
            for assigned in lvalues:
                whole = path_of(assigned)
                if not isinstance(assigned, MemberExpr) or whole is None or _is_expression(api, value):
                    continue
                if _reads(value, whole):
                    yield Computed(whole[:-1], assigned, node)
        case _:
            return


def _reads(value: Expression, path: Path) -> bool:
    """Whether a value is computed from an attribute; ``given or row.name`` only keeps what is there, as does
    ``row.name if row.name else given``."""
    match value:
        case nodes.ConditionalExpr(cond=condition, if_expr=first, else_expr=second):
            asked = [node for node in walk_scope(condition) if isinstance(node, MemberExpr) and path_of(node) == path]
            decides = any(not is_presence(condition, read) for read in asked)
            return decides or any(path_of(part) != path and _reads(part, path) for part in (first, second))
        case nodes.OpExpr(op="or" | "and", left=first, right=second):
            return any(path_of(part) != path and _reads(part, path) for part in (first, second))
        case _:
            return any(isinstance(node, MemberExpr) and path_of(node) == path for node in walk_scope(value))


def _is_expression(api: TypeChecker, value: Expression) -> bool:
    """Whether the database computes the value: ``F("total") + 1``, any query expression."""
    typ = get_proper_type(api.lookup_type(value)) if api.has_type(value) else None
    if isinstance(typ, Instance) and typ.type.has_base(names.COMBINABLE):
        return True
    return any(
        isinstance(node, CallExpr) and isinstance(node.callee, nodes.RefExpr) and node.callee.fullname == names.F
        for node in walk_scope(value)
    )
