"""The types of signatures, where the stubs are wrong.

celery-types 0.26 has ``args: tuple[Any, ...]`` and ``kwargs: dict[str, Any]`` where Celery takes any list or tuple, and
any mapping (``celery.app.amqp.AMQP.as_task_v2``). As its ``Signature`` is a dict, mypy takes ``f.s() | g.s()`` for the
union of two dicts, which can be neither called nor sent. And it has ``Any`` for what a called chain or group gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Decorator, FuncDef, MemberExpr, SymbolNode
from mypy.plugin import FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import AnyType, CallableType, FunctionLike, Instance, Type, TypeOfAny, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import typeinfo
from mypy_deckrules.facts.dispatches.contracts import contract_of
from mypy_deckrules.facts.dispatches.pydantic_models import takes_model, taking_dumps

PACKED_METHODS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("signature", "subtask", "retry", "apply_async_on_commit"), frozenset({names.TASK})),
    **dict.fromkeys(("clone", "partial", "replace"), frozenset({names.SIGNATURE})),
    **dict.fromkeys(("apply_async", "apply"), frozenset({names.TASK, names.SIGNATURE})),
}
PACKED_FUNCTIONS: Final = frozenset({names.SIGNATURE})
"""What takes the arguments of a task as ``args`` and ``kwargs``."""

SPREAD_METHODS: Final = dict.fromkeys(("delay", "delay_on_commit", "si"), frozenset({names.TASK}))
"""What takes the arguments of a task as they are, and has the task's own parameters in the stubs."""

OPERATORS: Final = dict.fromkeys(("__or__", "__ror__", "__ior__"), frozenset({names.SIGNATURE}))
"""What joins two signatures."""

CALLS: Final = {"__call__": frozenset({names.CHAIN_CLASS, names.GROUP, names.CHUNKS})}
"""The calls of a canvas whose result the stubs lose."""

SENT_WHEN_CALLED: Final = frozenset(
    {names.CHAIN_CLASS, names.GROUP, names.CHORD, names.CHUNKS, names.XMAP, names.XSTARMAP}
)
"""What is sent by calling it."""


def packed_signature(ctx: FunctionSigContext | MethodSigContext) -> FunctionLike:
    """The signature of one of ``PACKED_METHODS`` or ``PACKED_FUNCTIONS`` that takes what Celery takes."""
    signature = ctx.default_signature
    if not isinstance(signature, CallableType) or not _is_celerys(signature.definition):
        return signature
    any_type = AnyType(TypeOfAny.special_form)
    wider: dict[str | None, Type] = {
        "args": ctx.api.named_generic_type("builtins.list", [any_type]),
        "kwargs": ctx.api.named_generic_type(
            "typing.Mapping", [ctx.api.named_generic_type("builtins.str", []), any_type]
        ),
    }
    return signature.copy_modified(
        arg_types=[
            UnionType.make_union([typ, wider[name]]) if name in wider and kind.is_optional() else typ
            for name, kind, typ in zip(signature.arg_names, signature.arg_kinds, signature.arg_types, strict=True)
        ]
    )


def spread_signature(ctx: MethodSigContext) -> FunctionLike:
    """The signature of one of ``SPREAD_METHODS`` that takes, with ``pydantic=True``, what a model is dumped to."""
    signature = ctx.default_signature
    if not isinstance(signature, CallableType) or not _is_celerys(signature.definition) or not takes_model(signature):
        return signature
    assert isinstance(ctx.api, TypeChecker)
    task = ctx.context.callee if isinstance(ctx.context, CallExpr) else None
    contract = contract_of(ctx.api, ctx.type, task.expr if isinstance(task, MemberExpr) else None)
    return taking_dumps(ctx.api, signature) if contract is not None and contract.validates_models else signature


def _is_celerys(definition: SymbolNode | None) -> bool:
    function = definition.func if isinstance(definition, Decorator) else definition
    return isinstance(function, FuncDef) and function.info.fullname.startswith("celery.")


def joined_type(ctx: MethodContext) -> Type:
    """The type of ``f.s() | g.s()``: a chain, unless the stubs know better."""
    operands = [ctx.type, *(get_proper_type(typ) for types in ctx.arg_types for typ in types)]
    if not all(isinstance(operand, Instance) and operand.type.has_base(names.SIGNATURE) for operand in operands):
        return ctx.default_return_type
    default = get_proper_type(ctx.default_return_type)
    is_chord = isinstance(default, Instance) and default.type.fullname == names.CHORD
    return default if is_chord else _instance(ctx, names.CHAIN_CLASS)


def called_type(ctx: MethodContext) -> Type:
    """The type of what one of ``CALLS`` gives."""
    if not isinstance(get_proper_type(ctx.default_return_type), AnyType) or not isinstance(ctx.type, Instance):
        return ctx.default_return_type
    is_chain = ctx.type.type.has_base(names.CHAIN_CLASS)
    return _instance(ctx, names.ASYNC_RESULT if is_chain else names.GROUP_RESULT)


def _instance(ctx: MethodContext, fullname: str) -> Type:
    assert isinstance(ctx.api, TypeChecker)
    info = typeinfo(ctx.api, fullname)
    if info is None:
        return ctx.default_return_type
    return Instance(info, [AnyType(TypeOfAny.special_form) for _ in info.defn.type_vars])
