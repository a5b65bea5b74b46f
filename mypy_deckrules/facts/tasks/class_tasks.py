"""Tasks that are written as a class with a ``run`` method."""

from __future__ import annotations

import re
from typing import Final

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ARG_POS, ARG_STAR, ARG_STAR2, ClassDef, Decorator, FuncDef, TypeInfo
from mypy.plugin import MethodContext
from mypy.semanal import SemanticAnalyzer
from mypy.types import AnyType, CallableType, Instance, Parameters, Type, TypeOfAny, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.classes import classes
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.tasks.bases import changes_arguments
from mypy_deckrules.facts.tasks.classes import PASSING_ON, task_info
from mypy_deckrules.facts.tasks.definitions import TaskDefinition, parameters_of, returns_of
from mypy_deckrules.facts.tasks.functions import body_at_work

ANY_ARGUMENTS: Final = [ARG_POS, ARG_STAR, ARG_STAR2]


def class_task(ctx: MethodContext, options: Options) -> TaskDefinition | None:
    """The task that a class is; None where it has no ``run`` of its own.

    Args:
        ctx: the call of ``__init_subclass__`` as which mypy checks a class statement.
    """
    api = ctx.api
    assert isinstance(api, TypeChecker)
    here = (node for node in definitions(body_at_work(api)) if isinstance(node, ClassDef))
    info = next((node.info for node in here if node.line == ctx.context.line), None)
    run = _run(info) if info is not None else None
    if info is None or run is None:
        return None
    parameters = list(parameters_of(run, skip=int(not run.is_static)))
    return TaskDefinition(
        api=api,
        options=options,
        name=re.sub(r"@\d+", "", info.fullname),  # as mypy marks a class in a function
        function=run,
        node=info.defn,
        parameters=parameters,
        taken=[] if changes_arguments(api, info, "__call__") else parameters,
        returns=returns_of(run),
        base=info,
        bound=not run.is_static,
        keywords={},
        added={},
        is_opaque=False,
    )


def parametrise_tasks(api: SemanticAnalyzer) -> None:
    """Make the task classes of the module at work derive from ``Task[P, R]``, with the parameters of their ``run``,
    where they derive from a bare ``Task``, or from a task with another ``run``.
    """
    plain = None
    for definition in classes(api.cur_mod_node):
        info = definition.info
        run = _run(info)
        if run is None or _sends_in_its_own_way(info) or changes_arguments(api, info, "__call__"):
            continue
        plain = plain or task_info(api)
        own = map_instance_to_supertype(Instance(info, list(info.defn.type_vars)), plain)
        is_bare = all(isinstance(get_proper_type(argument), AnyType) for argument in own.args)
        if is_bare or any(_run(base) is not None for base in info.mro[1:]):
            _derive(info, [_parameters(run), returns_of(run) or AnyType(TypeOfAny.unannotated)])


def _run(info: TypeInfo) -> FuncDef | None:
    symbol = info.names.get("run") if info.has_base(names.TASK) else None
    node = symbol.node if symbol is not None else None
    function = node.func if isinstance(node, Decorator) else node
    return function if isinstance(function, FuncDef) and function.arg_kinds != ANY_ARGUMENTS else None


def _sends_in_its_own_way(info: TypeInfo) -> bool:
    """Whether a class overrides what takes the task's arguments, other than by handing on any."""
    found = (info.names[method].node for method in PASSING_ON if method in info.names)
    return any(not isinstance(node, FuncDef) or node.arg_kinds != ANY_ARGUMENTS for node in found)


def _parameters(run: FuncDef) -> Parameters:
    skipped = int(not run.is_static)
    if isinstance(run.type, CallableType):
        typ = run.type
        return Parameters(typ.arg_types[skipped:], typ.arg_kinds[skipped:], typ.arg_names[skipped:])
    types: list[Type] = [AnyType(TypeOfAny.unannotated) for _ in run.arguments[skipped:]]
    return Parameters(types, run.arg_kinds[skipped:], run.arg_names[skipped:])


def _derive(info: TypeInfo, arguments: list[Type]) -> None:
    """Make a class derive from the nearest class with a task's parameters, with these."""
    nearest = next(base for base in info.mro if base.fullname in (names.TASK, names.DJANGO_TASK))
    direct = [base for base in info.bases if base.type is not nearest]
    info.bases = [Instance(nearest, arguments), *direct]
