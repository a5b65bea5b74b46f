"""Nothing that goes wrong in the plugin may end mypy: an exception that leaves a hook would be its INTERNAL ERROR."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Any, Final, TypeVar

from mypy.checker import TypeChecker
from mypy.plugin import CheckerPluginInterface, Plugin
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.codes import HOMEPAGE, INTERNAL
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.reporting import module_of, report

T = TypeVar("T")
P = TypeVar("P", bound="GuardedPlugin")

Hook = Callable[[Any], Any]

READING: Final = "Reading a module"
"""What the plugin does when it learns facts, as an internal error names it."""


class GuardedPlugin(Plugin):
    """A plugin whose look-ups of hooks are ``guarded``."""

    @cached_property
    def failure(self) -> str | None:
        """What keeps the plugin from answering at all, as a ``deck-internal`` message; None where nothing does."""
        return None


def attempt(api: CheckerPluginInterface | SemanticAnalyzer, what: str, action: Callable[[], T]) -> T | None:
    """What ``action`` returns; where it raises, ``deck-internal`` is reported and None returned."""
    try:
        return action()
    except Exception as error:
        assert isinstance(api, TypeChecker | SemanticAnalyzer)
        report(api, Finding(module_of(api), describe(what, error)), INTERNAL)
        return None


def guarded(default: str | None = None) -> Callable[[Callable[[P, str], Hook | None]], Callable[[P, str], Hook | None]]:
    """Complete a look-up of hooks (``get_..._hook``): neither it nor the hook that it finds may raise.

    A hook that has nothing to say returns None, or mypy's own answer. Then the plugins after ours have the word, which
    mypy does not ask once ours has answered (python/mypy#8331), or else mypy itself.

    Args:
        default: the attribute of the hook's context that holds mypy's own answer; None for hooks that answer nothing.
    """

    def decorate(look_up: Callable[[P, str], Hook | None]) -> Callable[[P, str], Hook | None]:
        @wraps(look_up)
        def guarded_look_up(plugin: P, fullname: str) -> Hook | None:
            if plugin.failure is not None:
                return None
            try:
                hook = look_up(plugin, fullname)
            except Exception as error:  # a look-up cannot report, the hook can
                hook = partial(_raise, error)
            return None if hook is None else partial(answer, plugin, fullname, hook)

        def answer(plugin: P, fullname: str, hook: Hook, ctx: Any) -> Any:
            ours = attempt(ctx.api, f'The hook of "{fullname}"', partial(hook, ctx))
            mypys = getattr(ctx, default) if default is not None else None
            if ours is not None and ours is not mypys:
                return ours
            others = (getattr(other, look_up.__name__)(fullname) for other in _plugins_after(plugin, ctx.api))
            theirs = next(filter(None, others), None)
            return theirs(ctx) if theirs is not None else mypys

        return guarded_look_up

    return decorate


def describe(what: str, error: Exception) -> str:
    """The ``deck-internal`` message for an exception that was raised while ``what`` was done."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    cause = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        f"{what} met an unexpected state and was skipped here ({cause}, {where}); please report it at {HOMEPAGE}/issues"
    )


def _raise(error: Exception, _: object) -> None:
    raise error


def _plugins_after(plugin: Plugin, api: CheckerPluginInterface) -> list[Plugin]:
    """The plugins that are listed after ours."""
    plugins: list[Plugin] = getattr(getattr(api, "plugin", None), "_plugins", [])
    return plugins[plugins.index(plugin) + 1 :] if plugin in plugins else []
