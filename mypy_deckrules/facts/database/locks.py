"""Which functions of the checked code may hand out rows that they have locked with ``select_for_update``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import MemberExpr
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.functions import FunctionCalls
from mypy_deckrules.facts.metadata import recall, remember_all

LOCKS: Final = "locks"
"""Topic of the functions that call ``select_for_update``."""

LOCKING: Final = frozenset({"select_for_update"})


def remember_locks(api: SemanticAnalyzer, functions: Iterable[FunctionCalls]) -> None:
    """Keep which functions of the module at work call ``select_for_update``."""
    prefix = f"{api.cur_mod_node.fullname}."
    remember_all(
        api, LOCKS, {read.function.fullname.removeprefix(prefix): {} for read in functions if _locks_itself(read)}
    )


def _locks_itself(read: FunctionCalls) -> bool:
    return any(isinstance(call.callee, MemberExpr) and call.callee.name in LOCKING for call in read.calls)


def locks(api: TypeChecker, fullname: str | None) -> bool:
    """Whether a function of the checked code calls ``select_for_update``: the rows that it returns may be locked."""
    return fullname is not None and recall(api, LOCKS, fullname) is not None
