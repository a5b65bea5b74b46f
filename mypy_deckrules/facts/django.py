"""Does a module's Celery run with Django?

Celery makes every task a ``DjangoTask`` when ``DJANGO_SETTINGS_MODULE`` is set (``celery/fixups/django.py``, Celery
5.4). A type checker does not see the environment, so the project is asked: it is one of Django if mypy's
configuration says so, or if the module that defines the task reaches Django through its imports, or the app's module
names Django's settings.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import MypyFile
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.cache import version_of
from mypy_deckrules.config import Options
from mypy_deckrules.facts.metadata import has_facts, remember
from mypy_deckrules.facts.tree import walk

TOPIC: Final = "django"
SETTINGS: Final = ("DJANGO_SETTINGS_MODULE", "django.conf:settings")


def needs_django_task(tree: MypyFile) -> bool:
    """Whether the class ``DjangoTask`` must be in the build when a module is checked."""
    return _imports(tree, "celery") and not tree.is_stub and _at_least("celery-types", (0, 23))


def notice_settings(api: SemanticAnalyzer) -> None:
    """Remember of the module at work that it names Django's settings, as ``celery.py`` does."""
    if not api.cur_mod_node.is_stub and _imports(api.cur_mod_node, "celery") and _names_settings(api.cur_mod_node):
        remember(api, TOPIC, "settings", {})


def tasks_are_django(api: TypeChecker, options: Options) -> bool:
    """Whether Celery makes the tasks of the module that is being checked ``DjangoTask``s."""
    if not _at_least("celery", (5, 4)):
        return False
    if options.settings_module is not None or "mypy_django_plugin.main" in api.options.plugins:
        return True
    return _imports(api.tree, "django") or _reaches_django(api.tree, api.modules)


def _at_least(package: str, version: tuple[int, int]) -> bool:
    """Whether the installed package is new enough; one that is not installed counts as the newest."""
    installed = version_of(package)
    return installed is None or tuple(map(int, installed.split(".")[:2])) >= version


def _imports(tree: MypyFile, package: str) -> bool:
    ids: list[str] = []
    for statement in tree.imports:
        if isinstance(statement, nodes.Import):
            ids += (target for target, _ in statement.ids)
        elif isinstance(statement, nodes.ImportFrom | nodes.ImportAll):
            ids.append(statement.id)
    return any(name == package or name.startswith(f"{package}.") for name in ids)


def _names_settings(tree: MypyFile) -> bool:
    return any(isinstance(node, nodes.StrExpr) and node.value in SETTINGS for node in walk(tree))


def _reaches_django(tree: MypyFile, modules: Mapping[str, MypyFile]) -> bool:
    """Whether a module, or one that its names come from, names Django: symbol tables say so, also cached ones."""
    seen = {tree.fullname}
    pending = [tree]
    while pending:
        current = pending.pop()
        if has_facts(current, TOPIC):
            return True
        for name in _sources(current):
            top = name.partition(".")[0]
            if top == "django":
                return True
            if name not in seen and top not in sys.stdlib_module_names and top != "celery":
                seen.add(name)
                if name in modules:
                    pending.append(modules[name])
    return False


def _sources(tree: MypyFile) -> Iterator[str]:
    """The modules that a module's names come from, and the packages that it lies in."""
    package = tree.fullname
    while package := package.rpartition(".")[0]:
        yield package
    for symbol in tree.names.values():
        fullname = symbol.node.fullname if symbol.node is not None else ""
        yield fullname if isinstance(symbol.node, MypyFile) else fullname.rpartition(".")[0]
