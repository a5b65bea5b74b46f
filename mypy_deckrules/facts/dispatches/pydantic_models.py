"""Tasks with ``pydantic=True``: which models Celery itself turns into a dict when they are sent.

Celery 5.5 and 5.6 validate in the worker what was sent, which had to be a dict; 5.7 also dumps what the caller gives
(``celery.app.base.pydantic_wrapper``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar

from mypy.checker import TypeChecker
from mypy.types import CallableType, Instance, NoneType, Parameters, ProperType, Type, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.cache import release_of
from mypy_deckrules.facts.code.own_types import ANY
from mypy_deckrules.facts.dispatches.values import SentArgument
from mypy_deckrules.facts.tasks.definitions import TaskDefinition, TaskParameter
from mypy_deckrules.facts.tasks.known_tasks import task_option

KNOWS_MODELS: Final = (5, 5)
"""The first Celery that knows ``pydantic=True``."""

DUMPS_MODELS: Final = (5, 7)
"""The first Celery that turns models into dicts."""


T = TypeVar("T", Parameters, CallableType)


def taking_dumps(api: TypeChecker, parameters: T) -> T:
    """The parameters of a task with ``pydantic=True`` as callers see them: a model may be sent as a dict."""
    dump = api.named_generic_type("builtins.dict", [api.named_type("builtins.str"), ANY])
    types = [UnionType.make_union([typ, dump]) if any(_models(typ)) else typ for typ in parameters.arg_types]
    return parameters.copy_modified(arg_types=types)


def is_validated(task: TaskDefinition, parameter: TaskParameter) -> bool:
    """Whether Celery makes the model that a parameter is annotated with out of what was sent for it."""
    return not parameter.kind.is_star() and _knows_models(task) and is_one_model(parameter.type)


def is_dumped_result(task: TaskDefinition) -> bool:
    """Whether Celery turns the model that a task returns into a dict."""
    return task.returns is not None and _knows_models(task) and is_one_model(task.returns)


def _knows_models(task: TaskDefinition) -> bool:
    option = task_option(task.api, task.name, task.base, "pydantic")
    return option is not None and option.value is not False and release_of("celery") >= KNOWS_MODELS


def is_dumped(parameters: Parameters, value: SentArgument) -> bool:
    """Whether Celery turns a value into a dict when it is given to a task with ``pydantic=True``.

    It does so with a model that is just what the parameter is annotated with; a subclass would not come back as itself.
    """
    if release_of("celery") < DUMPS_MODELS:
        return False
    sent = {item.type if isinstance(item, Instance) else None for item in _choices(value.type)}
    return any(
        len(models) == 1 and sent == {models[0].type}
        for name, typ in zip(parameters.arg_names, parameters.arg_types, strict=True)
        if value.keyword in (None, name) and (models := list(_models(typ)))
    )


def takes_model(parameters: CallableType) -> bool:
    """Whether one of the parameters of a function is, or may be, a pydantic model."""
    return any(any(_models(typ)) for typ in parameters.arg_types)


def is_one_model(typ: Type) -> bool:
    """Whether a type is one pydantic model, or it and ``None``: what ``pydantic=True`` validates and dumps."""
    return len(_choices(typ)) == 1 and any(_models(typ))


def _models(typ: Type) -> Iterator[Instance]:
    return (item for item in _choices(typ) if isinstance(item, Instance) and item.type.has_base(names.PYDANTIC_MODEL))


def _choices(typ: Type) -> list[ProperType]:
    """The types that a type stands for, ``None`` left out."""
    proper = get_proper_type(typ)
    items = map(get_proper_type, proper.items) if isinstance(proper, UnionType) else [proper]
    return [item for item in items if not isinstance(item, NoneType)]
