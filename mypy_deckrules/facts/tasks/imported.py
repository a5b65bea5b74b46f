"""Tasks of modules that are imported by a name in the code: ``import_module("shop.tasks").ship.delay(17)``.

Projects do so to break a cycle of imports. mypy gives the call a ``ModuleType``, of which every attribute is Any. Here
such an attribute is bound to the task that it stands for, as mypy binds one of a module that an ``import`` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from mypy import nodes
from mypy.nodes import (
    GDEF,
    CallExpr,
    Decorator,
    Expression,
    MemberExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    StrExpr,
    SymbolTableNode,
    Var,
)
from mypy.options import Options as MypyOptions
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.sources import findable, imports, text_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.tasks.sketches import maker_in

_IMPORT: Final = re.compile(r"""\bimport_module\(\s*["'](?P<module>\w+(\.\w+)*)["']""")


def modules_imported(tree: MypyFile, mypy_options: MypyOptions) -> Iterator[str]:
    """The modules that a module, as parsed, imports by their names, where mypy can find them."""
    text = text_of(tree, mypy_options) if imports(tree, "importlib") else ""
    return findable({match["module"] for match in _IMPORT.finditer(text)}, tree, mypy_options)


def bind_imported_tasks(api: SemanticAnalyzer) -> None:
    """Bind what the module at work calls tasks of such modules, when its names are resolved.

    Such a task gets a hidden name in the module, as if it were imported: names are looked up again when the daemon
    checks a function again.
    """
    tree = api.cur_mod_node
    if not imports(tree, "importlib"):
        return
    modules: dict[Var, set[str | None]] = {}
    methods: list[tuple[MemberExpr, MemberExpr]] = []
    for node in walk(tree):
        match node:
            case nodes.AssignmentStmt(lvalues=[NameExpr(node=Var() as variable)], rvalue=value):
                modules.setdefault(variable, set()).add(_module(value))
            case MemberExpr(expr=MemberExpr(node=None) as member):
                methods.append((node, member))
    for method, member in methods:
        symbol = _symbol(api, member, modules)
        if symbol is not None and _is_task(api, symbol.node):
            method.expr = _named(tree, member, symbol)


def _named(tree: MypyFile, member: MemberExpr, symbol: SymbolTableNode) -> NameExpr:
    """A name for a task in the module, in place of ``member``."""
    name = NameExpr(f"{symbol.fullname}@import")
    name.set_line(member)
    name.node, name.kind, name.fullname = symbol.node, GDEF, symbol.fullname or ""
    tree.names[name.name] = SymbolTableNode(
        GDEF, symbol.node, module_public=False, module_hidden=True, plugin_generated=True
    )
    return name


def _symbol(
    api: SemanticAnalyzer, member: MemberExpr, modules: Mapping[Var, set[str | None]]
) -> SymbolTableNode | None:
    """What an attribute of a module that is imported by its name stands for."""
    match member.expr:
        case NameExpr(node=Var() as variable):
            found = modules.get(variable, set())
            name = next(iter(found)) if len(found) == 1 else None
        case expr:
            name = _module(expr)
    tree = api.modules.get(name) if name is not None else None
    return tree.names.get(member.name) if tree is not None else None


def _module(expr: Expression) -> str | None:
    """The module that an expression imports."""
    match expr:
        case CallExpr(callee=RefExpr(fullname=names.IMPORT_MODULE), args=[StrExpr(value=name)]):
            return name
        case _:
            return None


def _is_task(api: SemanticAnalyzer, node: nodes.SymbolNode | None) -> bool:
    """Whether a function is decorated with what makes tasks."""
    for decorator in node.original_decorators if isinstance(node, Decorator) else ():
        match without_arguments(decorator):
            case MemberExpr(name="task") | RefExpr(fullname=names.SHARED_TASK):
                return True
        if maker_in(api, decorator) is not None:
            return True
    return False
