"""What methods of tasks that take different parameters have in common: ``{"ship": ship.delay, "bill": bill.delay}``."""

from __future__ import annotations

from mypy.nodes import ClassDef, FuncDef
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, Instance

from mypy_deckrules.facts.tasks.classes import PASSING_ON, open_class


def join_methods(api: SemanticAnalyzer, task: ClassDef) -> None:
    """Let the methods of tasks that take different parameters have something in common: a function that takes anything.

    mypy joins two such callables to what both fall back to: ``builtins.function``, which it refuses to call.

    Args:
        task: Celery's class, whose body has not been analysed yet.
    """
    function = open_class(api, "function", api.named_type("builtins.function"), ["__call__"])
    fallback = Instance(function, [])
    for statement in task.defs.body:
        if isinstance(statement, FuncDef) and statement.name in PASSING_ON:
            for typ in (statement.type, statement.unanalyzed_type):
                if isinstance(typ, CallableType):
                    typ.fallback = fallback
