"""The task classes of a project: which change the arguments of their tasks, and the options that they set.

They are read when a module's names are resolved and kept with the module, so that they are known from the cache too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from mypy.checker import TypeChecker
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    ClassDef,
    FuncDef,
    MemberExpr,
    NameExpr,
    RefExpr,
    SuperExpr,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules import names
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.classes import classes
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.passing import hands_on
from mypy_deckrules.facts.metadata import Fact, recall, remember_all
from mypy_deckrules.facts.settings import Setting, fact_of, literal, setting_from

TOPIC: Final = "task class"

RUNNING: Final = ("__call__", "run")
"""The methods through which a worker comes to the task's function."""


def learn_task_classes(api: SemanticAnalyzer) -> None:
    """Write down which methods of the task classes of the module at work hand their arguments on, and which values
    their attributes have."""
    prefix = f"{api.cur_mod_id}."
    found = {
        definition.fullname.removeprefix(prefix): {
            "hands on": [function.name for function in _methods(definition) if _hands_on(function)],
            "options": dict(_options(api, definition)),
        }
        for definition in classes(api.cur_mod_node)
        if definition.info.has_base(names.TASK)
    }
    remember_all(api, TOPIC, found)


def changes_arguments(api: TypeChecker | SemanticAnalyzer, info: TypeInfo | None, method: str) -> bool:
    """Whether a class of a task, or one that it inherits from, overrides a method, and there does not hand on the
    task's arguments as they are. Of classes in stubs that is not known, but of ``Batches``.

    Args:
        method: ``__call__``, through which the worker runs the task, or one that sends it.
    """
    for ancestor in info.mro if info is not None else ():
        if ancestor.fullname in (names.TASK, names.DJANGO_TASK):
            return False
        if ancestor.fullname == names.BATCHES:
            return method in RUNNING
        if method in ancestor.names:
            fact = recall(api, TOPIC, ancestor.fullname)
            if fact is not None and method not in cast(list[str], fact["hands on"]):
                return True
    return False


def option_of(api: TypeChecker, info: TypeInfo, name: str) -> Setting | None:
    """The value that a task class's own body gives an option; None where that is no literal, or a mixin's."""
    fact = recall(api, TOPIC, info.fullname)
    options = cast(Mapping[str, Mapping[str, object]], fact["options"]) if fact is not None else {}
    return setting_from(options[name]) if name in options else None


def collects_requests(info: TypeInfo | None) -> bool:
    """Whether the worker runs a task once for many calls, with a list of what they asked for (``celery_batches``).

    It runs the function as ``task(requests)`` and logs what is raised (``celery_batches.trace.apply_batches_task``):
    nothing is retried, no result is stored, and no limits hold but the worker's.
    """
    return info is not None and info.has_base(names.BATCHES)


def _options(api: SemanticAnalyzer, definition: ClassDef) -> Iterator[tuple[str, Fact]]:
    for statement in definitions(definition.defs.body):
        if isinstance(statement, AssignmentStmt):
            setting = literal(bound_value(api, statement.rvalue))
            if setting.is_known:
                names_bound = (target.name for target in statement.lvalues if isinstance(target, NameExpr))
                yield from ((name, fact_of(setting)) for name in names_bound)


def _methods(definition: ClassDef) -> Iterator[FuncDef]:
    return (statement for statement in definitions(definition.defs.body) if isinstance(statement, FuncDef))


def _hands_on(method: FuncDef) -> bool:
    def goes_on(call: CallExpr) -> bool:
        match call.callee:
            case SuperExpr(name=name):
                return name in (method.name, *(RUNNING if method.name in RUNNING else ()))
            case MemberExpr(expr=NameExpr(node=Var(is_self=True)), name="run"):
                return method.name in RUNNING
            case MemberExpr(expr=RefExpr(node=TypeInfo()), name=name):
                return name == method.name
            case _:
                return False

    return hands_on(method, goes_on)
