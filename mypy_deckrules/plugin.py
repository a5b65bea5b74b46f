"""mypy's plugin: it reads the options, says what mypy's cache depends on, and hands mypy's questions on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, partial
from typing import Final

from mypy.nodes import MypyFile
from mypy.options import Options as MypyOptions
from mypy.plugin import (
    AnalyzeTypeContext,
    AttributeContext,
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

from mypy_deckrules.cache import ConfigData, require_stubs
from mypy_deckrules.codes import INTERNAL
from mypy_deckrules.config import ConfigError, load_options
from mypy_deckrules.facts.code.sources import is_library
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.keeping import forget
from mypy_deckrules.gate import enabled_anywhere, refuse_misspelt
from mypy_deckrules.guard import READING, GuardedPlugin, Hook, HookTable, attempt, describe
from mypy_deckrules.reporting import report

HOOKS: Final = {
    "get_function_hook": ("function", "default_return_type"),
    "get_method_hook": ("method", "default_return_type"),
    "get_function_signature_hook": ("function_signature", "default_signature"),
    "get_method_signature_hook": ("method_signature", "default_signature"),
    "get_attribute_hook": ("attribute", "default_attr_type"),
    "get_customize_class_mro_hook": ("class_mro", None),
}
"""mypy's questions by name: the method of ``Hooks`` that finds the hook, and the attribute of the hook's context that
holds mypy's own answer; None where there is none."""


class DeckrulesPlugin(GuardedPlugin):
    """The plugin that mypy makes once per build.

    Rules and facts are imported when mypy first asks for something: in a run that finds everything in the cache, the
    import would take longer than the rest.
    """

    def __init__(self, options: MypyOptions) -> None:
        super().__init__(options)
        try:
            self._options = load_options(options.config_file)
            refuse_misspelt(options)
            require_stubs()
        except ConfigError as error:
            # mypy prints a traceback for any exception that is raised here; this is how it ends itself on a bad option.
            print(error, file=sys.stderr)
            raise SystemExit(2) from None
        self._wanted = self._options.codes_anywhere | enabled_anywhere(options)
        self._config_data = ConfigData(self._options, self._wanted)
        self._analyzer: SemanticAnalyzer | None = None
        self._is_starting = False
        self._rules_loaded = 0
        self._at_work: set[str] = set()
        # The daemon and workers come back to modules, and to others because of them.
        self._is_one_pass = not options.fine_grained_incremental and not getattr(options, "num_workers", 0)
        self._tables = {
            kind: HookTable(self, default, kind, partial(self._look_up, name))
            for kind, (name, default) in HOOKS.items()
        }

    @cached_property
    def failure(self) -> str | None:
        """What keeps the rules and facts from being imported; they are, when this is asked first."""
        try:
            from mypy_deckrules.hooks import Hooks
            from mypy_deckrules.reading import Reader
            from mypy_deckrules.runner import Runner

            self._runner = Runner(self._options, self._wanted)
            self._hooks = Hooks(self, self._runner)
            self._reader = Reader(self._runner, self.options)
        except Exception as error:
            return describe("The start of the plugin", error)
        return None

    def report_config_data(self, ctx: ReportConfigContext) -> str:
        return self._config_data.of(ctx.id)

    # --- modules

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        return self._reader.needed_modules(file) if not file.is_stub and self.failure is None else []

    def get_type_analyze_hook(self, fullname: str) -> Callable[[AnalyzeTypeContext], Type] | None:
        # mypy asks this for every name in every annotation.
        if fullname != "builtins.str" or self._is_starting:
            return None
        if self._analyzer is not None:
            tree: MypyFile | None = getattr(self._analyzer, "cur_mod_node", None)  # mypy deletes it between modules
            if tree is None or tree.is_stub or _has_begun(tree):
                return None
        return self._analyze_str

    def _analyze_str(self, ctx: AnalyzeTypeContext) -> Type:
        # mypy analyses the type of a module's implicit __name__, a str without a line, when the module's semantic
        # analysis begins. No other hook is asked for every module at a time when it may report.
        self._is_starting = True
        try:
            self._analyzer = analyzer = ctx.api.api  # type: ignore[attr-defined]
            tree = analyzer.cur_mod_node
            if ctx.context.line == -1 and not tree.is_stub and not _has_begun(tree):
                forget()
                if self.failure is None:
                    attempt(analyzer, READING, lambda: self._reader.start(analyzer))
                    self._forget_hooks(tree.fullname)
                else:
                    report(analyzer, Finding(tree, self.failure), INTERNAL)
            return ctx.api.analyze_type(ctx.type)
        finally:
            self._is_starting = False

    def _forget_hooks(self, module: str) -> None:
        """What is learnt of the module that mypy begins may change hooks, and so may rules that it turns on."""
        loaded = len(self._runner.checks.loaded)
        forgotten = [table.forget(settled=loaded != self._rules_loaded) for table in self._tables.values()]
        self._rules_loaded = loaded
        if any(forgotten):  # mypy has been checking
            self._at_work.clear()
        self._at_work.add(module)

    def is_settled(self, fullname: str) -> bool:
        """Whether a name is of a library in which no project defines anything, or of a module that mypy has left: it
        begins all modules of an import cycle before it checks any."""
        if is_library(fullname) or "." not in fullname:
            return True
        module = fullname
        while module and module not in (self._modules or ()):
            module = module.rpartition(".")[0]
        return self._is_one_pass and bool(module) and module not in self._at_work

    # --- calls, reads, classes

    def _look_up(self, name: str, fullname: str) -> Hook | None:
        hook: Hook | None = getattr(self._hooks, name)(fullname)
        return hook

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return self._tables["get_function_hook"][fullname]

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        return self._tables["get_method_hook"][fullname]

    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return self._tables["get_function_signature_hook"][fullname]

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        return self._tables["get_method_signature_hook"][fullname]

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return self._tables["get_attribute_hook"][fullname]

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return self._tables["get_customize_class_mro_hook"].find(fullname)


def _has_begun(tree: MypyFile) -> bool:
    """Whether a module's implicit ``__name__`` has been analysed."""
    return "__name__" in tree.names


def plugin(version: str) -> type[Plugin]:
    """mypy's entry point: the plugin class for mypy ``version``."""
    return DeckrulesPlugin
