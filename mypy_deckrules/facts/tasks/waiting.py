"""What lets a task wait for the result of another: Celery's ``allow_join_result``, and what a project makes of it.

https://docs.celeryq.dev/en/stable/reference/celery.result.html#celery.result.allow_join_result
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import ConditionalExpr, Expression, MemberExpr, RefExpr, TypeInfo
from mypy.semanal import SemanticAnalyzer
from mypy.types import get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.classes import method_definition
from mypy_deckrules.facts.code.contexts import entered
from mypy_deckrules.facts.code.functions import FunctionCalls, remember_callers
from mypy_deckrules.facts.code.position import Position
from mypy_deckrules.facts.metadata import recall

ALLOWS: Final = "allows"
"""Topic of the functions that call ``allow_join_result``."""

ALLOWING: Final = frozenset({"allow_join_result"})


def remember_allowing(api: SemanticAnalyzer, functions: Iterable[FunctionCalls]) -> None:
    """Keep which functions of the module at work call ``allow_join_result``."""
    remember_callers(
        api,
        ALLOWS,
        functions,
        lambda callee: isinstance(callee, RefExpr) and callee.fullname == names.ALLOW_JOIN_RESULT,
    )


def may_wait(position: Position) -> bool:
    """Whether a node runs where waiting is allowed: by a context manager that is entered around it, or by a decorator
    of a function that it stands in."""
    return any(_allows(position.api, expr) for expr in _around(position))


def _around(position: Position) -> Iterator[Expression]:
    for step in position.outwards():
        yield from entered(*step)
    place = position.of_function()
    while place is not None:
        yield from place.decorators()
        place = place.of_function()


def _allows(api: TypeChecker, expr: Expression) -> bool:
    """Whether a context manager or a decorator is ``allow_join_result``, or one of the checked code that calls it."""
    match bound_value(api, expr):
        case ConditionalExpr(if_expr=first, else_expr=second):
            return _allows(api, first) or _allows(api, second)
        case made:
            callee = without_arguments(made)
    match callee:
        case RefExpr(fullname=names.ALLOW_JOIN_RESULT):
            return True
        case RefExpr(fullname=fullname, node=TypeInfo()):
            makers = [f"{fullname}.{method}" for method in ("__init__", "__enter__")]
        case RefExpr(fullname=fullname) if fullname:
            makers = [fullname]
        case MemberExpr(expr=receiver, name=name) if api.has_type(receiver):
            makers = [method_definition(get_proper_type(api.lookup_type(receiver)), name) or name]
        case _:
            makers = []
    return any(recall(api, ALLOWS, maker) is not None for maker in makers)
