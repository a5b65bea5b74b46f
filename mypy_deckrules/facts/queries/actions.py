"""What a method of a view returns when one of the view's actions is run."""

from __future__ import annotations

from collections.abc import Iterator

from mypy import nodes, patterns
from mypy.nodes import Block, Expression, FuncDef, MemberExpr, NameExpr, RefExpr

from mypy_deckrules.facts.code.tree import walk_scope


def returned_for(function: FuncDef, action: str) -> list[Expression]:
    """The values that a method may return while the action ``list`` or ``retrieve`` of its view answers a request."""
    return list(_returned(function.body, action))


def _returned(block: Block, action: str) -> Iterator[Expression]:
    for statement in block.body:
        if isinstance(statement, nodes.IfStmt | nodes.MatchStmt):
            branches, is_left = _taken(statement, action)
            for branch in branches:
                yield from _returned(branch, action)
            if is_left:
                return
        elif isinstance(statement, nodes.ReturnStmt):
            if statement.expr is not None:
                yield _chosen(statement.expr, action)
            return
        else:
            found = (node.expr for node in walk_scope(statement) if isinstance(node, nodes.ReturnStmt))
            yield from (_chosen(value, action) for value in found if value is not None)


def _chosen(value: Expression, action: str) -> Expression:
    """The side of a conditional expression that the action takes; all of it, where that cannot be told."""
    while isinstance(value, nodes.ConditionalExpr) and (truth := _truth(value.cond, action)) is not None:
        value = value.if_expr if truth else value.else_expr
    return value


def _taken(statement: nodes.IfStmt | nodes.MatchStmt, action: str) -> tuple[list[Block], bool]:
    """The branches that the action may take, and whether it is sure to leave the method there."""
    taken = []
    for truth, branch in _branches(statement, action):
        if truth is not False:
            taken.append(branch)
        if truth is True:
            return taken, all(isinstance(each.body[-1], nodes.ReturnStmt | nodes.RaiseStmt) for each in taken)
    return taken, False


def _branches(statement: nodes.IfStmt | nodes.MatchStmt, action: str) -> Iterator[tuple[bool | None, Block]]:
    """The branches, each with what its test comes to when it is made."""
    if isinstance(statement, nodes.IfStmt):
        for condition, branch in zip(statement.expr, statement.body, strict=True):
            yield _truth(condition, action), branch
        if statement.else_body is not None:
            yield True, statement.else_body
    else:
        value = _tested(statement.subject, action)
        for pattern, guard, branch in zip(statement.patterns, statement.guards, statement.bodies, strict=True):
            truth = _matches(pattern, value)
            yield (truth if guard is None or truth is False else None), branch


def _matches(pattern: patterns.Pattern, value: str | None) -> bool | None:
    match pattern:
        case patterns.AsPattern(pattern=None):
            return True
        case patterns.ValuePattern(expr=nodes.StrExpr(value=text)) if value is not None:
            return text == value
        case patterns.OrPattern(patterns=options):
            matches = [_matches(option, value) for option in options]
            return True if True in matches else None if None in matches else False
        case _:
            return None


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
        case RefExpr(fullname="rest_framework.permissions.SAFE_METHODS"):
            return ["GET", "HEAD", "OPTIONS"]
        case _:
            return None
