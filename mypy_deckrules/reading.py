"""Reads each module once: what others will ask about it is learnt, and the rules that need no types are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from functools import partial
from typing import Final

from mypy.build import PRI_LOW, PRI_MED
from mypy.nodes import MypyFile
from mypy.options import Options as MypyOptions
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules import names
from mypy_deckrules.codes import CODES_BY_FAMILY, INTERNAL
from mypy_deckrules.facts import settings
from mypy_deckrules.facts.code.classes import ClassDefinition, classes
from mypy_deckrules.facts.code.modules import ModuleSource
from mypy_deckrules.facts.code.sources import findable
from mypy_deckrules.facts.database.atomic import learn_atomic
from mypy_deckrules.facts.database.model_bodies import learn_models
from mypy_deckrules.facts.dispatches.self_calls import type_self_calls
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.learning import learn_functions
from mypy_deckrules.facts.tasks import failure, known_tasks
from mypy_deckrules.facts.tasks.apps import learn_apps, needs_celery, type_apps
from mypy_deckrules.facts.tasks.attributes import type_attributes
from mypy_deckrules.facts.tasks.bases import learn_task_classes
from mypy_deckrules.facts.tasks.class_tasks import parametrise_tasks
from mypy_deckrules.facts.tasks.django import needs_django_task, notice_settings
from mypy_deckrules.facts.tasks.imported import bind_imported_tasks, modules_imported
from mypy_deckrules.facts.tasks.sketches import learn_sketches
from mypy_deckrules.facts.tasks.stacked import learn_decorators
from mypy_deckrules.facts.tasks.variables import type_variables
from mypy_deckrules.guard import READING, attempt, describe
from mypy_deckrules.reporting import report
from mypy_deckrules.runner import Runner

Learner = Callable[[SemanticAnalyzer], None]

NEED_RETURNS: Final = CODES_BY_FAMILY["deck-query"] | {"race-read-modify-write", "race-check-then-act"}
"""The codes that ask what functions return and attributes hold."""
NEED_SERIALIZERS: Final = frozenset({"query-serializer-prefetch"})
"""The codes that ask what serializers read."""
LEARNING: Final = 98
"""The priority of a patch that runs after those of mypy's semantic analysis and of other plugins."""
LAST: Final = 99
"""The priority of a patch that runs when all modules of an import cycle have been learnt from."""


class Reader:
    """Reads the modules of a build, but for stubs.

    Args:
        runner: runs the rules that ask about modules and classes.
        mypy_options: mypy's options for the build.
    """

    def __init__(self, runner: Runner, mypy_options: MypyOptions) -> None:
        self._runner = runner
        self._options = runner.options
        self._mypy_options = mypy_options
        self._failed: dict[str, str] = {}

    def needed_modules(self, tree: MypyFile) -> list[tuple[int, str, int]]:
        """The modules that must be in the build when a module that has been parsed is checked, each between mypy's
        priority of such an import, where a cycle must be broken, and no line."""
        if not self._runner.wanted and not self._options.restore_task_types:
            return []  # where nothing will be asked, mypy keeps the order of the imports
        try:
            return [(priority, module, -1) for priority, module in self._needed(tree)]
        except Exception as error:  # reported when the module is read: now there is nothing to report it with
            self._failed[tree.fullname] = describe("Finding what a module needs", error)
            return []

    def _needed(self, tree: MypyFile) -> Iterator[tuple[int, str]]:
        if needs_celery(tree, self._mypy_options):
            yield PRI_MED, names.CELERY_MODULE
        if needs_django_task(tree):
            yield PRI_MED, names.DJANGO_TASK_MODULE
        yield from ((PRI_MED, module) for module in settings.app_packages(tree))
        yield from ((PRI_LOW, module) for module in known_tasks.modules_named(tree, self._mypy_options))
        yield from ((PRI_LOW, module) for module in modules_imported(tree, self._mypy_options))
        configuration = settings.configuration_named(tree, self._mypy_options)
        if configuration is not None:
            yield from ((PRI_MED, module) for module in findable([configuration], tree, self._mypy_options))
        settings_module = self._options.settings_module or settings.chosen_settings(tree, self._mypy_options)
        if settings.needs_settings(settings_module, tree, self._mypy_options):
            yield PRI_MED, settings_module

    def start(self, api: SemanticAnalyzer) -> None:
        """Read the module at work, of which nothing has been analysed yet, and have it read again when all has."""
        tree = api.cur_mod_node
        codes = self._runner.codes(tree, api.options)
        self._runner.checks.load(codes)  # a comment of its own may turn on more
        for code, error in self._runner.checks.failures.items():
            if code in codes:
                report(api, Finding(tree, describe(f'The import of rule "{code}"', error)), INTERNAL)
        if tree.fullname in self._failed:
            report(api, Finding(tree, self._failed.pop(tree.fullname)), INTERNAL)
        for notice in (notice_settings, settings.notice_settings, failure.notice_receivers, known_tasks.notice_tasks):
            attempt(api, READING, partial(notice, api))
        self._runner.run(self._runner.checks["check_module"], api, lambda: ModuleSource(api, tree, self._options))
        # When all names are resolved, and before mypy writes its cache.
        api.schedule_patch(LEARNING, partial(self._learn, api, tree, api.options))
        api.schedule_patch(LAST, partial(self._judge, api, tree, api.options))

    def _learn(self, api: SemanticAnalyzer, tree: MypyFile, options: MypyOptions) -> None:
        with api.file_context(tree, options):
            wanted = self._runner.wanted | self._runner.codes(tree, options)
            for learner in attempt(api, READING, lambda: list(self._learners(wanted))) or ():
                attempt(api, READING, partial(learner, api))

    def _learners(self, wanted: Set[str]) -> Iterator[Learner]:
        yield learn_models
        # What serves only codes that are off by default is imported where it is needed.
        if not wanted.isdisjoint(NEED_RETURNS):
            from mypy_deckrules.facts.queries.returns import learn_returns

            yield learn_returns
        if not wanted.isdisjoint(NEED_SERIALIZERS):
            from mypy_deckrules.facts.queries.serializers import learn_serializers

            yield learn_serializers
        if "http-timeout" in wanted:
            from mypy_deckrules.facts.timeouts import learn_defaults

            yield learn_defaults
        yield from (learn_atomic, learn_functions, learn_task_classes, learn_apps)
        if self._options.restore_task_types:
            yield from (parametrise_tasks, type_self_calls, type_apps, bind_imported_tasks)
            yield partial(type_attributes, options=self._options)
            yield partial(type_variables, options=self._options)
        yield from (learn_sketches, learn_decorators, known_tasks.learn_makers)

    def _judge(self, api: SemanticAnalyzer, tree: MypyFile, options: MypyOptions) -> None:
        with api.file_context(tree, options):
            checks = self._runner.checks
            self._runner.run(checks["check_resolved"], api, lambda: ModuleSource(api, tree, self._options))
            for node in attempt(api, READING, lambda: classes(tree)) or ():
                fact = partial(ClassDefinition, api, self._options, tree, node)
                self._runner.run(checks["check_class"], api, fact)
