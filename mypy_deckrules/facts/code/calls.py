"""What a call hands over: the arguments of a ``CallExpr`` with the parameters they go to, and their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mypy.checker import TypeChecker
from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    ArgKind,
    CallExpr,
    Context,
    DictExpr,
    Expression,
    StrExpr,
    TypeInfo,
)
from mypy.plugin import CheckerPluginInterface, FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import CallableType, FunctionLike, Instance, ProperType, Type, TypedDictType, get_proper_type

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.bindings import bound_value

HookContext = FunctionContext | MethodContext | FunctionSigContext | MethodSigContext


@dataclass(frozen=True, slots=True)
class Argument:
    """One actual argument.

    Attributes:
        parameter: the name of the parameter it goes to; for an argument that ``**kwargs`` takes, its keyword; None
        where
            there is no name (``*args``, a ``**mapping`` whose keys are not known).
        expr: the argument's expression; for ``*x`` and ``**x`` the ``x``. A ``TypedDict`` or dict literal that is
            unpacked stands once for each of its keys.
        kind: how it was written: positional, named, ``*`` or ``**``.
    """

    parameter: str | None
    expr: Expression
    kind: ArgKind

    @property
    def is_unpacked(self) -> bool:
        """Whether it was written ``*x`` or ``**x``; ``expr`` is then not the value itself."""
        return self.kind in (ARG_STAR, ARG_STAR2)

    @property
    def is_opaque(self) -> bool:
        """Whether it may fill any parameter: ``*x``, or a ``**mapping`` whose keys are not known."""
        return self.is_unpacked and self.parameter is None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function or method that has a full name, while mypy checks it.

    Attributes:
        api: the checker of the module that the call stands in.
        options: the project's options.
        fullname: what is called. For a method, the class of the receiver and the name: ``shop.models.Order.save``.
        node: the call. Decorators and operators call too; ``node`` is then the decorator's or operator's node.
        receiver: the type of the object that the method is called on, None for a function.
        arguments: in the order of the parameters.
        returns: the type that mypy inferred for the call, None while its signature is still being worked out.
    """

    api: TypeChecker
    options: Options
    fullname: str
    node: Context
    receiver: ProperType | None
    arguments: Sequence[Argument]
    returns: Type | None
    _types: dict[Expression, Type] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The function's or method's own name."""
        return self.fullname.rpartition(".")[2]

    @property
    def receiver_expr(self) -> Expression | None:
        """The expression left of the dot, where the method is written with one, here or where a variable got it."""
        callee = bound_value(self.api, self.node.callee) if isinstance(self.node, CallExpr) else None
        return getattr(callee, "expr", None)

    def defined_in(self) -> TypeInfo | None:
        """The class whose method runs: of a method call, the class in the receiver's MRO that defines it; of a
        constructor, the one that defines ``__init__``. None for a function, and where the receiver is no instance.
        """
        instance = get_proper_type(self.returns) if self.receiver is None else self.receiver
        if not isinstance(instance, Instance) or (self.receiver is None and instance.type.fullname != self.fullname):
            return None
        symbol = instance.type.get("__init__" if self.receiver is None else self.name)
        return getattr(symbol.node, "info", None) if symbol is not None else None

    def argument(self, parameter: str) -> Argument | None:
        """What is given for ``parameter``, None if nothing is."""
        return next((argument for argument in self.arguments if argument.parameter == parameter), None)

    def type_of(self, expr: Expression) -> ProperType:
        """The type of an argument, or of any expression that mypy can check where the call stands."""
        typ = self._types.get(expr)
        if typ is None:
            typ = self.api.lookup_type(expr) if self.api.has_type(expr) else self.api.get_expression_type(expr)
            self._types[expr] = typ
        return get_proper_type(typ)


def call_from(ctx: HookContext, fullname: str, options: Options) -> Call:
    """The call that one of mypy's hooks was asked about."""
    types: dict[Expression, Type] = {}
    returns = None
    if isinstance(ctx, FunctionContext | MethodContext):
        returns = ctx.default_return_type
        arguments = list(_checked_arguments(ctx, types))
    else:
        arguments = list(_unchecked_arguments(ctx))
    receiver = ctx.type if isinstance(ctx, MethodContext | MethodSigContext) else None
    return Call(ctx.api, options, fullname, ctx.context, receiver, arguments, returns, types)  # type: ignore[arg-type]


def _checked_arguments(ctx: FunctionContext | MethodContext, types: dict[Expression, Type]) -> Iterator[Argument]:
    seen: set[Expression] = set()
    for formal, exprs in enumerate(ctx.args):
        for actual, expr in enumerate(exprs):
            kind = ctx.arg_kinds[formal][actual]
            if not kind.is_star():
                types[expr] = _own_type(ctx.api, expr, ctx.arg_types[formal][actual])
                yield Argument(ctx.arg_names[formal][actual] or ctx.callee_arg_names[formal], expr, kind)
            elif expr not in seen:  # mypy offers an unpacked argument to every parameter that is still free
                seen.add(expr)
                yield from _unpacked(ctx.api, expr, kind)


def _own_type(api: CheckerPluginInterface, expr: Expression, given: Type) -> Type:
    """The type of an argument. Where mypy tries an overloaded callable with each item of a union in turn, ``given`` is
    one of the items alone."""
    assert isinstance(api, TypeChecker)
    is_tried = expr in api.expr_checker.type_overrides and api.has_type(expr)
    return api.lookup_type(expr) if is_tried else given


def _unpacked(api: CheckerPluginInterface, expr: Expression, kind: ArgKind) -> Iterator[Argument]:
    """``**{"a": 1}`` is as good as ``a=1``; of a ``TypedDict`` the keys are known, of anything else nothing."""
    if kind == ARG_STAR2 and isinstance(expr, DictExpr) and all(isinstance(key, StrExpr) for key, _ in expr.items):
        yield from (Argument(key.value, value, ARG_NAMED) for key, value in expr.items if isinstance(key, StrExpr))
        return
    typ = get_proper_type(api.get_expression_type(expr))
    if kind == ARG_STAR2 and isinstance(typ, TypedDictType):
        yield from (Argument(key, expr, kind) for key in typ.items)
    else:
        yield Argument(None, expr, kind)


def _unchecked_arguments(ctx: FunctionSigContext | MethodSigContext) -> Iterator[Argument]:
    signature: FunctionLike = ctx.default_signature
    written = {}
    if isinstance(ctx.context, CallExpr):
        call = ctx.context
        written = {expr: (call.arg_kinds[i], call.arg_names[i]) for i, expr in enumerate(call.args)}
    names = signature.arg_names if isinstance(signature, CallableType) else []
    for formal, exprs in enumerate(ctx.args):
        for expr in exprs:
            kind, keyword = written.get(expr, (ARG_POS, None))
            yield Argument(keyword or (names[formal] if formal < len(names) else None), expr, kind)


def argument_of(call: CallExpr, name: str, position: int) -> Expression | None:
    """What a call gives for the parameter of that name and position; None where it gives nothing that shows."""
    for i, (expr, keyword, kind) in enumerate(zip(call.args, call.arg_names, call.arg_kinds, strict=True)):
        if keyword == name or (i == position and kind == ARG_POS):
            return expr
    return None


def without_arguments(decorator: Expression) -> Expression:
    """What a decorator names: ``retry``, of ``@retry`` and of ``@retry(times=3)``."""
    return decorator.callee if isinstance(decorator, CallExpr) else decorator
