"""The functions of a module and the methods that they call, read when its names are resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mypy import nodes
from mypy.nodes import CallExpr, ClassDef, Decorator, Expression, FuncDef, MemberExpr, MypyFile, NameExpr, Statement
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.modules import definitions, names_used
from mypy_deckrules.facts.code.tree import names_in, walk
from mypy_deckrules.facts.metadata import remember_all


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


def functions(tree: MypyFile, names: frozenset[str]) -> Iterator[FunctionCalls]:
    """The functions of a module and the methods of its classes, with their calls of what has one of those names."""
    return _functions(tree.defs, names & names_used(tree))


def _functions(body: list[Statement], names: frozenset[str]) -> Iterator[FunctionCalls]:
    for statement in definitions(body):
        match statement:
            case FuncDef():
                yield FunctionCalls(statement, [], _calls(statement.body, names))
            case Decorator(func=function, original_decorators=decorators):
                yield FunctionCalls(function, decorators, _calls(function.body, names))
            case ClassDef(defs=block):
                yield from _functions(block.body, names)
            case _:
                pass


def _calls(body: nodes.Block, names: frozenset[str]) -> list[CallExpr]:
    if not names or names.isdisjoint(names_in(body)):  # as in most functions of most projects
        return []
    calls = (node for node in walk(body) if isinstance(node, CallExpr))
    return [call for call in calls if isinstance(call.callee, MemberExpr | NameExpr) and call.callee.name in names]


def remember_callers(
    api: SemanticAnalyzer, topic: str, functions: Iterable[FunctionCalls], is_meant: Callable[[Expression], bool]
) -> None:
    """Keep, on a topic, which functions of the module at work call what is meant.

    Args:
        is_meant: asked about what a call names.
    """
    prefix = f"{api.cur_mod_node.fullname}."
    callers = (read.function for read in functions if any(is_meant(call.callee) for call in read.calls))
    remember_all(api, topic, {function.fullname.removeprefix(prefix): {} for function in callers})
