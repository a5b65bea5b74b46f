"""Which functions of the checked code hand out rows that they have locked with ``select_for_update``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import MemberExpr
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.functions import FunctionCalls
from mypy_deckrules.facts.metadata import recall, remember_all
from mypy_deckrules.facts.returns import TOPIC as RECIPES

LOCKS: Final = "locks"
"""Topic of the functions that call ``select_for_update``."""

LOCKING: Final = frozenset({"select_for_update"})

DEPTH: Final = 10
"""How many functions may stand behind one another."""


def remember_locks(api: SemanticAnalyzer, functions: Iterable[FunctionCalls]) -> None:
    """Keep which functions of the module at work call ``select_for_update``."""
    prefix = f"{api.cur_mod_node.fullname}."
    remember_all(
        api, LOCKS, {read.function.fullname.removeprefix(prefix): {} for read in functions if _locks_itself(read)}
    )


def _locks_itself(read: FunctionCalls) -> bool:
    return any(isinstance(call.callee, MemberExpr) and call.callee.name in LOCKING for call in read.calls)


def locks(api: TypeChecker, fullname: str | None, depth: int = DEPTH) -> bool:
    """Whether a function of the checked code may lock the rows that it returns: it, or one whose result it returns."""
    if fullname is None or not depth:
        return False
    if recall(api, LOCKS, fullname) is not None:
        return True
    fact = recall(api, RECIPES, fullname)
    return fact is not None and _calls_locking(api, fact["recipe"], depth)


def _calls_locking(api: TypeChecker, recipe: object, depth: int) -> bool:
    match recipe:
        case ["function", str(fullname), _] if locks(api, fullname, depth - 1):
            return True
        case list():
            return any(_calls_locking(api, part, depth) for part in recipe)
        case _:
            return False
