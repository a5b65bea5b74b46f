"""What a method of a view returns when one of the view's actions is run."""

from __future__ import annotations

from collections.abc import Iterator

from mypy import nodes
from mypy.nodes import Block, Expression, FuncDef, MemberExpr, NameExpr

from mypy_deckrules.facts.code.tree import walk_scope


def returned_for(function: FuncDef, action: str) -> list[Expression]:
    """The values that a method may return while the action ``list`` or ``retrieve`` of its view answers a request."""
    return list(_returned(function.body, action))


def _returned(block: Block, action: str) -> Iterator[Expression]:
    for statement in block.body:
        if isinstance(statement, nodes.IfStmt):
            branches, is_left = _taken(statement, action)
            for branch in branches:
                yield from _returned(branch, action)
            if is_left:
                return
        elif isinstance(statement, nodes.ReturnStmt):
            if statement.expr is not None:
                yield statement.expr
            return
        else:
            found = (node.expr for node in walk_scope(statement) if isinstance(node, nodes.ReturnStmt))
            yield from (value for value in found if value is not None)


def _taken(statement: nodes.IfStmt, action: str) -> tuple[list[Block], bool]:
    """The branches that the action may take, and whether it is sure to leave the method there."""
    branches = []
    for conditions, branch in zip(statement.expr, statement.body, strict=True):
        truth = _truth(conditions, action)
        if truth is not False:
            branches.append(branch)
        if truth is True:
            break
    else:
        if statement.else_body is None:
            return branches, False
        branches.append(statement.else_body)
    return branches, all(_leaves(branch) for branch in branches)


def _leaves(branch: Block) -> bool:
    return isinstance(branch.body[-1], nodes.ReturnStmt | nodes.RaiseStmt)


def _truth(condition: Expression, action: str) -> bool | None:
    """What a test of ``self.action`` or ``self.request.method`` comes to; None where that cannot be told."""
    match condition:
        case nodes.UnaryExpr(op="not", expr=inner):
            truth = _truth(inner, action)
            return None if truth is None else not truth
        case nodes.ComparisonExpr(operators=["==" | "in" | "!=" | "not in" as operator], operands=[tested, against]):
            value, names = _tested(tested, action), _texts(against)
            return None if value is None or names is None else (value in names) is (operator in ("==", "in"))
        case _:
            return None


def _tested(expr: Expression, action: str) -> str | None:
    match expr:
        case MemberExpr(expr=NameExpr(name="self"), name="action"):
            return action
        case MemberExpr(expr=MemberExpr(expr=NameExpr(name="self"), name="request"), name="method"):
            return "GET"
        case _:
            return None


def _texts(expr: Expression) -> list[str] | None:
    match expr:
        case nodes.StrExpr(value=value):
            return [value]
        case nodes.TupleExpr(items=items) | nodes.ListExpr(items=items) | nodes.SetExpr(items=items):
            texts = [item.value for item in items if isinstance(item, nodes.StrExpr)]
            return texts if len(texts) == len(items) else None
        case _:
            return None
