"""What a name stands for, where the code shows it."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.checker import TypeChecker
from mypy.nodes import (
    AssignmentExpr,
    AssignmentStmt,
    DelStmt,
    Expression,
    ForStmt,
    FuncItem,
    ListExpr,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    StarExpr,
    TupleExpr,
    Var,
    WithStmt,
)

from mypy_deckrules.facts.tree import walk


def bound_value(api: TypeChecker, expr: Expression) -> Expression:
    """The expression that a variable stands for, where all that binds it is one assignment before, in the same function
    or module; any other expression stands for itself.
    """
    if not isinstance(expr, NameExpr) or not isinstance(expr.node, Var):
        return expr
    variable = expr.node
    function = api.scope.top_level_function()
    if function is not None and not _is_global(variable):
        root: Node = function
        if any(variable in _arguments(node) for node in walk(root) if isinstance(node, FuncItem)):
            return expr
    elif variable.fullname == f"{api.tree.fullname}.{variable.name}":
        root = api.tree
    else:
        return expr
    bindings = [node for node in walk(root) if any(_names(target, variable) for target in _targets(node))]
    match bindings:
        case [AssignmentStmt(lvalues=lvalues, rvalue=value)] if all(
            isinstance(item, NameExpr) for item in lvalues
        ) and _ends_before(value, expr):
            return value
        case _:
            return expr


def _ends_before(earlier: Expression, later: Expression) -> bool:
    return (earlier.end_line or 0, earlier.end_column or 0) <= (later.line, later.column)


def _is_global(variable: Var) -> bool:
    return "." in variable.fullname


def _arguments(function: FuncItem) -> Iterator[Var]:
    return (argument.variable for argument in function.arguments)


def _targets(node: Node) -> list[Expression]:
    """The expressions that ``node`` binds."""
    match node:
        case AssignmentStmt():
            return node.lvalues
        case OperatorAssignmentStmt():
            return [node.lvalue]
        case AssignmentExpr(target=target):
            return [target]
        case ForStmt(index=index):
            return [index]
        case WithStmt():
            return [target for target in node.target if target is not None]
        case DelStmt(expr=expr):
            return [expr]
        case _:
            return []


def _names(target: Expression, variable: Var) -> bool:
    """Whether ``variable`` is bound when ``target`` is."""
    match target:
        case NameExpr(node=node):
            return node is variable
        case TupleExpr(items=items) | ListExpr(items=items):
            return any(_names(item, variable) for item in items)
        case StarExpr(expr=inner):
            return _names(inner, variable)
        case _:
            return False
