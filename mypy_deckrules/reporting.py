"""How a finding becomes one of mypy's errors, in both of mypy's phases."""

from __future__ import annotations

from mypy.checker import TypeChecker
from mypy.errorcodes import ErrorCode
from mypy.nodes import ClassDef, Context, FuncDef, IfStmt, MypyFile
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.findings import Finding


def module_of(api: TypeChecker | SemanticAnalyzer) -> MypyFile:
    """The tree of the module at work."""
    return api.tree if isinstance(api, TypeChecker) else api.cur_mod_node


def report(api: TypeChecker | SemanticAnalyzer, finding: Finding, code: ErrorCode) -> None:
    """Hand a finding to mypy."""
    spot = _header(finding.node)
    if isinstance(api, TypeChecker):
        # While mypy tries the items of an overloaded callable it watches for errors; one of ours would make it refuse
        # the item (python/mypy#7367). A finding says nothing about types, so it goes past the watchers.
        watchers, api.errors._watchers = api.errors._watchers, []
        try:
            api.fail(finding.message, spot, code=code)
        finally:
            api.errors._watchers = watchers
    else:
        api.errors.report(
            spot.line, spot.column, finding.message, code=code, end_line=spot.end_line, end_column=spot.end_column
        )


def _header(node: Context) -> Context:
    """Where to point at: a function or class is marked at its name, an ``if`` at its test, not over the whole body."""
    if not isinstance(node, FuncDef | ClassDef | IfStmt):
        return node
    spot = Context(node.line, node.column)
    if isinstance(node, IfStmt):
        spot.end_line, spot.end_column = node.expr[0].end_line, node.expr[0].end_column
    else:
        keyword = "class" if isinstance(node, ClassDef) else "async def" if node.is_coroutine else "def"
        spot.end_line, spot.end_column = node.line, node.column + len(f"{keyword} {node.name}")
    return spot
