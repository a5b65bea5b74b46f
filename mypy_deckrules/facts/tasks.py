"""What a Celery task is: its function, its parameters as callers see them, the options it was defined with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    ARG_NAMED_OPT,
    ARG_POS,
    ARG_STAR2,
    ArgKind,
    Argument,
    CallExpr,
    Context,
    Decorator,
    Expression,
    FuncDef,
    RefExpr,
    Statement,
    TypeInfo,
)
from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import AnyType, CallableType, FunctionLike, Instance, Type, TypeOfAny, TypeType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts import task_types
from mypy_deckrules.facts.django import tasks_are_django
from mypy_deckrules.facts.modules import definitions
from mypy_deckrules.facts.task_classes import task_info, typeinfo
from mypy_deckrules.facts.tree import walk_scope


@dataclass(frozen=True, slots=True)
class TaskParameter:
    """A parameter that callers must or may give; the bound ``self`` is none.

    Attributes:
        name: its name.
        type: its declared type; Any where it has no annotation.
        kind: how it may be given, as mypy has it (``ARG_POS``, ``ARG_OPT``, ``ARG_NAMED``, ``ARG_STAR`` ...).
        node: where it stands; its line and column are the parameter's.
        annotated: whether it has an annotation.
    """

    name: str
    type: Type
    kind: ArgKind
    node: Argument
    annotated: bool


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """One task, at its definition.

    Attributes:
        api: the checker of the module.
        options: the project's options.
        name: the full name of the function or class, ``shop.tasks.ship``.
        function: the function that the worker runs; for a class-based task its ``run``.
        node: what a finding about the whole task points at: the decorator, for a class-based task the class.
        parameters: without the bound ``self``.
        returns: the declared return type; None where there is no annotation.
        base: the class of the task, where the decorator, the app (``task_cls``) or the class statement names one.
        bound: whether the function's first parameter is the task itself.
        keywords: the options that the decorator was given, by name.
    """

    api: TypeChecker
    options: Options
    name: str
    function: FuncDef
    node: Context
    parameters: Sequence[TaskParameter]
    returns: Type | None
    base: TypeInfo | None
    bound: bool
    keywords: Mapping[str, Expression]


FUNCTIONS: Final = frozenset({names.SHARED_TASK})
METHODS: Final[Mapping[str, frozenset[str]]] = {"task": frozenset({names.CELERY})}
"""The decorators that make tasks."""

HookContext = FunctionContext | MethodContext | FunctionSigContext | MethodSigContext


def decorated_task(ctx: FunctionContext | MethodContext, options: Options) -> TaskDefinition | None:
    """The task that a call of a task decorator makes; None where the function cannot be seen.

    Args:
        ctx: the call of ``shared_task`` or ``app.task``, written with ``@`` or as a function call.
    """
    assert isinstance(ctx.api, TypeChecker)
    made = _made_by(ctx.context, ctx.api)
    if made is None:
        return None
    name, function, node = made
    keywords = _keywords(ctx.context)
    bound = _is_bound(ctx.api, ctx.context, keywords)
    return TaskDefinition(
        api=ctx.api,
        options=options,
        name=name if "." in name else f"{ctx.api.tree.fullname}.{name}",
        function=function,
        node=node,
        parameters=list(_parameters(function, skip=int(bound))),
        returns=_returns(function),
        base=_task_class(ctx, keywords, options),
        bound=bound,
        keywords=keywords,
    )


def restored_type(ctx: FunctionContext | MethodContext, options: Options) -> Type:
    """The type of the task that a decorator without parentheses makes."""
    assert isinstance(ctx.api, TypeChecker)
    if not isinstance(ctx.context, Decorator):
        return ctx.default_return_type
    decorator = task_types.decorator_type(ctx.api, _task_class(ctx, {}, options), bound=False)
    return task_types.applied(ctx.api, decorator, ctx.arg_types[0][0], ctx.context)


def restored_signature(ctx: FunctionSigContext | MethodSigContext, options: Options) -> CallableType:
    """The signature of a decorator that is called, with or without the function."""
    assert isinstance(ctx.api, TypeChecker)
    call, stub = ctx.context, ctx.default_signature
    if not isinstance(call, CallExpr):
        return stub
    keywords = _keywords(call)
    applied = ARG_POS in call.arg_kinds
    has_options = len(call.args) > applied or not applied
    takes_options = ARG_NAMED_OPT in stub.arg_kinds
    if has_options is not takes_options:  # the overload is for another form of call
        return stub
    decorator = task_types.decorator_type(
        ctx.api, _task_class(ctx, keywords, options), bound=_is_bound(ctx.api, call, keywords)
    )
    if not takes_options:
        return decorator.copy_modified(name=stub.name)
    return task_types.with_options(ctx.api, decorator, stub, applied=applied, opaque=ARG_STAR2 in call.arg_kinds)


def _is_bound(api: TypeChecker, node: Context, keywords: Mapping[str, Expression]) -> bool:
    """Whether the task itself is the function's first argument; where ``bind`` cannot be read, the function tells."""
    bind = keywords.get("bind")
    if _is_literal(bind, "True") or not isinstance(node, CallExpr):
        return _is_literal(bind, "True")
    if _is_literal(bind, "False") or (bind is None and ARG_STAR2 not in node.arg_kinds):
        return False
    made = _made_by(node, api)
    return made is not None and _takes_itself(made[1])


def _takes_itself(function: FuncDef) -> bool:
    first = next(_parameters(function, skip=0), None)
    if first is None or first.kind.is_star():
        return False
    typ = get_proper_type(first.type)
    return typ.type.has_base(names.TASK) if isinstance(typ, Instance) else first.name == "self"


def _task_class(ctx: HookContext, keywords: Mapping[str, Expression], options: Options) -> TypeInfo | None:
    """The class of the task that a decorator makes: ``base=``, or else the app's; None where it cannot be seen."""
    assert isinstance(ctx.api, TypeChecker)
    base = keywords.get("base")
    if base is not None and not _is_literal(base, "None"):
        return _class_of(ctx.api, base)
    if isinstance(ctx, MethodContext | MethodSigContext):
        app = ctx.type
        if isinstance(app, Instance) and app.type.has_base(names.CELERY):
            celery = next(base for base in app.type.mro if base.fullname == names.CELERY)
            own = get_proper_type(next(iter(map_instance_to_supertype(app, celery).args), None))
            if isinstance(own, Instance) and own.type.fullname != names.TASK:
                return own.type
    django = typeinfo(ctx.api, names.DJANGO_TASK)
    if django is not None and tasks_are_django(ctx.api, options):
        return django
    return task_info(ctx.api)


def _class_of(api: TypeChecker, expr: Expression) -> TypeInfo | None:
    typ = get_proper_type(api.get_expression_type(expr))
    if isinstance(typ, FunctionLike) and typ.is_type_obj():
        return typ.type_object()
    item = typ.item if isinstance(typ, TypeType) else None
    return item.type if isinstance(item, Instance) else None


def _is_literal(expr: Expression | None, name: str) -> bool:
    return isinstance(expr, nodes.NameExpr) and expr.fullname == f"builtins.{name}"


def _keywords(node: Context) -> dict[str, Expression]:
    if not isinstance(node, CallExpr):
        return {}
    return {name: value for name, value in zip(node.arg_names, node.args, strict=True) if name is not None}


def _made_by(node: Context, api: TypeChecker) -> tuple[str, FuncDef, Context] | None:
    """The full name of the task that a decorator makes, its function, and the node that stands for the whole."""
    if isinstance(node, Decorator):  # @shared_task
        bare = [expr for expr in node.original_decorators if isinstance(expr, RefExpr) and _may_make_tasks(expr)]
        return node.func.fullname, node.func, (bare or node.original_decorators)[0]
    if not isinstance(node, CallExpr):
        return None
    if node.args and isinstance(node.args[0], RefExpr) and node.arg_names[0] is None:  # shared_task(ship)
        function = _function(node.args[0])
        return (function.fullname, function, node) if function is not None else None
    for statement in definitions(_body(api)):  # @shared_task(...)
        if isinstance(statement, Decorator) and any(node is decorator for decorator in statement.decorators):
            return statement.func.fullname, statement.func, node
    for statement in definitions(_body(api)):  # shared_task(...)(ship)
        if statement.line <= node.line <= (statement.end_line or statement.line):
            for call in walk_scope(statement):
                if (
                    isinstance(call, CallExpr)
                    and call.callee is node
                    and call.args
                    and isinstance(call.args[0], RefExpr)
                ):
                    function = _function(call.args[0])
                    return (function.fullname, function, node) if function is not None else None
    return None


def _may_make_tasks(decorator: RefExpr) -> bool:
    return decorator.fullname in FUNCTIONS or (isinstance(decorator, nodes.MemberExpr) and decorator.name in METHODS)


def _function(expr: RefExpr) -> FuncDef | None:
    node = expr.node.func if isinstance(expr.node, Decorator) else expr.node
    return node if isinstance(node, FuncDef) else None


def _body(api: TypeChecker) -> list[Statement]:
    """The statements of the innermost module, class or function that is being checked."""
    match api.scope.stack[-1]:
        case nodes.MypyFile(defs=statements):
            return statements
        case TypeInfo(defn=definition):
            return definition.defs.body
        case FuncDef(body=block) | nodes.LambdaExpr(body=block):
            return block.body
        case _:
            return []


def _parameters(function: FuncDef, *, skip: int) -> Iterator[TaskParameter]:
    types = function.type.arg_types if isinstance(function.type, CallableType) else None
    for position, argument in enumerate(function.arguments):
        if position >= skip:
            typ = types[position] if types is not None else AnyType(TypeOfAny.unannotated)
            annotated = not is_unannotated(typ)
            yield TaskParameter(argument.variable.name, typ, argument.kind, argument, annotated)


def _returns(function: FuncDef) -> Type | None:
    if not isinstance(function.type, CallableType) or is_unannotated(function.type.ret_type):
        return None
    return function.type.ret_type


def is_unannotated(typ: Type) -> bool:
    """Whether a type stands where the source has no annotation."""
    proper = get_proper_type(typ)
    return isinstance(proper, AnyType) and proper.type_of_any == TypeOfAny.unannotated
