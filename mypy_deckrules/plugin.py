"""mypy's hooks, and nothing else: each is one table look-up and a call.

mypy asks every plugin in turn for a hook by name and takes the first answer (python/mypy#8331), so for names that
django-stubs' plugin owns (models and query sets) the signature hooks are used, which it leaves free. They fire before
the arguments are checked; all others use the function and method hooks, which know the arguments' types.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from typing import Final, TypeVar

from mypy.checker import TypeChecker
from mypy.nodes import MemberExpr, MypyFile, SymbolNode, TypeInfo
from mypy.options import Options as MypyOptions
from mypy.plugin import (
    AnalyzeTypeContext,
    AttributeContext,
    CheckerPluginInterface,
    ClassDefContext,
    FunctionContext,
    FunctionSigContext,
    MethodContext,
    MethodSigContext,
    Plugin,
    ReportConfigContext,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import FunctionLike, Type

from mypy_deckrules import names
from mypy_deckrules.cache import ConfigData, require_stubs
from mypy_deckrules.codes import CODES_BY_FAMILY, ERROR_CODES, INTERNAL
from mypy_deckrules.config import ConfigError, Options, load_options
from mypy_deckrules.facts import settings
from mypy_deckrules.facts.code.calls import call_from
from mypy_deckrules.facts.code.classes import ClassDefinition
from mypy_deckrules.facts.code.modules import ModuleSource
from mypy_deckrules.facts.database.atomic import learn_atomic
from mypy_deckrules.facts.database.model_bodies import classes, read_models
from mypy_deckrules.facts.database.models import is_model, relation
from mypy_deckrules.facts.dispatches import canvas_types, dispatch, senders
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.learning import learn_functions
from mypy_deckrules.facts.metadata import has_facts
from mypy_deckrules.facts.queries.reads import AttributeRead
from mypy_deckrules.facts.queries.returns import read_returns
from mypy_deckrules.facts.queries.serializers import read_serializers
from mypy_deckrules.facts.tasks import decorators as task_decorators
from mypy_deckrules.facts.tasks import failure, known_tasks
from mypy_deckrules.facts.tasks import types as task_types
from mypy_deckrules.facts.tasks.app_tasks import derive_from_app, may_derive_from_app
from mypy_deckrules.facts.tasks.bases import learn_task_classes
from mypy_deckrules.facts.tasks.class_tasks import class_task, parametrise_tasks
from mypy_deckrules.facts.tasks.decorators import Answer
from mypy_deckrules.facts.tasks.django import needs_django_task, notice_settings
from mypy_deckrules.facts.tasks.self_calls import type_self_calls
from mypy_deckrules.facts.tasks.sketches import learn_sketches
from mypy_deckrules.facts.tasks.stacked import learn_decorators
from mypy_deckrules.gate import Gate, enabled_anywhere
from mypy_deckrules.guard import attempt, describe, guarded
from mypy_deckrules.reporting import module_of, report
from mypy_deckrules.rules import Check, load_checks

CodedCheck = tuple[str, Check]
TaskMaker = Callable[[FunctionContext | MethodContext, Options], Answer]
T = TypeVar("T")

READING: Final = "Reading a module"
"""What the plugin does when it learns facts, as an internal error names it."""
NEED_RECIPES: Final = CODES_BY_FAMILY["deck-query"] | {"race-read-modify-write", "race-check-then-act"}
"""The codes that ask what functions return and attributes hold."""
LEARNING: Final = 98
"""The priority of a patch that runs after those of mypy's semantic analysis and of other plugins."""
LAST: Final = 99
"""The priority of a patch that runs when all modules of an import cycle have been learnt from."""


class DeckrulesPlugin(Plugin):
    """The plugin that mypy makes once per build."""

    def __init__(self, options: MypyOptions) -> None:
        super().__init__(options)
        try:
            self._options = load_options(options.config_file)
            require_stubs()
        except ConfigError as error:
            # mypy prints a traceback for any exception that is raised here; this is how it ends itself on a bad option.
            print(error, file=sys.stderr)
            raise SystemExit(2) from None
        self._gate = Gate(self._options)
        self._wanted = self._options.codes_anywhere | enabled_anywhere(options)
        self._config_data = ConfigData(self._options, self._wanted)
        self._in_module_hook = False
        self._failed_deps: dict[str, str] = {}
        self._module_checks = [(code, check) for code, _, check in load_checks("check_module")]
        self._resolved_checks = [(code, check) for code, _, check in load_checks("check_resolved")]
        self._class_checks = [(code, check) for code, _, check in load_checks("check_class")]
        self._read_checks = [(code, check) for code, _, check in load_checks("check_read")]
        self._task_checks = [(code, check) for code, _, check in load_checks("check_task")]
        self._dispatch_checks = [(code, check) for code, _, check in load_checks("check_dispatch")]
        self._sender_checks = [(code, check) for code, _, check in load_checks("check_sender_call")]
        self._functions: dict[str, list[CodedCheck]] = defaultdict(list)
        self._methods: dict[str, dict[str, list[CodedCheck]]] = defaultdict(lambda: defaultdict(list))
        for code, module, check in load_checks("check_call"):
            for fullname in getattr(module, "FUNCTIONS", ()):
                self._functions[fullname].append((code, check))
            for method, owners in getattr(module, "METHODS", {}).items():
                for fullname in owners:
                    self._methods[method][fullname].append((code, check))
            for fullname in module.configured_names(self._options) if hasattr(module, "configured_names") else ():
                owner, _, method = fullname.rpartition(".")
                self._functions[fullname].append((code, check))
                self._methods[method][owner].append((code, check))

    # --- calls

    @guarded("default_return_type")
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type | None] | None:
        return self._call_hook(
            fullname, self._function_checks(fullname), fullname in dispatch.FUNCTIONS, self._task_maker(fullname)
        )

    @guarded("default_return_type")
    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type | None] | None:
        if fullname.endswith(".__init_subclass__"):
            return self._class_hook
        checks, owned = self._method_checks(fullname)
        if owned:
            return None
        restored = None
        if self._is_one_of(canvas_types.OPERATORS, fullname):
            restored = canvas_types.joined_type
        elif self._is_one_of(canvas_types.CALLS, fullname):
            restored = canvas_types.called_type
        return self._call_hook(
            fullname,
            checks,
            self._is_one_of(dispatch.METHODS, fullname),
            self._task_maker(fullname),
            restored,
        )

    def _call_hook(
        self,
        fullname: str,
        checks: list[CodedCheck],
        is_dispatch: bool,
        task_maker: TaskMaker | None,
        restored: Callable[[MethodContext], Type] | None = None,
    ) -> Callable[[FunctionContext | MethodContext], Type | None] | None:
        if not checks and not is_dispatch and task_maker is None and restored is None:
            return None

        def hook(ctx: FunctionContext | MethodContext) -> Type | None:
            self._run(checks, ctx.api, lambda: call_from(ctx, fullname, self._options))
            if is_dispatch:
                self._run(
                    self._dispatch_checks,
                    ctx.api,
                    lambda: dispatch.dispatch_from(call_from(ctx, fullname, self._options)),
                )
            if restored is not None and isinstance(ctx, MethodContext):
                return self._restore(lambda: restored(ctx))
            return self._make_task(ctx, task_maker) if task_maker is not None else None

        return hook

    def _task_maker(self, fullname: str) -> TaskMaker | None:
        """What answers the calls of something that makes tasks."""
        if fullname in task_decorators.FUNCTIONS or self._is_one_of(task_decorators.METHODS, fullname):
            return task_decorators.celerys
        return task_decorators.maker_of(self._definition(fullname), fullname, self._options)

    def _class_hook(self, ctx: MethodContext) -> None:
        self._run(self._task_checks, ctx.api, lambda: class_task(ctx, self._options))

    def _definition(self, fullname: str) -> SymbolNode | None:
        """The function or variable of a full name; of a method, that of the class that defines it."""
        symbol = self.lookup_fully_qualified(fullname)
        if symbol is None:
            owner, _, name = fullname.rpartition(".")
            owner_symbol = self.lookup_fully_qualified(owner)
            if owner_symbol is not None and isinstance(owner_symbol.node, TypeInfo):
                symbol = owner_symbol.node.get(name)
        return symbol.node if symbol is not None else None

    def _make_task(self, ctx: FunctionContext | MethodContext, maker: TaskMaker) -> Type | None:
        answer = maker(ctx, self._options)
        decorator = answer.decorator
        if decorator is not None:
            self._run(self._task_checks, ctx.api, decorator.definition)
        return self._restore(lambda: answer.type)

    @guarded("default_signature")
    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike | None] | None:
        if fullname in canvas_types.PACKED_FUNCTIONS:
            return self._restore_packed
        if fullname == "functools.partial":
            return self._deferred_hook
        if fullname in task_decorators.FUNCTIONS:
            return self._restore_signature
        return self._signature_hook(fullname, [])

    @guarded("default_signature")
    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike | None] | None:
        if self._is_one_of(canvas_types.PACKED_METHODS, fullname):
            return self._restore_packed
        if self._is_one_of(task_types.ON_COMMIT, fullname):
            return self._restore_on_commit
        if self._is_one_of(task_decorators.METHODS, fullname):
            return self._restore_signature
        checks, owned = self._method_checks(fullname)
        return self._signature_hook(fullname, checks if owned else [])

    def _deferred_hook(self, ctx: FunctionSigContext) -> FunctionLike:
        self._run(self._dispatch_checks, ctx.api, lambda: dispatch.deferred_dispatch(ctx, self._options))
        default: FunctionLike = ctx.default_signature
        return default

    def _signature_hook(
        self, fullname: str, checks: list[CodedCheck]
    ) -> Callable[[FunctionSigContext | MethodSigContext], None] | None:
        sender = self._sender(fullname)
        if not checks and sender is None:
            return None

        def hook(ctx: FunctionSigContext | MethodSigContext) -> None:
            self._run(checks, ctx.api, lambda: call_from(ctx, fullname, self._options))
            if sender is not None:
                self._run(
                    self._sender_checks,
                    ctx.api,
                    lambda: senders.sender_call(call_from(ctx, fullname, self._options), sender),
                )

        return hook

    def _sender(self, fullname: str) -> str | None:
        """The full name that a function was defined with, if it may be one that sends a task."""
        if fullname.startswith("builtins."):
            return None
        owner, _, name = fullname.rpartition(".")
        symbol = self.lookup_fully_qualified(owner)
        if symbol is not None and isinstance(symbol.node, TypeInfo):
            definer = symbol.node.get_containing_type_info(name)
            if definer is None:
                return None
            owner, fullname = definer.module_name, f"{definer.fullname}.{name}"
        tree = self._modules.get(owner) if self._modules is not None else None
        return fullname if tree is not None and has_facts(tree, senders.SENDS) else None

    def _restore_signature(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_decorators.celerys_signature(ctx, self._options))

    def _restore_on_commit(self, ctx: MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_types.on_commit_signature(ctx.default_signature))

    def _restore_packed(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_types.on_commit_signature(canvas_types.packed_signature(ctx)))

    def _restore(self, restored: Callable[[], T]) -> T | None:
        """A type that the stubs lose, unless the options say that nothing is restored."""
        return restored() if self._options.restore_task_types else None

    def _function_checks(self, fullname: str) -> list[CodedCheck]:
        checks = self._functions.get(fullname, [])
        symbol = self.lookup_fully_qualified(fullname)
        if symbol is None or not isinstance(symbol.node, TypeInfo):
            return checks
        inherited = (self._functions.get(base.fullname, []) for base in symbol.node.mro[1:])
        return [*checks, *chain.from_iterable(inherited)]

    def _method_checks(self, fullname: str) -> tuple[list[CodedCheck], bool]:
        """The checks of a method, and whether django-stubs' plugin owns its method hook."""
        class_name, _, method = fullname.rpartition(".")
        classes = self._methods.get(method)
        if classes is None:
            return [], False
        bases = self._bases(class_name)
        checks = [check for base in bases for check in classes.get(base, ())]
        return checks, not names.OWNED_BY_DJANGO_PLUGIN.isdisjoint(bases)

    def _is_one_of(self, methods: Mapping[str, Collection[str]], fullname: str) -> bool:
        class_name, _, method = fullname.rpartition(".")
        classes = methods.get(method)
        return classes is not None and any(base in classes for base in self._bases(class_name))

    def _bases(self, class_name: str) -> list[str]:
        """The full names of a class and all that it inherits from."""
        symbol = self.lookup_fully_qualified(class_name)
        if symbol is None or not isinstance(symbol.node, TypeInfo):
            return [class_name]
        return [base.fullname for base in symbol.node.mro]

    # --- attributes

    @guarded("default_attr_type")
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], None] | None:
        class_name, _, name = fullname.rpartition(".")
        symbol = self.lookup_fully_qualified(class_name) if self._read_checks else None
        info = symbol.node if symbol is not None else None
        if not isinstance(info, TypeInfo) or not is_model(info) or relation(info, name) is None:
            return None

        def hook(ctx: AttributeContext) -> None:
            api, node = ctx.api, ctx.context
            assert isinstance(api, TypeChecker)
            if isinstance(node, MemberExpr) and not ctx.is_lvalue:
                self._run(self._read_checks, api, partial(AttributeRead, api, self._options, node))

        return hook

    # --- modules

    def get_type_analyze_hook(self, fullname: str) -> Callable[[AnalyzeTypeContext], Type] | None:
        if fullname != "builtins.str" or self._in_module_hook:
            return None
        return self._analyze_str

    def _analyze_str(self, ctx: AnalyzeTypeContext) -> Type:
        # mypy analyses the type of a module's implicit __name__, a str without a line, when the module's semantic
        # analysis begins. No other hook is asked for every module at a time when it may report.
        self._in_module_hook = True
        try:
            api = ctx.api.api  # type: ignore[attr-defined]
            if ctx.context.line == -1 and "__name__" not in api.cur_mod_node.names:
                self._start_module(api)
            return ctx.api.analyze_type(ctx.type)
        finally:
            self._in_module_hook = False

    def _start_module(self, api: SemanticAnalyzer) -> None:
        tree = api.cur_mod_node
        if tree.fullname in self._failed_deps:
            report(api, Finding(tree, self._failed_deps.pop(tree.fullname)), INTERNAL)
        for notice in (notice_settings, settings.notice_settings, failure.notice_receivers, known_tasks.notice_tasks):
            attempt(api, READING, partial(notice, api))
        self._run(self._module_checks, api, lambda: ModuleSource(api, tree, self._options))
        self._schedule_learning(api, tree)

    def _schedule_learning(self, api: SemanticAnalyzer, tree: MypyFile) -> None:
        """Have the module's tree read when all its names are resolved, before mypy writes its cache: for facts, then by
        the rules."""
        options = api.options

        def learn() -> None:
            with api.file_context(tree, options):
                attempt(api, READING, partial(read_models, api, tree))
                wanted = self._wanted | self._gate.codes(tree.fullname, options)
                if not wanted.isdisjoint(NEED_RECIPES):
                    attempt(api, READING, partial(read_returns, api, tree))
                if "query-serializer-prefetch" in wanted:
                    attempt(api, READING, partial(read_serializers, api, tree))
                for learn_of in (
                    learn_atomic,
                    learn_functions,
                    learn_task_classes,
                    *([parametrise_tasks, type_self_calls] if self._options.restore_task_types else []),
                    learn_sketches,
                    learn_decorators,
                    known_tasks.learn_makers,
                ):
                    attempt(api, READING, partial(learn_of, api))

        def judge() -> None:
            with api.file_context(tree, options):
                self._run(self._resolved_checks, api, lambda: ModuleSource(api, tree, self._options))
                for node in attempt(api, READING, lambda: list(classes(tree.defs))) or ():
                    self._run(self._class_checks, api, partial(ClassDefinition, api, self._options, tree, node))

        if not tree.is_stub:
            api.schedule_patch(LEARNING, learn)
            api.schedule_patch(LAST, judge)

    # --- classes

    @guarded()
    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        symbol = self.lookup_fully_qualified(fullname)
        info = symbol.node if symbol is not None else None
        if not self._options.restore_task_types or not isinstance(info, TypeInfo) or not may_derive_from_app(info.defn):
            return None
        return lambda ctx: derive_from_app(ctx, self._options)

    # --- what mypy's cache depends on

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        try:
            return [(10, module, -1) for module in self._needed_modules(file)]
        except Exception as error:  # reported when the module is analysed: now there is nothing to report it with
            self._failed_deps[file.fullname] = describe("Finding what a module needs", error)
            return []

    def _needed_modules(self, file: MypyFile) -> list[str]:
        if not self._wanted and not self._options.restore_task_types:
            return []  # nothing will be asked, and mypy checks modules in the order of their imports
        needed = [names.DJANGO_TASK_MODULE] if needs_django_task(file) else []
        needed += settings.app_packages(file)
        needed += known_tasks.modules_named(file, self.options.mypy_path)
        settings_module = self._options.settings_module or settings.chosen_settings(file)
        if settings.needs_settings(settings_module, file, self.options.mypy_path):
            needed.append(settings_module)
        return needed

    def report_config_data(self, ctx: ReportConfigContext) -> dict[str, object]:
        return self._config_data.of(ctx.id)

    # --- running the rules

    def _run(
        self, checks: list[CodedCheck], api: CheckerPluginInterface | SemanticAnalyzer, make_fact: Callable[[], object]
    ) -> None:
        """Ask the rules that are on in this module about a fact, and report what they find."""
        assert isinstance(api, TypeChecker | SemanticAnalyzer)
        tree = module_of(api)
        codes = self._gate.codes(tree.fullname, api.options)
        active = [(code, check) for code, check in checks if code in codes]
        if not active or tree.is_stub:
            return
        fact = attempt(api, f'The fact of rule "{active[0][0]}"', make_fact)
        for code, check in active if fact is not None else ():
            attempt(api, f'Rule "{code}"', partial(self._ask, api, code, check, fact))

    def _ask(self, api: TypeChecker | SemanticAnalyzer, code: str, check: Check, fact: object) -> None:
        for finding in check(fact):
            report(api, finding, ERROR_CODES[code])


def plugin(version: str) -> type[Plugin]:
    """mypy's entry point: the plugin class for mypy ``version``."""
    return DeckrulesPlugin
