"""The table of children knows every node that mypy has."""

from __future__ import annotations

import inspect

from mypy import nodes, patterns

from mypy_deckrules.facts.code.tree import CHILDREN

NO_SYNTAX = {
    # Symbols and abstract bases: they are no part of the tree that a parser makes.
    "Node", "Statement", "Expression", "Pattern", "RefExpr", "SymbolNode", "FuncBase", "FuncItem", "ImportBase",
    "TypeVarLikeExpr", "TypeInfo", "TypeAlias", "Var", "PlaceholderNode", "FakeInfo", "FakeExpression", "Lvalue",
    "ParsedTypeAlias",
}  # fmt: skip


def test_every_node_class_is_known() -> None:
    known = {cls.__name__ for cls in CHILDREN} | NO_SYNTAX
    existing = {
        name
        for module in (nodes, patterns)
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, nodes.Node) and cls.__module__ == module.__name__
    }
    assert existing - known == set()


def test_every_child_attribute_exists() -> None:
    missing = [
        f"{cls.__name__}.{attribute}"
        for cls, attributes in CHILDREN.items()
        for attribute in attributes
        if not hasattr(cls, attribute)
    ]
    assert missing == []
