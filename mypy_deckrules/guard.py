"""Nothing that goes wrong in the plugin may end mypy: an exception that leaves a hook would be its INTERNAL ERROR."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from mypy.checker import TypeChecker
from mypy.plugin import CheckerPluginInterface, Plugin
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.codes import HOMEPAGE, INTERNAL
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.reporting import module_of, report

T = TypeVar("T")

Hook = Callable[[Any], Any]

READING: Final = "Reading a module"
"""What the plugin does when it learns facts, as an internal error names it."""


class GuardedPlugin(Plugin):
    """A plugin whose hooks are found in ``HookTable``s."""

    @cached_property
    def failure(self) -> str | None:
        """What keeps the plugin from answering at all, as a ``deck-internal`` message; None where nothing does."""
        return None

    def is_settled(self, fullname: str) -> bool:
        """Whether nothing that is yet to be learnt can change the hooks of a name."""
        return False


class HookTable(dict[str, Hook | None]):
    """The hooks of one kind, by full name; neither a look-up nor a hook that it finds may raise.

    mypy asks for the same ones again and again, so they are kept: those of names that are settled, the others until
    mypy begins another module, of which more is learnt.

    A hook that has nothing to say returns None, or mypy's own answer. Then the plugins after ours have the word, which
    mypy does not ask once ours has answered (python/mypy#8331), or else mypy itself.

    Args:
        plugin: the plugin that is asked.
        default: the attribute of the hooks' context that holds mypy's own answer; None for hooks that answer nothing.
        kind: the name of the plugin's method that mypy calls, ``get_method_hook``.
        look_up: finds the hook of a full name.
    """

    def __init__(
        self, plugin: GuardedPlugin, default: str | None, kind: str, look_up: Callable[[str], Hook | None]
    ) -> None:
        self._plugin = plugin
        self._kind = kind
        self._default = default
        self._look_up = look_up
        self._unsettled: list[str] = []

    def __missing__(self, fullname: str) -> Hook | None:
        hook = self[fullname] = self.find(fullname)
        if not self._plugin.is_settled(fullname):
            self._unsettled.append(fullname)
        return hook

    def forget(self, *, settled: bool) -> bool:
        """Forget the hooks of names that are not settled, or all; whether there were any that are not."""
        unsettled, self._unsettled = self._unsettled, []
        if settled:
            self.clear()
        else:
            for fullname in unsettled:
                del self[fullname]
        return bool(unsettled)

    def find(self, fullname: str) -> Hook | None:
        """Look a hook up anew; None where there is none."""
        if self._plugin.failure is not None:
            return None
        try:
            hook = self._look_up(fullname)
        except Exception as error:  # a look-up cannot report, the hook can
            hook = partial(_raise, error)
        return None if hook is None else partial(self._answer, fullname, hook)

    def _answer(self, fullname: str, hook: Hook, ctx: Any) -> Any:
        ours = attempt(ctx.api, f'The hook of "{fullname}"', partial(hook, ctx))
        mypys = getattr(ctx, self._default) if self._default is not None else None
        if ours is not None and ours is not mypys:
            return ours
        others = (getattr(other, self._kind)(fullname) for other in _plugins_after(self._plugin, ctx.api))
        theirs = next(filter(None, others), None)
        return theirs(ctx) if theirs is not None else mypys


def attempt(api: CheckerPluginInterface | SemanticAnalyzer, what: str, action: Callable[[], T]) -> T | None:
    """What ``action`` returns; where it raises, ``deck-internal`` is reported and None returned."""
    try:
        return action()
    except Exception as error:
        assert isinstance(api, TypeChecker | SemanticAnalyzer)
        report(api, Finding(module_of(api), describe(what, error)), INTERNAL)
        return None


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
