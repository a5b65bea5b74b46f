"""What ``deckrules doctor`` asks about a build."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

from mypy.build import BuildResult
from mypy.stubinfo import stub_distribution_name

from mypy_deckrules.facts import settings
from mypy_deckrules.facts.metadata import facts_of

HOOKS: Final = (
    ("get_function_hook", "celery.app.shared_task"),
    ("get_method_hook", "celery.app.base.Celery.task"),
    ("get_method_hook", "celery.app.task.Task.delay"),
    ("get_method_hook", "celery.app.task.Task.apply_async"),
    ("get_method_hook", "celery.canvas.Signature.delay"),
    ("get_function_hook", "requests.api.get"),
    ("get_function_hook", "urllib.request.urlopen"),
    ("get_function_hook", "django.db.transaction.on_commit"),
    ("get_method_hook", "django.db.models.base.Model.save"),
    ("get_method_signature_hook", "django.db.models.base.Model.save"),
    ("get_method_hook", "django.db.models.query.QuerySet.get_or_create"),
    ("get_method_signature_hook", "django.db.models.query.QuerySet.get_or_create"),
)
"""Hooks that plugins compete for: mypy takes the first answer (python/mypy#8331)."""


def diagnosis(result: BuildResult) -> dict[str, Any]:
    """JSON-compatible data.

    Returns:
        ``hooks``: of each of ``HOOKS`` the plugins that want it, the one that has it first; ``untyped``: the imported
        packages that mypy has no types of, each with the distribution that has them, an empty text where there is
        none, None where the package is not installed; ``settings``: the names that were read, by module.
    """
    plugins = getattr(result.manager.plugin, "_plugins", [])
    hooks = []
    for kind, name in HOOKS:
        owners = [type(plugin).__module__.removesuffix(".plugin") for plugin in plugins if getattr(plugin, kind)(name)]
        hooks.append((f"{name} ({kind.removeprefix('get_').removesuffix('_hook').replace('_', ' ')})", owners))
    return {
        "hooks": hooks,
        "untyped": {package: _types_of(package) for package in sorted(_unseen_packages(result))},
        "settings": {
            name: sorted(facts)
            for name, state in sorted(result.graph.items())
            if not state.ignore_all and state.tree and (facts := facts_of(state.tree, settings.TOPIC))
        },
    }


def _unseen_packages(result: BuildResult) -> set[str]:
    """The top-level packages of what the checked modules import and mypy does not follow."""
    return {
        imported.partition(".")[0]
        for state in result.graph.values()
        if not state.ignore_all
        for imported in state.suppressed
    }


def _types_of(package: str) -> str | None:
    try:
        is_installed = find_spec(package) is not None
    except (ImportError, ValueError):
        is_installed = False
    return (stub_distribution_name(package) or "") if is_installed else None
