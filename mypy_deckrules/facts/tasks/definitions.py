"""What a Celery task is: its function, its parameters as callers see them, the options it was defined with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mypy.checker import TypeChecker
from mypy.nodes import (
    ArgKind,
    Argument,
    Context,
    Expression,
    FuncDef,
    TypeInfo,
)
from mypy.types import AnyType, CallableType, Instance, Type, TypeOfAny, get_proper_type

from mypy_deckrules.config import Options
from mypy_deckrules.facts.settings import Setting


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
        taken: those that callers give as they are declared; not those that a class's ``__call__``, or a decorator in
            between, may put in their place.
        returns: the declared return type; None where there is no annotation.
        base: the class of the task, where the decorator, the app (``task_cls``) or the class statement names one.
        bound: whether the function's first parameter is the task itself.
        keywords: the options that the decorator was given, by name.
        added: those that a decorator of the project adds.
        is_opaque: whether there may be options that cannot be seen.
    """

    api: TypeChecker
    options: Options
    name: str
    function: FuncDef
    node: Context
    parameters: Sequence[TaskParameter]
    taken: Sequence[TaskParameter]
    returns: Type | None
    base: TypeInfo | None
    bound: bool
    keywords: Mapping[str, Expression]
    added: Mapping[str, Setting]
    is_opaque: bool


def parameters_of(function: FuncDef, *, skip: int) -> Iterator[TaskParameter]:
    """The parameters of a function, without the first ``skip``."""
    types = function.type.arg_types if isinstance(function.type, CallableType) else None
    for position, argument in enumerate(function.arguments[skip:], start=skip):
        typ = types[position] if types is not None else AnyType(TypeOfAny.unannotated)
        yield TaskParameter(argument.variable.name, typ, argument.kind, argument, not is_unannotated(typ))


def returns_of(function: FuncDef) -> Type | None:
    """The declared return type of a function, as it is written; None where it has no annotation."""
    if not isinstance(function.type, CallableType) or is_unannotated(function.type.ret_type):
        return None
    returned = get_proper_type(function.type.ret_type)
    if function.is_coroutine and isinstance(returned, Instance) and len(returned.args) == 3:
        return returned.args[2]  # Coroutine[Any, Any, R]
    return function.type.ret_type


def is_unannotated(typ: Type) -> bool:
    """Whether a type stands where the source has no annotation."""
    proper = get_proper_type(typ)
    return isinstance(proper, AnyType) and proper.type_of_any == TypeOfAny.unannotated
