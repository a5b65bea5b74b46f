"""The types of tasks, given back where the stubs lose them.

celery-types knows the parameters of a task under a plain ``@shared_task`` only: ``@app.task`` gives ``Task[Any,
Any]``, ``self: Task[..., R]`` and ``base=`` lose them, and an option that the overloads do not list makes the whole
task ``Any``. Here every call of a decorator gets one signature, ``(**options) -> (Callable[P, R]) -> Task[P, R]``,
and mypy infers the rest.
"""

from __future__ import annotations

from typing import Final

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    ARG_NAMED_OPT,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    GDEF,
    ArgKind,
    Block,
    ClassDef,
    Context,
    SymbolTable,
    SymbolTableNode,
    TempNode,
    TypeInfo,
)
from mypy.typeops import make_simplified_union
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    NoneType,
    ParamSpecFlavor,
    ParamSpecType,
    Type,
    TypeOfAny,
    TypeType,
    TypeVarId,
    TypeVarLikeType,
    TypeVarType,
    UnionType,
    get_proper_type,
)

from mypy_deckrules import names

_ANY: Final = AnyType(TypeOfAny.special_form)


def decorator_type(api: TypeChecker, task_class: TypeInfo | None, *, bound: bool) -> CallableType:
    """What makes a task of a function: ``(Callable[P, R]) -> Task[P, R]``.

    Args:
        task_class: the class of the task, None where it cannot be seen.
        bound: whether the function's first parameter is the task itself.
    """
    parameters, returns = _variables(api)
    itself = [_itself(api, task_class)] if bound else []
    function = CallableType(
        [*itself, parameters.with_flavor(ParamSpecFlavor.ARGS), parameters.with_flavor(ParamSpecFlavor.KWARGS)],
        [*(ARG_POS for _ in itself), ARG_STAR, ARG_STAR2],
        [None for _ in range(len(itself) + 2)],
        returns,
        api.named_type("builtins.function"),
    )
    return CallableType(
        [function],
        [ARG_POS],
        ["fun"],
        _task(api, task_class, parameters, returns),
        api.named_type("builtins.function"),
        variables=[parameters, returns],
    )


def with_options(
    api: TypeChecker, decorator: CallableType, stub: CallableType, *, applied: bool, opaque: bool
) -> CallableType:
    """The signature of a decorator's call with options.

    Args:
        decorator: what makes the task.
        stub: the signature that the stubs have, one of the overloads; it names the options and their types.
        applied: whether the call has the function as its argument too.
        opaque: whether the call has a ``**mapping``; then nothing is asked of the options' types.
    """
    any_option = ([_ANY], [ARG_STAR2], ["options"])
    named = [
        (_widened(api, name, typ), ARG_NAMED_OPT, name)
        for name, typ, kind in zip(stub.arg_names, stub.arg_types, stub.arg_kinds, strict=True)
        if kind.is_named() and not opaque
    ]
    types: list[Type] = [*(typ for typ, _, _ in named), *any_option[0]]
    kinds: list[ArgKind] = [*(kind for _, kind, _ in named), *any_option[1]]
    keywords: list[str | None] = [*(name for _, _, name in named), *any_option[2]]
    if applied:
        return decorator.copy_modified(
            arg_types=[*decorator.arg_types, *types],
            arg_kinds=[*decorator.arg_kinds, *kinds],
            arg_names=[*decorator.arg_names, *keywords],
            name=stub.name,
        )
    return stub.copy_modified(arg_types=types, arg_kinds=kinds, arg_names=keywords, ret_type=decorator, variables=[])


def applied(api: TypeChecker, decorator: CallableType, function: Type, context: Context) -> Type:
    """The type of the task that a decorator makes of a function of type ``function``."""
    return api.expr_checker.check_call(decorator, [TempNode(function, context=context)], [ARG_POS], context)[0]


def _variables(api: TypeChecker) -> tuple[ParamSpecType, TypeVarType]:
    top = api.named_type("builtins.object")
    no_default = AnyType(TypeOfAny.from_omitted_generics)
    identity = [TypeVarId(raw_id, namespace=names.SHARED_TASK) for raw_id in (-1, -2)]
    return (
        ParamSpecType("P", "P", identity[0], ParamSpecFlavor.BARE, top, no_default),
        TypeVarType("R", "R", identity[1], [], top, no_default),
    )


def task_info(api: TypeChecker) -> TypeInfo:
    """The class ``Task``, which is in the build wherever a task is."""
    info = typeinfo(api, names.TASK)
    assert info is not None
    return info


def typeinfo(api: TypeChecker, fullname: str) -> TypeInfo | None:
    """A class that may be missing from the build."""
    module, _, name = fullname.rpartition(".")
    symbol = api.modules[module].names.get(name) if module in api.modules else None
    return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None


def _itself(api: TypeChecker, task_class: TypeInfo | None) -> Type:
    """What a bound function is given as its first argument."""
    if task_class is None:
        return _ANY
    if task_class.fullname == names.TASK and (django := typeinfo(api, names.DJANGO_TASK)) is not None:
        return _unparametrised(django)
    return _unparametrised(task_class)


def _unparametrised(info: TypeInfo) -> Instance:
    return Instance(info, [_ANY for _ in info.defn.type_vars])


def _task(api: TypeChecker, task_class: TypeInfo | None, parameters: ParamSpecType, returns: TypeVarType) -> Instance:
    """The type of a task of a class, with its parameters and its result."""
    plain = task_info(api)
    if task_class is None:
        return Instance(_restored(api, "Task", plain, None), [parameters, returns])
    filled = _filled(task_class, plain, parameters, returns)
    if filled is not None:
        return filled
    generic = next((base for base in task_class.mro if _filled(base, plain, parameters, returns) is not None), plain)
    return Instance(_restored(api, task_class.name, generic, task_class), [parameters, returns])


def _filled(info: TypeInfo, plain: TypeInfo, parameters: ParamSpecType, returns: TypeVarType) -> Instance | None:
    """``info`` with its own type variables filled in, where they are those of ``Task``; None where they are not."""
    if not info.type_vars or not info.has_base(plain.fullname):
        return None
    own = Instance(info, list(info.defn.type_vars))
    task = map_instance_to_supertype(own, plain)
    values: dict[TypeVarId, Type] = {}
    for argument, value in zip(task.args, (parameters, returns), strict=True):
        variable = get_proper_type(argument)
        if not isinstance(variable, ParamSpecType | TypeVarType):
            return None
        values[variable.id] = value
    return Instance(info, [values.get(variable.id, _ANY) for variable in info.defn.type_vars])


def _restored(api: TypeChecker, name: str, generic: TypeInfo, task_class: TypeInfo | None) -> TypeInfo:
    """A class made up for tasks of a class that has no parameters of its own: it inherits from ``task_class``, and from
    ``generic``, which carries the parameters.

    Like mypy's own made-up classes (``TypeChecker.intersect_instances``) it stands in the module's symbol table, so
    that the cache knows it. The daemon, when it starts a module over, leaves names with an "@" alone.
    """
    tree = api.tree
    key = f"{name}@task"
    known = tree.names.get(key)
    if known is not None and isinstance(known.node, TypeInfo):
        info = known.node
    else:
        definition = ClassDef(name, Block([]))
        definition.fullname = f"{tree.fullname}.{key}"
        info = TypeInfo(SymbolTable(), definition, tree.fullname)
        definition.info = info
        tree.names[key] = SymbolTableNode(GDEF, info, module_public=False, module_hidden=True, plugin_generated=True)
    namespace = info.fullname
    no_default = AnyType(TypeOfAny.from_omitted_generics)
    top = api.named_type("builtins.object")
    own: list[TypeVarLikeType] = [
        ParamSpecType("P", "P", TypeVarId(1, namespace=namespace), ParamSpecFlavor.BARE, top, no_default),
        TypeVarType("R", "R", TypeVarId(2, namespace=namespace), [], top, no_default),
    ]
    info.defn.type_vars = own
    info.type_vars = []
    info.add_type_vars()
    carrier = Instance(generic, list(own))
    info.bases = [carrier]
    inherited = generic.mro
    if task_class is None:
        info.fallback_to_any = True
    else:
        info.bases.append(_unparametrised(task_class))
        info.fallback_to_any = task_class.fallback_to_any
        inherited = [*(base for base in task_class.mro if base not in generic.mro), *generic.mro]
    info.mro = [info, *inherited]
    info.metaclass_type = info.calculate_metaclass_type()
    return info


def _widened(api: TypeChecker, name: str | None, typ: Type) -> Type:
    """What Celery takes for an option, where the stubs are too narrow."""
    if name == "queue":  # a kombu.Queue too
        return _ANY
    if name == "bind":
        return api.named_type("builtins.bool")
    if name == "base":
        typ = TypeType(_unparametrised(task_info(api)))
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
