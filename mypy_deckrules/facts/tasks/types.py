"""The types of tasks, given back where the stubs lose them.

celery-types knows the parameters of a task under a plain ``@shared_task`` only: ``@app.task`` gives ``Task[Any,
Any]``, ``self: Task[..., R]`` and ``base=`` lose them, and an option that the overloads do not list makes the whole
task ``Any``. Here every call of a decorator gets one signature, ``(**options) -> (Callable[P, R]) -> Task[P, R]``,
and mypy infers the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import (
    ARG_NAMED_OPT,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    ArgKind,
    FuncDef,
    TempNode,
    TypeInfo,
)
from mypy.typeops import make_simplified_union
from mypy.types import (
    CallableType,
    FunctionLike,
    Instance,
    NoneType,
    Parameters,
    ParamSpecFlavor,
    Type,
    TypeType,
    UnionType,
    get_proper_type,
)

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import typeinfo
from mypy_deckrules.facts.tasks.classes import ANY, task_info, task_type, unparametrised, variables

UNKNOWN_PARAMETERS: Final = Parameters([ANY, ANY], [ARG_STAR, ARG_STAR2], [None, None], is_ellipsis_args=True)

ON_COMMIT: Final = dict.fromkeys(("delay_on_commit", "apply_async_on_commit"), frozenset({names.DJANGO_TASK}))
"""Methods that return None (``celery/contrib/django/task.py``), and a result in the stubs."""

REQUESTS: Final = {"push_request": frozenset({names.TASK})}
"""Methods that take what a request consists of (``celery.app.task.Context``); in the stubs, the task's parameters."""


@dataclass(frozen=True, slots=True)
class HowMade:
    """How a task is made of a function.

    Attributes:
        task_class: the class of the task, None where it cannot be seen.
        bound: whether the function's first parameter is the task itself.
        keeps_parameters: whether the task takes what the function takes.
    """

    task_class: TypeInfo | None
    bound: bool
    keeps_parameters: bool


def decorator_type(api: TypeChecker, how: HowMade, function: FunctionLike | None = None) -> CallableType:
    """What makes a task of a function: ``(Callable[P, R]) -> Task[P, R]``.

    Args:
        function: the type of the function that the task is made of, where mypy cannot follow it.
    """
    parameters, returns = variables(api, names.SHARED_TASK, -1)
    taken = parameters if how.keeps_parameters else UNKNOWN_PARAMETERS
    itself = [_itself(api, how.task_class)] if how.bound else []
    accepted = CallableType(
        [*itself, parameters.with_flavor(ParamSpecFlavor.ARGS), parameters.with_flavor(ParamSpecFlavor.KWARGS)],
        [*(ARG_POS for _ in itself), ARG_STAR, ARG_STAR2],
        [None for _ in range(len(itself) + 2)],
        returns,
        api.named_type("builtins.function"),
        from_concatenate=how.bound,
    )
    decorator = CallableType(
        [accepted],
        [ARG_POS],
        ["fun"],
        task_type(api, how.task_class, taken, returns),
        api.named_type("builtins.function"),
        variables=[parameters, returns],
    )
    if function is None:
        return decorator
    argument = TempNode(function)
    made = api.expr_checker.check_call(decorator, [argument], [ARG_POS], argument)[0]
    return decorator.copy_modified(arg_types=[ANY], ret_type=made, variables=[])


def identity(api: TypeChecker) -> CallableType:
    """The type of what gives back what it is given: ``(R) -> R``."""
    _, any_type = variables(api, names.SHARED_TASK, -1)
    return CallableType(
        [any_type], [ARG_POS], ["fun"], any_type, api.named_type("builtins.function"), variables=[any_type]
    )


def with_options(
    api: TypeChecker,
    decorator: CallableType,
    stub: CallableType,
    *,
    applied: bool,
    opaque: bool,
    given: Collection[str | None],
    objects: Collection[str],
) -> CallableType:
    """The signature of a decorator's call with options.

    Args:
        decorator: what makes the task.
        stub: the signature that the stubs have, one of the overloads; it names the options and their types.
        applied: whether the call has the function as its argument too.
        opaque: whether the call has a ``**mapping``; then nothing is asked of the options' types.
        given: the options that the call names; those that it does not are asked nothing.
        objects: those that are given an object of a class of the project's, as for a number that a setting says
            when it is needed. Celery asks for no types.
    """
    named = [
        (ANY if name in objects else _widened(api, name, typ) if name in given else typ, name)
        for name, typ, kind in zip(stub.arg_names, stub.arg_types, stub.arg_kinds, strict=True)
        if kind.is_named() and not opaque
    ]
    types: list[Type] = [*(typ for typ, _ in named), ANY]
    kinds: list[ArgKind] = [*(ARG_NAMED_OPT for _ in named), ARG_STAR2]
    keywords: list[str | None] = [*(name for _, name in named), "options"]
    if applied:
        return decorator.copy_modified(
            arg_types=[*decorator.arg_types, *types],
            arg_kinds=[*decorator.arg_kinds, *kinds],
            arg_names=[*decorator.arg_names, *keywords],
            name=stub.name,
        )
    return stub.copy_modified(arg_types=types, arg_kinds=kinds, arg_names=keywords, ret_type=decorator, variables=[])


def on_commit_signature(signature: FunctionLike) -> FunctionLike:
    """The signature of one of ``ON_COMMIT``, as it is at run time; any other is left as it is."""
    match signature:
        case CallableType(definition=FuncDef(name=name, info=TypeInfo(fullname=names.DJANGO_TASK))) if (
            name in ON_COMMIT
        ):
            return signature.copy_modified(ret_type=NoneType())
        case _:
            return signature


def request_signature(signature: FunctionLike) -> FunctionLike:
    """The signature of one of ``REQUESTS``, which takes anything; any other is left as it is."""
    match signature:
        case CallableType(definition=FuncDef(name=name, info=TypeInfo(fullname=names.TASK))) if name in REQUESTS:
            return signature.copy_modified(
                arg_types=[ANY, ANY], arg_kinds=[ARG_STAR, ARG_STAR2], arg_names=["args", "kwargs"]
            )
        case _:
            return signature


def _itself(api: TypeChecker, task_class: TypeInfo | None) -> Type:
    """What a bound function is given as its first argument."""
    if task_class is None:
        return ANY
    if task_class.fullname == names.TASK and (django := typeinfo(api, names.DJANGO_TASK)) is not None:
        return unparametrised(django)
    return unparametrised(task_class)


def _widened(api: TypeChecker, name: str | None, typ: Type) -> Type:
    """What Celery takes for an option, where the stubs are too narrow."""
    if name == "queue":  # a kombu.Queue too
        return ANY
    if name == "bind":
        return api.named_type("builtins.bool")
    if name == "base":
        typ = TypeType(unparametrised(task_info(api)))
    proper = get_proper_type(typ)
    items = [get_proper_type(item) for item in proper.items] if isinstance(proper, UnionType) else [proper]
    wider: list[Type] = [NoneType()]  # "not set": the app's default holds
    if name == "rate_limit" or any(
        isinstance(item, Instance) and item.type.fullname == "builtins.int" for item in items
    ):
        wider.append(api.named_type("builtins.float"))
    if name == "throws":  # isinstance() takes a class as well as a tuple of them
        wider += (item.args[0] for item in items if isinstance(item, Instance) and item.args)
    return make_simplified_union([*items, *wider])
