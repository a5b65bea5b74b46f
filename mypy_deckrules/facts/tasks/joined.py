"""What methods of tasks that take different parameters have in common: ``{"ship": ship.delay, "bill": bill.delay}``."""

from __future__ import annotations

from typing import Final

from mypy.nodes import (
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    GDEF,
    MDEF,
    Block,
    ClassDef,
    FuncDef,
    SymbolTable,
    SymbolTableNode,
    TypeInfo,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, Instance

from mypy_deckrules.facts.tasks.classes import ANY, PASSING_ON

NAME: Final = "function"
KEY: Final = f"{NAME}@task"
"""The class made up for it. The daemon, when it starts a module over, leaves names with an "@"."""


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
    """The class of functions that take anything, in the module's symbol table, so that the cache knows it."""
    tree = api.cur_mod_node
    known = tree.names.get(KEY)
    if known is not None and isinstance(known.node, TypeInfo):
        return known.node
    function = api.named_type("builtins.function")
    definition = ClassDef(NAME, Block([]))
    definition.fullname = f"{tree.fullname}.{KEY}"
    info = definition.info = TypeInfo(SymbolTable(), definition, tree.fullname)
    info.bases = [function]
    info.mro = [info, *function.type.mro]
    info.metaclass_type = info.calculate_metaclass_type()
    signature = CallableType(
        [ANY, ANY, ANY], [ARG_POS, ARG_STAR, ARG_STAR2], ["self", "args", "kwargs"], ANY, function, name="__call__"
    )
    call = FuncDef("__call__", [], Block([]), signature)
    call._fullname = f"{info.fullname}.__call__"
    call.info = info
    info.names["__call__"] = SymbolTableNode(MDEF, call, plugin_generated=True)
    tree.names[KEY] = SymbolTableNode(GDEF, info, module_public=False, module_hidden=True, plugin_generated=True)
    return info
