"""Does a module's Celery run with Django?

Celery makes every task a ``DjangoTask`` when ``DJANGO_SETTINGS_MODULE`` is set (``celery/fixups/django.py``, Celery
5.4). A type checker does not see the environment, so the project is asked: it is one of Django if mypy's
configuration says so, or if the module that defines the task reaches Django through its imports, or the app's module
names Django's settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import MypyFile
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.cache import release_of
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.sources import imports, source_names
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.metadata import has_facts, remember

TOPIC: Final = "django"
SETTINGS: Final = ("DJANGO_SETTINGS_MODULE", "django.conf:settings")


def needs_django_task(tree: MypyFile) -> bool:
    """Whether the class ``DjangoTask`` must be in the build when a module is checked."""
    return imports(tree, "celery") and release_of("celery-types") >= (0, 23)


def notice_settings(api: SemanticAnalyzer) -> None:
    """Remember of the module at work that it names Django's settings, as ``celery.py`` does."""
    if imports(api.cur_mod_node, "celery") and _names_settings(api.cur_mod_node):
        remember(api, TOPIC, "settings", {})


def tasks_are_django(api: TypeChecker | SemanticAnalyzer, options: Options) -> bool:
    """Whether Celery makes the tasks of the module at work ``DjangoTask``s."""
    if release_of("celery") < (5, 4):
        return False
    if options.settings_module is not None or "mypy_django_plugin.main" in api.options.plugins:
        return True
    tree = api.tree if isinstance(api, TypeChecker) else api.cur_mod_node
    return imports(tree, "django") or _reaches_django(tree, api.modules)


def _names_settings(tree: MypyFile) -> bool:
    return any(isinstance(node, nodes.StrExpr) and node.value in SETTINGS for node in walk(tree))


def _reaches_django(tree: MypyFile, modules: Mapping[str, MypyFile]) -> bool:
    """Whether a module, or one that its names come from, names Django: symbol tables say so, also cached ones."""
    if has_facts(tree, TOPIC):
        return True
    return any(
        name.partition(".")[0] == "django" or (name in modules and has_facts(modules[name], TOPIC))
        for name in source_names(tree, modules)
    )
