"""Calls of what makes tasks: the definition and the type that comes of each.

There are four kinds: Celery's own decorators; a project's, whose types say that they give back a task; those that the
option ``task_decorators`` names; and functions without a return annotation, which ``facts.tasks.makers`` follows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.join import join_type_list
from mypy.nodes import (
    ARG_NAMED_OPT,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    CallExpr,
    Context,
    Decorator,
    Expression,
    FuncDef,
    FuncItem,
    OverloadedFuncDef,
    RefExpr,
    SymbolNode,
    TempNode,
    TypeInfo,
    Var,
)
from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    Overloaded,
    Type,
    UnionType,
    get_proper_type,
)

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.classes import class_meant, typeinfo
from mypy_deckrules.facts.tasks.apps import app_class, app_type, shared_class
from mypy_deckrules.facts.tasks.bases import changes_arguments
from mypy_deckrules.facts.tasks.classes import ANY, task_info, task_type, unparametrised
from mypy_deckrules.facts.tasks.definitions import TaskDefinition, parameters_of, returns_of
from mypy_deckrules.facts.tasks.django import tasks_are_django
from mypy_deckrules.facts.tasks.functions import TaskFunction, task_function
from mypy_deckrules.facts.tasks.makers import Making, Same, Signed, class_named, given_back
from mypy_deckrules.facts.tasks.sketches import Sketch, calls_of_parameters, is_untyped, undecorated
from mypy_deckrules.facts.tasks.stacked import gives_back_task, is_taken, is_task, is_task_or_maker, loses_parameters
from mypy_deckrules.facts.tasks.types import UNKNOWN_PARAMETERS, HowMade, decorator_type, identity, with_options

FUNCTIONS: Final = frozenset({names.SHARED_TASK})
METHODS: Final[Mapping[str, frozenset[str]]] = {"task": frozenset({names.CELERY})}
"""Celery's own decorators."""

NONE: Final[Sketch] = ["literal", None]
TRUE: Final[Sketch] = ["literal", True]
FALSE: Final[Sketch] = ["literal", False]

UNSEEN: Final = Making(None, {"**": ["?"]})

CallContext = FunctionContext | MethodContext
SignatureContext = FunctionSigContext | MethodSigContext


@dataclass(frozen=True, slots=True)
class TaskDecorator:
    """One call of something that makes tasks.

    Attributes:
        api: the checker of the module that it stands in.
        options: the project's options.
        node: the call, or for a decorator without parentheses the ``Decorator``.
        making: how it makes tasks.
        argument: the first argument; of a decorator without parentheses a node with the decorator's position.
    """

    api: TypeChecker
    options: Options
    node: Context
    making: Making
    argument: Expression | None

    @property
    def keywords(self) -> Mapping[str, Expression]:
        """The options that it is given, by name."""
        if not isinstance(self.node, CallExpr):
            return {}
        given = zip(self.node.arg_names, self.node.args, strict=True)
        return {name: value for name, value in given if name is not None}

    @property
    def is_opaque(self) -> bool:
        """Whether it is given options that cannot be seen, ``**defaults``."""
        return isinstance(self.node, CallExpr) and ARG_STAR2 in self.node.arg_kinds

    @property
    def function(self) -> TaskFunction | None:
        """The function that it makes a task of, where that can be seen."""
        return task_function(self.api, self.node, self.argument)

    @property
    def type(self) -> CallableType:
        """The type of what makes a task of a function."""
        made = self.function
        lost = made is not None and loses_parameters(self.api, made)
        return decorator_type(self.api, self._how(), self.api.function_type(made.function) if made and lost else None)

    @property
    def own_type(self) -> Type:
        """The type of a task that it makes of a function that cannot be seen."""
        return task_type(self.api, self._task_class(), UNKNOWN_PARAMETERS, ANY)

    def definition(self) -> TaskDefinition | None:
        """The task that it defines; None where the function cannot be seen, or is a task already."""
        made = self.function
        if made is None or any(gives_back_task(self.api, expr) for expr in made.below) or self._is_inside(made):
            return None
        how = self._how()
        parameters = list(parameters_of(made.function, skip=int(how.bound)))
        return TaskDefinition(
            api=self.api,
            options=self.options,
            name=made.name,
            function=made.function,
            node=made.node,
            parameters=parameters,
            taken=[item for item in parameters if how.keeps_parameters and is_taken(self.api, made, item)],
            returns=returns_of(made.function),
            base=how.task_class,
            bound=how.bound,
            keywords=self.keywords,
            added=self.making.added,
            is_opaque=self.is_opaque or self.making.is_opaque,
        )

    def _is_inside(self, made: TaskFunction) -> bool:
        """Whether it stands in a project's own decorator, so that the task is the function given to that."""
        around = [scope for scope in self.api.scope.stack if isinstance(scope, FuncItem)]
        return bool(calls_of_parameters(made.function, around))

    def _how(self) -> HowMade:
        task_class = self._task_class()
        keeps = self.making.given != "wrapper" and not changes_arguments(self.api, task_class, "__call__")
        return HowMade(task_class, self._is_bound(), keeps)

    def _task_class(self) -> TypeInfo | None:
        base = self.keywords.get("base")
        if base is not None and not _is_literal(base, "None"):
            return class_meant(self.api.get_expression_type(base))
        sketch = self.making.keywords.get("base", NONE)
        if sketch != NONE:
            return class_named(self.api, sketch)
        own = app_class(self.api, self.making.app) if self.making.app is not None else shared_class(self.api)
        if own is not None:
            return own
        django = typeinfo(self.api, names.DJANGO_TASK)
        if django is not None and tasks_are_django(self.api, self.options):
            return django
        return task_info(self.api)

    def _is_bound(self) -> bool:
        """Whether the function is given the task; where ``bind`` cannot be read, its first parameter tells."""
        if self.making.given in ("bound", "unbound"):
            return self.making.given == "bound"
        bind = self.keywords.get("bind")
        sketch = self.making.keywords.get("bind", NONE) if bind is None else None
        if _is_literal(bind, "True") or sketch == TRUE:
            return True
        if _is_literal(bind, "False") or (sketch in (NONE, FALSE) and not self.is_opaque and not self.making.is_opaque):
            return False
        made = self.function
        return made is not None and _takes_itself(made)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the plugin answers a call with: the task that it defines, if any, and its type."""

    decorator: TaskDecorator | None
    type: Type


def is_celerys_decorator(node: SymbolNode | None) -> bool:
    """Whether a variable holds one of Celery's own decorators: ``task = app.task``."""
    typ = get_proper_type(node.type) if isinstance(node, Var) else None
    if not isinstance(typ, Overloaded):
        return False
    made_of = {getattr(item.definition, "fullname", None) for item in typ.items}
    return made_of <= {names.SHARED_TASK, f"{names.CELERY}.task"}


def maker_of(node: SymbolNode | None) -> Callable[[CallContext, Options], Answer] | None:
    """What answers calls of something that may make tasks; None where it cannot.

    Args:
        node: the function, method, class or variable that is called.
    """
    if isinstance(node, TypeInfo):
        return app_made if node.has_base(names.CELERY) else None
    if is_celerys_decorator(node):
        return celerys
    function = undecorated(node)
    if function is not None and is_untyped(function):
        return partial(untyped, definition=function.fullname)
    if isinstance(node, Var) and node.type is None:  # mypy has yet to infer it, and has when the call is checked
        return partial(inferred, variable=node)
    typ = getattr(node, "type", None) if isinstance(node, FuncDef | OverloadedFuncDef | Var) else None
    proper = get_proper_type(typ)
    if isinstance(proper, FunctionLike) and any(is_task_or_maker(item.ret_type) for item in proper.items):
        return partial(typed, definition=getattr(node, "fullname", ""))
    return None


def celerys(ctx: CallContext, options: Options) -> Answer:
    """The answer to a call of ``shared_task``, or of an app's ``task``."""
    decorator = _decorator(ctx, options, Making(_receiver(ctx), {}))
    is_untyped = isinstance(get_proper_type(ctx.default_return_type), AnyType)  # a subclass's own ``task``
    match ctx.context:
        case Decorator():
            return Answer(decorator, _applied(ctx, decorator))
        case CallExpr(arg_kinds=kinds) if ARG_STAR2 in kinds and ARG_POS not in kinds and ARG_STAR not in kinds:
            return Answer(decorator, decorator.type)  # **options fit several overloads, which must agree
        case _:
            return _made(ctx, decorator) if is_untyped else Answer(decorator, ctx.default_return_type)


def celerys_signature(ctx: SignatureContext, options: Options) -> CallableType:
    """The signature of one of Celery's decorators that is called, with or without the function."""
    call, stub = ctx.context, ctx.default_signature
    if not isinstance(call, CallExpr):
        return stub
    applied = ARG_POS in call.arg_kinds
    has_options = len(call.args) > applied or not applied
    takes_options = ARG_NAMED_OPT in stub.arg_kinds
    if has_options is not takes_options:  # the overload is for another form of call
        return stub
    decorator = _decorator(ctx, options, Making(_receiver(ctx), {}))
    if not takes_options:
        return decorator.type.copy_modified(name=stub.name)
    objects = [name for name, value in decorator.keywords.items() if _is_own_object(value)]
    return with_options(
        decorator.api,
        decorator.type,
        stub,
        applied=applied,
        opaque=decorator.is_opaque,
        given=call.arg_names,
        objects=objects,
    )


def inferred(ctx: CallContext, options: Options, variable: Var) -> Answer:
    """The answer to a call of a variable whose type has been inferred by now."""
    maker = maker_of(variable) if variable.type is not None else None
    return maker(ctx, options) if maker is not None else Answer(None, ctx.default_return_type)


def app_made(ctx: CallContext, options: Options) -> Answer:
    """The answer to a call that makes an app."""
    return Answer(None, app_type(ctx) if isinstance(ctx, FunctionContext) else ctx.default_return_type)


def typed(ctx: CallContext, options: Options, definition: str) -> Answer:
    """The answer to a call of something whose type says that it gives back a task, or what makes one."""
    assert isinstance(ctx.api, TypeChecker)
    values = given_back(ctx.api, definition, ctx.type if isinstance(ctx, MethodContext) else None)
    making = next((value for value in values if isinstance(value, Making)), UNSEEN)
    decorator = _decorator(ctx, options, making)
    return Answer(decorator if is_task_or_maker(ctx.default_return_type) else None, ctx.default_return_type)


def configured(ctx: CallContext, options: Options) -> Answer:
    """The answer to a call of a decorator that the options name."""
    return _made(ctx, _decorator(ctx, options, UNSEEN))


def untyped(ctx: CallContext, options: Options, definition: str) -> Answer:
    """The answer to a call of a function without a return annotation, defined with the full name ``definition``."""
    assert isinstance(ctx.api, TypeChecker)
    values = given_back(ctx.api, definition, ctx.type if isinstance(ctx, MethodContext) else None)
    has_function = _has_function(ctx)
    for value in sorted(values, key=lambda value: getattr(value, "is_decorator", has_function) is has_function):
        match value:
            case Making(given="own"):
                return Answer(None, _decorator(ctx, options, value).own_type)
            case Making():
                return _made(ctx, _decorator(ctx, options, value))
            case Instance() if is_task(value):
                return Answer(None, _one_of([task for task in values if isinstance(task, Instance) and is_task(task)]))
            case Instance():
                return Answer(None, value)
            case Signed(type=signed):
                return Answer(None, UnionType([signed, ANY]))
            case Same() if (typ := _same(ctx, value)) is not None:
                return Answer(None, typ)
            case _:
                pass
    return Answer(None, ctx.default_return_type)


def _one_of(tasks: Sequence[Instance]) -> Type:
    """The type of what is one of several tasks, and may be given what any of them takes."""
    first, *others = tasks
    joined = get_proper_type(join_type_list(tasks))
    if all(other == first for other in others) or not isinstance(joined, Instance):
        return first
    return unparametrised(joined.type)


def partially(ctx: CallContext, options: Options) -> Answer:
    """The answer to a call of what may be ``functools.partial(shared_task, ...)``."""
    called = ctx.type if isinstance(ctx, MethodContext) else None
    callee = _callee(ctx) if isinstance(called, Instance) and any(map(is_task, called.args)) else None
    if not isinstance(callee, RefExpr):
        return Answer(None, ctx.default_return_type)
    return untyped(ctx, options, callee.fullname)


def _callee(ctx: CallContext) -> Context | None:
    """What is called: of a decorator without parentheses, that decorator."""
    if isinstance(ctx.context, CallExpr):
        return ctx.context.callee
    assert isinstance(ctx.api, TypeChecker)
    first = next((args[0] for args in ctx.args if args), None)
    made = task_function(ctx.api, ctx.context, first)
    return made.node if made is not None else None


def _same(ctx: CallContext, value: Same) -> Type | None:
    """The type of what gives back a task that it is given, or of that task; None where it is given no task."""
    assert isinstance(ctx.api, TypeChecker)
    first = next((types[0] for types in ctx.arg_types if types), None)
    if not value.is_decorator:
        return first if first is not None and is_task(first) else None
    made = task_function(ctx.api, ctx.context, None)
    return (
        identity(ctx.api) if made is not None and any(gives_back_task(ctx.api, expr) for expr in made.below) else None
    )


def _made(ctx: CallContext, decorator: TaskDecorator) -> Answer:
    return Answer(decorator, _applied(ctx, decorator) if _has_function(ctx) else decorator.type)


def _has_function(ctx: CallContext) -> bool:
    """Whether a call has the function that is made a task as its argument."""
    if isinstance(ctx.context, Decorator):
        return True
    typ = next((get_proper_type(types[0]) for types in ctx.arg_types if types), None)
    return isinstance(typ, FunctionLike) and isinstance(ctx.context, CallExpr) and ctx.context.arg_kinds[0] == ARG_POS


def _applied(ctx: CallContext, decorator: TaskDecorator) -> Type:
    """The type of the task that a decorator makes of the first argument."""
    function = next(types[0] for types in ctx.arg_types if types)
    argument = TempNode(function, context=ctx.context)
    return decorator.api.expr_checker.check_call(decorator.type, [argument], [ARG_POS], ctx.context)[0]


def _decorator(ctx: CallContext | SignatureContext, options: Options, making: Making) -> TaskDecorator:
    assert isinstance(ctx.api, TypeChecker)
    first = next((args[0] for args in ctx.args if args), None)
    return TaskDecorator(ctx.api, options, ctx.context, making, first)


def _receiver(ctx: CallContext | SignatureContext) -> Instance | None:
    typ = ctx.type if isinstance(ctx, MethodContext | MethodSigContext) else None
    return typ if isinstance(typ, Instance) else None


def _is_own_object(expr: Expression) -> bool:
    """Whether an expression makes an object of a class that is not Python's."""
    match expr:
        case CallExpr(callee=nodes.RefExpr(node=TypeInfo(module_name=module))):
            return module.partition(".")[0] not in sys.stdlib_module_names
        case _:
            return False


def _takes_itself(made: TaskFunction) -> bool:
    first = next(parameters_of(made.function, skip=0), None)
    if first is None or first.kind.is_star():
        return False
    typ = get_proper_type(first.type)
    return typ.type.has_base(names.TASK) if isinstance(typ, Instance) else first.name == "self"


def _is_literal(expr: Expression | None, name: str) -> bool:
    return isinstance(expr, nodes.NameExpr) and expr.fullname == f"builtins.{name}"
