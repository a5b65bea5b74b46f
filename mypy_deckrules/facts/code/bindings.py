"""What a name stands for, where the code shows it."""

from __future__ import annotations

from mypy.checker import TypeChecker
from mypy.nodes import AssignmentExpr, AssignmentStmt, Expression, FuncItem, MypyFile, NameExpr, Var
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.reaching import Binding, reaching


def bound_value(api: TypeChecker | SemanticAnalyzer, expr: Expression) -> Expression:
    """The expression that a variable stands for, where all paths lead from one assignment; any other expression stands
    for itself. While names are resolved, that is told of a module's variables alone.
    """
    if not isinstance(expr, NameExpr) or not isinstance(expr.node, Var):
        return expr
    tree = api.tree if isinstance(api, TypeChecker) else api.cur_mod_node
    stack = api.scope.stack if isinstance(api, TypeChecker) else [tree]
    places = [place for place in reversed(stack) if isinstance(place, FuncItem | MypyFile)]
    if "." in expr.node.fullname:  # a name of a module
        places = [tree] if expr.node.fullname == f"{tree.fullname}.{expr.name}" else []
    bound = next(filter(None, (reaching(place, expr) for place in places)), [])
    match bound:
        case [Binding(node=AssignmentStmt() | AssignmentExpr(), target=NameExpr(), value=Expression() as value)]:
            is_before = (value.end_line or 0, value.end_column or 0) <= (expr.line, expr.column)
            return value if is_before else expr
        case _:
            return expr
