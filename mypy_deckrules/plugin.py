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
from mypy_deckrules.cache import config_data
from mypy_deckrules.codes import ERROR_CODES, INTERNAL
from mypy_deckrules.config import ConfigError, Options, load_options
from mypy_deckrules.facts import canvas_types, dispatch, failure, known_tasks, senders, settings, task_decorators
from mypy_deckrules.facts.atomic import learn_atomic_methods
from mypy_deckrules.facts.calls import call_from
from mypy_deckrules.facts.classes import ClassDefinition
from mypy_deckrules.facts.django import needs_django_task, notice_settings
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.metadata import has_facts
from mypy_deckrules.facts.model_bodies import classes, read_models
from mypy_deckrules.facts.models import is_model, relation
from mypy_deckrules.facts.modules import ModuleSource
from mypy_deckrules.facts.reads import AttributeRead
from mypy_deckrules.facts.returns import read_returns
from mypy_deckrules.facts.sketches import learn_sketches
from mypy_deckrules.facts.stacked import learn_decorators
from mypy_deckrules.facts.task_bases import learn_task_classes
from mypy_deckrules.facts.task_decorators import Answer
from mypy_deckrules.gate import Gate
from mypy_deckrules.reporting import describe, module_of, report
from mypy_deckrules.rules import Check, load_checks

CodedCheck = tuple[str, Check]
TaskMaker = Callable[[FunctionContext | MethodContext, Options], Answer]
T = TypeVar("T")

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
        except ConfigError as error:
            # mypy prints a traceback for any exception that is raised here; this is how it ends itself on a bad option.
            print(error, file=sys.stderr)
            raise SystemExit(2) from None
        self._gate = Gate(self._options)
        self._config_data = config_data(self._options)
        self._in_module_hook = False
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

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return self._call_hook(
            fullname, self._function_checks(fullname), fullname in dispatch.FUNCTIONS, self._task_maker(fullname)
        )

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
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
    ) -> Callable[[FunctionContext | MethodContext], Type] | None:
        if not checks and not is_dispatch and task_maker is None and restored is None:
            return None

        def hook(ctx: FunctionContext | MethodContext) -> Type:
            self._run(checks, ctx.api, lambda: call_from(ctx, fullname, self._options))
            if is_dispatch:
                self._run(
                    self._dispatch_checks,
                    ctx.api,
                    lambda: dispatch.dispatch_from(call_from(ctx, fullname, self._options)),
                )
            if task_maker is not None:
                return self._make_task(ctx, task_maker)
            if restored is not None and isinstance(ctx, MethodContext):
                return self._restore(ctx.api, ctx.default_return_type, lambda: restored(ctx))
            return ctx.default_return_type

        return hook

    def _task_maker(self, fullname: str) -> TaskMaker | None:
        """What answers the calls of something that makes tasks."""
        if fullname in task_decorators.FUNCTIONS or self._is_one_of(task_decorators.METHODS, fullname):
            return task_decorators.celerys
        return task_decorators.maker_of(self._definition(fullname), fullname, self._options)

    def _definition(self, fullname: str) -> SymbolNode | None:
        """The function or variable of a full name; of a method, that of the class that defines it."""
        symbol = self.lookup_fully_qualified(fullname)
        if symbol is None:
            owner, _, name = fullname.rpartition(".")
            owner_symbol = self.lookup_fully_qualified(owner)
            if owner_symbol is not None and isinstance(owner_symbol.node, TypeInfo):
                symbol = owner_symbol.node.get(name)
        return symbol.node if symbol is not None else None

    def _make_task(self, ctx: FunctionContext | MethodContext, maker: TaskMaker) -> Type:
        nothing = Answer(None, ctx.default_return_type)
        answer = self._guarded(ctx.api, "the type of a task", nothing, lambda: maker(ctx, self._options))
        decorator = answer.decorator
        if decorator is not None:
            self._run(self._task_checks, ctx.api, decorator.definition)
        return answer.type if self._options.restore_task_types else ctx.default_return_type

    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        if fullname in canvas_types.PACKED_FUNCTIONS:
            return self._restore_packed
        if fullname in task_decorators.FUNCTIONS:
            return self._restore_signature
        return self._signature_hook(fullname, [])

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        if self._is_one_of(canvas_types.PACKED_METHODS, fullname):
            return self._restore_packed
        if self._is_one_of(task_decorators.METHODS, fullname):
            return self._restore_signature
        checks, owned = self._method_checks(fullname)
        return self._signature_hook(fullname, checks if owned else [])

    def _signature_hook(
        self, fullname: str, checks: list[CodedCheck]
    ) -> Callable[[FunctionSigContext | MethodSigContext], FunctionLike] | None:
        sender = self._sender(fullname)
        if not checks and sender is None:
            return None

        def hook(ctx: FunctionSigContext | MethodSigContext) -> FunctionLike:
            self._run(checks, ctx.api, lambda: call_from(ctx, fullname, self._options))
            if sender is not None:
                self._run(
                    self._sender_checks,
                    ctx.api,
                    lambda: senders.sender_call(call_from(ctx, fullname, self._options), sender),
                )
            return ctx.default_signature

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

    def _restore_signature(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike:
        default: FunctionLike = ctx.default_signature
        return self._restore(ctx.api, default, lambda: task_decorators.celerys_signature(ctx, self._options))

    def _restore_packed(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike:
        default: FunctionLike = ctx.default_signature
        return self._restore(ctx.api, default, lambda: canvas_types.packed_signature(ctx))

    def _restore(self, api: CheckerPluginInterface, default: T, restored: Callable[[], T]) -> T:
        """A type that the stubs lose, unless the options say that nothing is restored."""
        if not self._options.restore_task_types:
            return default
        return self._guarded(api, "the type of a task", default, restored)

    def _guarded(self, api: CheckerPluginInterface, what: str, default: T, make: Callable[[], T]) -> T:
        try:
            return make()
        except Exception as error:  # as in _run
            assert isinstance(api, TypeChecker)
            report(api, Finding(api.tree, describe(what, error)), INTERNAL)
            return default

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

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        class_name, _, name = fullname.rpartition(".")
        symbol = self.lookup_fully_qualified(class_name) if self._read_checks else None
        info = symbol.node if symbol is not None else None
        if not isinstance(info, TypeInfo) or not is_model(info) or relation(info, name) is None:
            return None

        def hook(ctx: AttributeContext) -> Type:
            api, node = ctx.api, ctx.context
            assert isinstance(api, TypeChecker)
            if isinstance(node, MemberExpr) and not ctx.is_lvalue:
                self._run(self._read_checks, api, partial(AttributeRead, api, self._options, node))
            others = (plugin.get_attribute_hook(fullname) for plugin in self._plugins_after(ctx.api))
            other = next(filter(None, others), None)
            return other(ctx) if other is not None else ctx.default_attr_type

        return hook

    def _plugins_after(self, api: CheckerPluginInterface) -> list[Plugin]:
        """The plugins that mypy does not ask because this one has answered."""
        plugins: list[Plugin] = getattr(getattr(api, "plugin", None), "_plugins", [])
        return plugins[plugins.index(self) + 1 :] if self in plugins else []

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
                notice_settings(api)
                settings.notice_settings(api)
                failure.notice_receivers(api)
                known_tasks.notice_tasks(api)
                self._run(self._module_checks, api, lambda: ModuleSource(api, api.cur_mod_node, self._options))
                self._schedule_learning(api, api.cur_mod_node)
            return ctx.api.analyze_type(ctx.type)
        finally:
            self._in_module_hook = False

    def _schedule_learning(self, api: SemanticAnalyzer, tree: MypyFile) -> None:
        """Have the module's tree read when all its names are resolved, before mypy writes its cache: for facts, then by
        the rules."""
        options = api.options

        def learn() -> None:
            try:
                read_models(tree)
                with api.file_context(tree, options):
                    read_returns(api, tree)
                    learn_atomic_methods(api)
                    senders.learn_senders(api)
                    learn_task_classes(api)
                    learn_sketches(api)
                    learn_decorators(api)
            except Exception as error:  # as in _run
                with api.file_context(tree, options):
                    report(api, Finding(tree, describe("the facts of a module", error)), INTERNAL)

        def judge() -> None:
            with api.file_context(tree, options):
                self._run(self._resolved_checks, api, lambda: ModuleSource(api, tree, self._options))
                for node in classes(tree.defs):
                    self._run(self._class_checks, api, partial(ClassDefinition, api, self._options, tree, node))

        if not tree.is_stub:
            api.schedule_patch(LEARNING, learn)
            api.schedule_patch(LAST, judge)

    # --- what mypy's cache depends on

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        needed = [names.DJANGO_TASK_MODULE] if needs_django_task(file) else []
        needed += settings.app_packages(file)
        settings_module = self._options.settings_module
        if settings.needs_settings(settings_module, file, self.options.mypy_path):
            needed.append(settings_module)
        return [(10, module, -1) for module in needed]

    def report_config_data(self, ctx: ReportConfigContext) -> dict[str, object]:
        return self._config_data

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
        code = "the fact of " + active[0][0]
        try:
            fact = make_fact()
            if fact is None:
                return
            for code, check in active:
                for finding in check(fact):
                    report(api, finding, ERROR_CODES[code])
        except Exception as error:  # anything that escapes would be mypy's INTERNAL ERROR
            report(api, Finding(tree, describe(code, error)), INTERNAL)


def plugin(version: str) -> type[Plugin]:
    """mypy's entry point: the plugin class for mypy ``version``."""
    return DeckrulesPlugin
