"""What answers a call, a read or a class: each hook is found by a table look-up and is one call.

mypy asks every plugin in turn for a hook by name and takes the first answer (python/mypy#8331), so for names that
django-stubs' plugin owns (models and query sets) the signature hooks are used, which it leaves free. They fire before
the arguments are checked; all others use the function and method hooks, which know the arguments' types.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from typing import Final, TypeVar

from mypy.checker import TypeChecker
from mypy.nodes import (
    CallExpr,
    FuncDef,
    MemberExpr,
    NameExpr,
    OverloadedFuncDef,
    RefExpr,
    SymbolNode,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.plugin import (
    AttributeContext,
    ClassDefContext,
    FunctionContext,
    FunctionSigContext,
    MethodContext,
    MethodSigContext,
    Plugin,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import FunctionLike, Instance, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import call_from
from mypy_deckrules.facts.code.sources import LIBRARIES, is_library
from mypy_deckrules.facts.database.models import is_model, relation
from mypy_deckrules.facts.dispatches import canvas_types, dispatch, senders
from mypy_deckrules.facts.metadata import has_facts
from mypy_deckrules.facts.tasks import decorators as task_decorators
from mypy_deckrules.facts.tasks import types as task_types
from mypy_deckrules.facts.tasks.app_tasks import derive_from_app, may_derive_from_app
from mypy_deckrules.facts.tasks.class_tasks import class_task
from mypy_deckrules.facts.tasks.classes import join_to_any
from mypy_deckrules.facts.tasks.decorators import Answer
from mypy_deckrules.facts.tasks.joined import join_methods
from mypy_deckrules.rules import CodedCheck
from mypy_deckrules.runner import Runner

CallHook = Callable[[FunctionContext | MethodContext], Type | None]
TaskMaker = Callable[[FunctionContext | MethodContext, Options], Answer]
T = TypeVar("T")

METHODS: Final = frozenset().union(
    canvas_types.OPERATORS,
    canvas_types.CALLS,
    canvas_types.PACKED_METHODS,
    canvas_types.SPREAD_METHODS,
    dispatch.METHODS,
    task_decorators.METHODS,
    task_types.ON_COMMIT,
    task_types.REQUESTS,
)
"""The names of the methods of Celery and Django that are answered whatever rules are on."""
SILENT: Final = LIBRARIES - {"celery", "django"}
"""Packages whose functions and methods only a rule can ask about."""


class Hooks:
    """Finds the hooks of a build.

    Args:
        plugin: knows mypy's modules.
        runner: what the hooks run.
    """

    def __init__(self, plugin: Plugin, runner: Runner) -> None:
        self._plugin = plugin
        self._runner = runner
        self._checks = runner.checks
        self._options = runner.options

    # --- calls

    def function(self, fullname: str) -> CallHook | None:
        """What answers calls of a function, or of a class."""
        if self._is_silent(fullname):
            return None
        if "." not in fullname:  # a local variable, or what mypy makes a call of: ``<list>``
            return self._alias_hook if not fullname.startswith("<") else None
        node = self._definition(fullname)
        checks = self._function_checks(fullname, node)
        maker = self._function_maker(fullname, node)
        hook = self._call_hook(fullname, checks, fullname in dispatch.FUNCTIONS, maker)
        is_variable = isinstance(node, Var) and isinstance(get_proper_type(node.type), FunctionLike)
        return self._alias_hook if hook is None and is_variable else hook

    def method(self, fullname: str) -> Callable[[MethodContext], Type | None] | None:
        """What answers calls of a method, named with the receiver's class."""
        if fullname.endswith(".__init_subclass__"):  # mypy asks so when it checks a class statement
            return self._class_hook
        if fullname == names.PARTIAL_CALL:
            return self._call_hook(fullname, [], False, task_decorators.partially)
        is_asked_about = self._is_asked_about(fullname)
        if self._is_silent(fullname) or (is_library(fullname) and not is_asked_about):
            return None
        if not is_asked_about:
            return self._call_hook(fullname, [], False, self._method_maker(fullname))
        checks, owned = self._method_checks(fullname)
        if owned:
            return None
        restored = None
        if self._is_one_of(canvas_types.OPERATORS, fullname):
            restored = canvas_types.joined_type
        elif self._is_one_of(canvas_types.CALLS, fullname):
            restored = canvas_types.called_type
        is_dispatch = self._is_one_of(dispatch.METHODS, fullname)
        return self._call_hook(fullname, checks, is_dispatch, self._method_maker(fullname), restored)

    def function_signature(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike | None] | None:
        """What answers calls of a function before its arguments are checked."""
        if fullname in canvas_types.PACKED_FUNCTIONS:
            return self._restore_packed
        if fullname == names.PARTIAL:
            return self._deferred_hook
        if fullname in task_decorators.FUNCTIONS or (
            not is_library(fullname) and task_decorators.is_celerys_decorator(self._definition(fullname))
        ):
            return self._restore_signature
        return self._signature_hook(fullname, [])

    def method_signature(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike | None] | None:
        """What answers calls of a method before its arguments are checked."""
        if self._is_silent(fullname):
            return None
        if not self._is_asked_about(fullname):
            return self._signature_hook(fullname, [])
        if self._is_one_of(canvas_types.PACKED_METHODS, fullname):
            return self._restore_packed
        if self._is_one_of(task_types.ON_COMMIT, fullname):
            return self._restore_on_commit
        if self._is_one_of(task_types.REQUESTS, fullname):
            return self._restore_request
        if self._is_one_of(task_decorators.METHODS, fullname):
            return self._restore_signature
        checks, owned = self._method_checks(fullname)
        hook = self._signature_hook(fullname, checks if owned else [])
        is_spread = hook is None and self._is_one_of(canvas_types.SPREAD_METHODS, fullname)
        return self._restore_spread if is_spread else hook

    def _is_silent(self, fullname: str) -> bool:
        package = fullname.partition(".")[0]
        return package in SILENT and package not in self._checks.packages

    def _is_asked_about(self, fullname: str) -> bool:
        """Whether anything is known about methods of that name."""
        name = fullname.rpartition(".")[2]
        return name in METHODS or name in self._checks.methods

    def _call_hook(
        self,
        fullname: str,
        checks: list[CodedCheck],
        is_dispatch: bool,
        task_maker: TaskMaker | None,
        restored: Callable[[MethodContext], Type] | None = None,
    ) -> CallHook | None:
        if not checks and not is_dispatch and task_maker is None and restored is None:
            return None

        def hook(ctx: FunctionContext | MethodContext) -> Type | None:
            self._runner.run(checks, ctx.api, lambda: call_from(ctx, fullname, self._options))
            if is_dispatch:
                self._runner.run(
                    self._checks["check_dispatch"],
                    ctx.api,
                    lambda: dispatch.dispatch_from(call_from(ctx, fullname, self._options)),
                )
            if restored is not None and isinstance(ctx, MethodContext):
                return self._restore(lambda: restored(ctx))
            return self._make_task(ctx, task_maker) if task_maker is not None else None

        return hook

    def _alias_hook(self, ctx: FunctionContext | MethodContext) -> Type | None:
        """Answers the call of a variable as that of the function or the bound method it stands for:
        ``get = requests.get``, ``send = ship.delay``."""
        assert isinstance(ctx, FunctionContext)
        callee = ctx.context.callee if isinstance(ctx.context, CallExpr) else None
        if not isinstance(callee, NameExpr) or not isinstance(callee.node, Var) or not isinstance(ctx.api, TypeChecker):
            return None
        match bound_value(ctx.api, callee):
            case RefExpr(node=FuncDef() | OverloadedFuncDef()) as function:
                hook = self.function(function.fullname)
                return hook(ctx) if hook is not None and hook != self._alias_hook else None
            case MemberExpr(expr=owner, name=name) if ctx.api.has_type(owner):
                receiver = get_proper_type(ctx.api.lookup_type(owner))
                method = self.method(f"{receiver.type.fullname}.{name}") if isinstance(receiver, Instance) else None
                return method(MethodContext(receiver, *ctx)) if method is not None else None
            case _:
                return None

    def _function_maker(self, fullname: str, node: SymbolNode | None) -> TaskMaker | None:
        """What answers the calls of a function, or class, that makes tasks."""
        if fullname in task_decorators.FUNCTIONS:
            return task_decorators.celerys
        if fullname in self._options.task_decorators:
            return task_decorators.configured
        return task_decorators.maker_of(node)

    def _method_maker(self, fullname: str) -> TaskMaker | None:
        """What answers the calls of a method that makes tasks."""
        if self._is_one_of(task_decorators.METHODS, fullname):
            return task_decorators.celerys
        return self._function_maker(fullname, self._definition(fullname))

    def _class_hook(self, ctx: MethodContext) -> None:
        self._runner.run(self._checks["check_task"], ctx.api, lambda: class_task(ctx, self._options))

    def _definition(self, fullname: str) -> SymbolNode | None:
        """The function or variable of a full name; of a method, that of the class that defines it."""
        symbol = self._lookup(fullname)
        if symbol is None:
            owner, _, name = fullname.rpartition(".")
            owner_symbol = self._lookup(owner)
            if owner_symbol is not None and isinstance(owner_symbol.node, TypeInfo):
                symbol = owner_symbol.node.get(name)
        return symbol.node if symbol is not None else None

    def _make_task(self, ctx: FunctionContext | MethodContext, maker: TaskMaker) -> Type | None:
        answer = maker(ctx, self._options)
        decorator = answer.decorator
        if decorator is not None:
            self._runner.run(self._checks["check_task"], ctx.api, decorator.definition)
        return self._restore(lambda: answer.type)

    def _deferred_hook(self, ctx: FunctionSigContext) -> FunctionLike:
        self._runner.run(
            self._checks["check_dispatch"], ctx.api, lambda: dispatch.deferred_dispatch(ctx, self._options)
        )
        default: FunctionLike = ctx.default_signature
        return default

    def _signature_hook(
        self, fullname: str, checks: list[CodedCheck]
    ) -> Callable[[FunctionSigContext | MethodSigContext], None] | None:
        sender = self._sender(fullname)
        if not checks and sender is None:
            return None

        def hook(ctx: FunctionSigContext | MethodSigContext) -> None:
            self._runner.run(checks, ctx.api, lambda: call_from(ctx, fullname, self._options))
            if sender is not None:
                self._runner.run(
                    self._checks["check_sender_call"],
                    ctx.api,
                    lambda: senders.sender_call(call_from(ctx, fullname, self._options), sender),
                )

        return hook

    def _sender(self, fullname: str) -> str | None:
        """The full name that a function was defined with, if it may be one that sends a task."""
        if is_library(fullname):
            return None
        owner, _, name = fullname.rpartition(".")
        symbol = self._lookup(owner)
        if symbol is not None and isinstance(symbol.node, TypeInfo):
            definer = symbol.node.get_containing_type_info(name)
            if definer is None:
                return None
            owner, fullname = definer.module_name, f"{definer.fullname}.{name}"
        tree = self._plugin._modules.get(owner) if self._plugin._modules is not None else None
        return fullname if tree is not None and has_facts(tree, senders.SENDS) else None

    def _restore_signature(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_decorators.celerys_signature(ctx, self._options))

    def _restore_on_commit(self, ctx: MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_types.on_commit_signature(canvas_types.spread_signature(ctx)))

    def _restore_spread(self, ctx: MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: canvas_types.spread_signature(ctx))

    def _restore_request(self, ctx: MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_types.request_signature(ctx.default_signature))

    def _restore_packed(self, ctx: FunctionSigContext | MethodSigContext) -> FunctionLike | None:
        return self._restore(lambda: task_types.on_commit_signature(canvas_types.packed_signature(ctx)))

    def _restore(self, restored: Callable[[], T]) -> T | None:
        """A type that the stubs lose, unless the options say that nothing is restored."""
        return restored() if self._options.restore_task_types else None

    def _function_checks(self, fullname: str, node: SymbolNode | None) -> list[CodedCheck]:
        checks = self._checks.functions.get(fullname, [])
        if not isinstance(node, TypeInfo):
            return checks
        inherited = (self._checks.functions.get(base.fullname, []) for base in node.mro[1:])
        return [*checks, *chain.from_iterable(inherited)]

    def _method_checks(self, fullname: str) -> tuple[list[CodedCheck], bool]:
        """The checks of a method, and whether django-stubs' plugin owns its method hook."""
        class_name, _, method = fullname.rpartition(".")
        classes = self._checks.methods.get(method)
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
        symbol = self._lookup(class_name)
        if symbol is None or not isinstance(symbol.node, TypeInfo):
            return [class_name]
        return [base.fullname for base in symbol.node.mro]

    def _lookup(self, fullname: str) -> SymbolTableNode | None:
        return self._plugin.lookup_fully_qualified(fullname)

    # --- attributes and classes

    def attribute(self, fullname: str) -> Callable[[AttributeContext], None] | None:
        """What looks at reads of an attribute, named with the class of its owner."""
        checks = self._checks["check_read"]
        if not checks:
            return None
        from mypy_deckrules.facts.queries.reads import AttributeRead  # serves codes that are off by default

        class_name, _, name = fullname.rpartition(".")
        symbol = self._lookup(class_name)
        info = symbol.node if symbol is not None else None
        if not isinstance(info, TypeInfo) or not is_model(info) or relation(info, name) is None:
            return None

        def hook(ctx: AttributeContext) -> None:
            api, node = ctx.api, ctx.context
            assert isinstance(api, TypeChecker)
            if isinstance(node, MemberExpr) and not ctx.is_lvalue:
                self._runner.run(checks, api, partial(AttributeRead, api, self._options, node))

        return hook

    def class_mro(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        """What completes a class of tasks, when its base classes are known."""
        is_tasks = fullname in (names.TASK, names.DJANGO_TASK)
        if not self._options.restore_task_types or (is_library(fullname) and not is_tasks):
            return None
        symbol = self._lookup(fullname)
        info = symbol.node if symbol is not None else None
        if not isinstance(info, TypeInfo):
            return None
        if is_tasks:
            return _complete_task
        if info.has_base(names.TASK):
            return lambda ctx: join_to_any(ctx.cls.info)
        return (lambda ctx: derive_from_app(ctx, self._options)) if may_derive_from_app(info.defn) else None


def _complete_task(ctx: ClassDefContext) -> None:
    assert isinstance(ctx.api, SemanticAnalyzer)
    join_to_any(ctx.cls.info)
    join_methods(ctx.api, ctx.cls)
