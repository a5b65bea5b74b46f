"""What methods of tasks that take different parameters have in common: ``{"ship": ship.delay, "bill": bill.delay}``."""

from __future__ import annotations

from mypy.nodes import ARG_STAR, ARG_STAR2, MDEF, ClassDef, FuncDef, SymbolTableNode, TypeInfo, Var
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, Instance

from mypy_deckrules.facts.tasks.classes import ANY, PASSING_ON, made_up_class


def join_methods(api: SemanticAnalyzer, task: ClassDef) -> None:
    """Let the methods of tasks that take different parameters have something in common: a function that takes anything.

    mypy joins two such callables to what both fall back to: ``builtins.function``, which it refuses to call.

    Args:
        task: Celery's class, whose body has not been analysed yet.
    """
    fallback = Instance(_function(api), [])
    for statement in task.defs.body:
        if isinstance(statement, FuncDef) and statement.name in PASSING_ON:
            for typ in (statement.type, statement.unanalyzed_type):
                if isinstance(typ, CallableType):
                    typ.fallback = fallback


def _function(api: SemanticAnalyzer) -> TypeInfo:
    """The class of functions that take anything."""
    info = made_up_class(api.cur_mod_node, "function")
    function = api.named_type("builtins.function")
    info.bases = [function]
    info.mro = [info, *function.type.mro]
    info.metaclass_type = info.calculate_metaclass_type()
    call = Var("__call__", CallableType([ANY, ANY], [ARG_STAR, ARG_STAR2], [None, None], ANY, function))
    call.info = info
    call._fullname = f"{info.fullname}.__call__"
    info.names["__call__"] = SymbolTableNode(MDEF, call, plugin_generated=True)
    return info
