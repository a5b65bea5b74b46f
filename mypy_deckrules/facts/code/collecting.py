"""What code puts into the collection that a variable holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.nodes import CallExpr, Expression, MemberExpr, NameExpr, Node, Var

PUTTING: Final = frozenset({"append", "appendleft", "extend", "insert", "add", "update", "setdefault"})
"""The methods of lists, deques, sets and dicts whose last argument they take in."""


def put_into(variable: Var, node: Node) -> Iterator[Expression]:
    """What ``node`` itself puts into the collection in a variable: an item, or a collection of items."""
    match node:
        case CallExpr(callee=MemberExpr(expr=NameExpr(node=grown), name=name), args=[*_, item]) if name in PUTTING:
            pass
        case nodes.OperatorAssignmentStmt(lvalue=NameExpr(node=grown), rvalue=item):
            pass
        case nodes.AssignmentStmt(lvalues=[nodes.IndexExpr(base=NameExpr(node=grown))], rvalue=item):
            pass
        case _:
            return
    if grown is variable:
        yield item
