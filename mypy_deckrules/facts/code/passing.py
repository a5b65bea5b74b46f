"""Does a function hand its arguments on as they are?

Asked of the methods of a task's class (a ``__call__`` that loads rows for the keys it is given changes what the task's
parameters mean), and of the decorators that stand between a task's decorator and its function.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from mypy import nodes
from mypy.nodes import ARG_POS, ARG_STAR, ARG_STAR2, CallExpr, Decorator, FuncDef, Node, RefExpr, SymbolNode

from mypy_deckrules.facts.code.tree import walk, walk_body

MUTATORS: Final = frozenset({"append", "clear", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"})


def hands_on(function: FuncDef, forwards: Callable[[CallExpr], bool]) -> bool:
    """Whether ``def function(self, *args, **kwargs)`` makes the calls that ``forwards`` accepts, each of them with
    exactly ``*args, **kwargs`` (and ``self``), and changes none of these before.
    """
    own = {argument.variable for argument in function.arguments}
    if any(changes(node, own) for node in walk(function.body)):
        return False
    given = [(argument.kind, argument.variable) for argument in function.arguments]
    if [kind for kind, _ in given if kind != ARG_POS] != [ARG_STAR, ARG_STAR2]:
        return False
    calls = [node for node in walk(function.body) if isinstance(node, CallExpr) and forwards(node)]
    return bool(calls) and all(_passed(call) in (given, given[1:]) for call in calls)


def is_transparent(decorator: FuncDef) -> bool:
    """Whether a decorator gives back its function, or one that calls it with the arguments it is given."""
    if not decorator.arguments:
        return False
    function = decorator.arguments[0].variable

    def calls_it(call: CallExpr) -> bool:
        return isinstance(call.callee, RefExpr) and call.callee.node is function

    results = list(_results(decorator))
    return bool(results) and all(
        result is function or (isinstance(result, FuncDef) and hands_on(result, calls_it)) for result in results
    )


def makes_transparent(factory: FuncDef) -> bool:
    """Whether a function gives back decorators that are transparent: it is used as ``@factory(...)``."""
    results = list(_results(factory))
    return bool(results) and all(isinstance(result, FuncDef) and is_transparent(result) for result in results)


def _results(function: FuncDef) -> Iterator[SymbolNode | None]:
    """What the names that a function returns stand for; None for an expression that is no name."""
    for node in walk_body(function):
        if isinstance(node, nodes.ReturnStmt):
            target = node.expr.node if isinstance(node.expr, RefExpr) else None
            yield target.func if isinstance(target, Decorator) else target


def _passed(call: CallExpr) -> list[tuple[nodes.ArgKind, SymbolNode | None]]:
    names = [expr.node if isinstance(expr, RefExpr) else None for expr in call.args]
    return list(zip(call.arg_kinds, names, strict=True))


def changes(node: Node, variables: Collection[SymbolNode]) -> bool:
    """Whether a statement or expression binds one of the variables, or changes what it holds."""
    match node:
        case nodes.AssignmentStmt(lvalues=targets):
            changed = list(targets)
        case (
            nodes.OperatorAssignmentStmt(lvalue=target)
            | nodes.DelStmt(expr=target)
            | nodes.ForStmt(index=target)
            | nodes.AssignmentExpr(target=target)
        ):
            changed = [target]
        case CallExpr(callee=nodes.MemberExpr(expr=target, name=name)) if name in MUTATORS:
            changed = [target]
        case _:
            return False
    return any(_is_part_of(part, variables) for target in changed for part in walk(target))


def _is_part_of(node: Node, variables: Collection[SymbolNode]) -> bool:
    return isinstance(node, RefExpr) and node.node in variables
