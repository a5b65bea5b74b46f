"""How a task's arguments travel to the worker."""

from __future__ import annotations

from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Type

from mypy_deckrules.cache import release_of
from mypy_deckrules.config import Options
from mypy_deckrules.facts.dispatches.serialization import Misfit, Serializer, is_plain, misfit
from mypy_deckrules.facts.settings import Setting, celery_setting
from mypy_deckrules.facts.tasks.known_tasks import task_option

JSON: Final = "json"
"""What Celery uses where nobody says anything, and the default of the option."""


def refused(
    api: TypeChecker, options: Options, typ: Type, fullname: str | None, owner: TypeInfo | None
) -> Misfit | None:
    """What in a type does not reach a task, by the serializer of the task, of its class, or else of the app.

    Args:
        fullname: the full name of the task.
        owner: its class.

    Returns:
        None where all of it does, or where that is not known.
    """
    if is_plain(typ):
        return None
    own = task_option(api, fullname, owner, "serializer")
    if own is not None:
        return _refused_by(options, typ, own)
    found = misfit(typ, serializer_named(options, options.task_serializer))
    if found is None or options.task_serializer != JSON:
        return found
    setting = celery_setting(api, options, "task_serializer")  # asked for last, as it is looked for far and wide
    return found if setting is None else _refused_by(options, typ, setting)


def serializer_of(
    api: TypeChecker, options: Options, fullname: str | None, owner: TypeInfo | None
) -> Serializer | None:
    """The serializer of a task, of its class, or else of the app; None where it cannot be known."""
    own = task_option(api, fullname, owner, "serializer")
    setting = own or (celery_setting(api, options, "task_serializer") if options.task_serializer == JSON else None)
    if setting is None:
        return serializer_named(options, options.task_serializer)
    return serializer_named(options, setting.value) if isinstance(setting.value, str) else None


def result_serializer(api: TypeChecker, options: Options) -> Serializer | None:
    """The serializer of what tasks return; None where it cannot be known."""
    setting = celery_setting(api, options, "result_serializer")
    if setting is None:
        return serializer_named(options, options.task_serializer)
    return serializer_named(options, setting.value) if isinstance(setting.value, str) else None


def _refused_by(options: Options, typ: Type, serializer: Setting) -> Misfit | None:
    return misfit(typ, serializer_named(options, serializer.value)) if isinstance(serializer.value, str) else None


def serializer_named(options: Options, name: str) -> Serializer:
    """The serializer that Celery calls ``name``."""
    return Serializer(name, release_of("kombu"), frozenset(options.json_types))
