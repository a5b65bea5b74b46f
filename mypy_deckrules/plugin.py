"""mypy's plugin: it reads the options, says what mypy's cache depends on, and hands mypy's questions on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property

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
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.keeping import forget, kept
from mypy_deckrules.gate import enabled_anywhere, refuse_misspelt
from mypy_deckrules.guard import READING, GuardedPlugin, attempt, describe, guarded
from mypy_deckrules.reporting import report


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

    @cached_property
    def failure(self) -> str | None:
        """What keeps the rules and facts from being imported; they are, when this is asked first."""
        try:
            from mypy_deckrules.hooks import Hooks
            from mypy_deckrules.reading import Reader
            from mypy_deckrules.runner import Runner

            runner = Runner(self._options, self._wanted)
            self._hooks = Hooks(self, runner)
            self._reader = Reader(runner, self.options)
        except Exception as error:
            return describe("The start of the plugin", error)
        return None

    def report_config_data(self, ctx: ReportConfigContext) -> dict[str, object]:
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
                else:
                    report(analyzer, Finding(tree, self.failure), INTERNAL)
            return ctx.api.analyze_type(ctx.type)
        finally:
            self._is_starting = False

    # --- calls, reads, classes

    @kept
    @guarded("default_return_type")
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type | None] | None:
        return self._hooks.function(fullname)

    @kept
    @guarded("default_return_type")
    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type | None] | None:
        return self._hooks.method(fullname)

    @kept
    @guarded("default_signature")
    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike | None] | None:
        return self._hooks.function_signature(fullname)

    @kept
    @guarded("default_signature")
    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike | None] | None:
        return self._hooks.method_signature(fullname)

    @kept
    @guarded("default_attr_type")
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], None] | None:
        return self._hooks.attribute(fullname)

    @guarded()
    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return self._hooks.class_mro(fullname)


def _has_begun(tree: MypyFile) -> bool:
    """Whether a module's implicit ``__name__`` has been analysed."""
    return "__name__" in tree.names


def plugin(version: str) -> type[Plugin]:
    """mypy's entry point: the plugin class for mypy ``version``."""
    return DeckrulesPlugin
