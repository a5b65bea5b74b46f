"""Which functions of the checked code may hand out rows that they have locked with ``select_for_update``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import MemberExpr
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.functions import FunctionCalls, remember_callers
from mypy_deckrules.facts.metadata import recall

LOCKS: Final = "locks"
"""Topic of the functions that call ``select_for_update``."""

LOCKING: Final = frozenset({"select_for_update"})


def remember_locks(api: SemanticAnalyzer, functions: Iterable[FunctionCalls]) -> None:
    """Keep which functions of the module at work call ``select_for_update``."""
    remember_callers(api, LOCKS, functions, lambda callee: isinstance(callee, MemberExpr) and callee.name in LOCKING)


def locks(api: TypeChecker, fullname: str | None) -> bool:
    """Whether a function of the checked code calls ``select_for_update``: the rows that it returns may be locked."""
    return fullname is not None and recall(api, LOCKS, fullname) is not None
