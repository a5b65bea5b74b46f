"""The functions of a module and the methods that they call, read when its names are resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy import nodes
from mypy.nodes import CallExpr, ClassDef, Decorator, Expression, FuncDef, MemberExpr, NameExpr, Node, Statement

from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import CHILDREN


@dataclass(frozen=True, slots=True)
class FunctionCalls:
    """A function, and some of the calls in its body, inner functions included.

    Attributes:
        function: the function or method.
        decorators: its decorators.
        calls: in the order of the source.
    """

    function: FuncDef
    decorators: list[Expression]
    calls: list[CallExpr]


def functions(body: list[Statement], methods: frozenset[str]) -> Iterator[FunctionCalls]:
    """The functions of a module and the methods of its classes, with their calls of what has one of those names."""
    for statement in definitions(body):
        match statement:
            case FuncDef():
                yield FunctionCalls(statement, [], _calls(statement.body, methods))
            case Decorator(func=function, original_decorators=decorators):
                yield FunctionCalls(function, decorators, _calls(function.body, methods))
            case ClassDef(defs=block):
                yield from functions(block.body, methods)
            case _:
                pass


def _calls(body: nodes.Block, methods: frozenset[str]) -> list[CallExpr]:
    # It passes every expression of every project that is checked, so it is a plain loop.
    found = []
    stack: list[object] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, list | tuple):
            stack += reversed(node)
            continue
        if isinstance(node, nodes.Block) and node.is_unreachable:
            continue
        if isinstance(node, CallExpr):
            callee = node.callee
            if isinstance(callee, MemberExpr | NameExpr) and callee.name in methods:
                found.append(node)
        if isinstance(node, Node):
            stack += [getattr(node, attribute) for attribute in reversed(CHILDREN.get(type(node), ()))]
    return found
