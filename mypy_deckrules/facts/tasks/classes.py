"""The class of a task together with its parameters: ``Task[P, R]``, and what stands for a base class that has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    GDEF,
    MDEF,
    Block,
    ClassDef,
    FuncDef,
    MypyFile,
    SymbolTable,
    SymbolTableNode,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Parameters,
    ParamSpecFlavor,
    ParamSpecType,
    Type,
    TypeOfAny,
    TypeVarId,
    TypeVarType,
    get_proper_type,
)

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import typeinfo

ANY: Final = AnyType(TypeOfAny.special_form)

PASSING_ON: Final = ("__call__", "delay", "delay_on_commit", "s", "si")
"""Methods that take a task's own parameters, and that base classes like to override with ``(*args, **kwargs)``."""


def variables(api: TypeChecker, owner: str, sign: int) -> tuple[ParamSpecType, TypeVarType]:
    """The ``P`` and ``R`` of a generic class (``sign`` 1) or function (-1)."""
    top, no_default = api.named_type("builtins.object"), AnyType(TypeOfAny.from_omitted_generics)
    return (
        ParamSpecType("_P", "_P", TypeVarId(sign, namespace=owner), ParamSpecFlavor.BARE, top, no_default),
        TypeVarType("_R", "_R", TypeVarId(2 * sign, namespace=owner), [], top, no_default),
    )


def task_info(api: TypeChecker | SemanticAnalyzer) -> TypeInfo:
    """The class ``Task``, which is in the build wherever a task is."""
    info = typeinfo(api, names.TASK)
    assert info is not None
    return info


def unparametrised(info: TypeInfo) -> Instance:
    """An instance of a class with Any for all that its type variables stand for."""
    return Instance(info, [ANY for _ in info.defn.type_vars])


def join_to_any(info: TypeInfo) -> None:
    """Let the tasks of a class that take different parameters have something in common: a task that takes anything.

    mypy joins two types whose values for a ``ParamSpec`` differ to its upper bound. That is ``object``, so a list or a
    dict of several tasks would be one of objects, which have no ``delay``.
    """
    for position, variable in enumerate(info.defn.type_vars):
        if isinstance(variable, ParamSpecType):
            variable = variable.copy_modified()  # the methods of the class keep theirs
            variable.upper_bound = unparametrised(info)
            info.defn.type_vars[position] = variable


def task_type(api: TypeChecker, base: TypeInfo | None, parameters: Type, returns: Type) -> Instance:
    """The type of a task of the class ``base`` (None where that cannot be seen), with its parameters and its result."""
    plain, values = task_info(api), [parameters, returns]
    if base is None:
        return Instance(_made_up(api, plain.name, plain, None), values)
    if not base.has_base(plain.fullname) and not base.fallback_to_any:  # mypy reports it
        return Instance(plain, values)
    nearest = next((info for info in base.mro if _filled(info, plain, values) is not None), plain)
    carrier = nearest if nearest is base else _made_up(api, base.name, nearest, base)
    return _filled(carrier, plain, values) or Instance(carrier, values)


def _filled(info: TypeInfo, plain: TypeInfo, values: Sequence[Type]) -> Instance | None:
    """``info`` with its type variables filled in, where they are those of ``Task``; None where they are not."""
    if not info.type_vars or not info.has_base(plain.fullname):
        return None
    task = map_instance_to_supertype(Instance(info, list(info.defn.type_vars)), plain)
    filled: dict[TypeVarId, Type] = {}
    for argument, value in zip(task.args, values, strict=True):
        variable = get_proper_type(argument)
        if isinstance(variable, ParamSpecType | TypeVarType):
            filled[variable.id] = value
        elif not (_is_ellipsis(variable) and _is_ellipsis(value)):
            return None
    return Instance(info, [filled.get(variable.id, ANY) for variable in info.defn.type_vars])


def _is_ellipsis(typ: Type) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, Parameters) and proper.is_ellipsis_args


def _made_up(api: TypeChecker, name: str, generic: TypeInfo, base: TypeInfo | None) -> TypeInfo:
    """A class for tasks whose base class has no parameters of its own: it inherits from ``base``, and from ``generic``,
    which carries them.

    Like the classes that mypy makes up itself (``TypeChecker.intersect_instances``) it stands in the module's symbol
    table, so that the cache knows it.
    """
    info = made_up_class(api.tree, name)
    own = variables(api, info.fullname, 1)
    info.defn.type_vars = list(own)
    join_to_any(info)
    info.type_vars = []
    info.add_type_vars()
    info.bases = [Instance(generic, list(own))]
    info.mro = [info, *generic.mro]
    if base is not None:
        info.bases.append(unparametrised(base))
        info.mro[1:1] = (ancestor for ancestor in base.mro if ancestor not in generic.mro)
    info.fallback_to_any = base is None or base.fallback_to_any
    info.metaclass_type = info.calculate_metaclass_type()
    info.names = SymbolTable()
    for method in PASSING_ON:
        _pass_on(api, info, method, own[0])
    for ancestor in info.mro[1:]:
        for attribute in ancestor.names:
            triggers = f"<{ancestor.fullname}.{attribute}>", f"<{info.fullname}.{attribute}>"
            api.tree.plugin_deps.setdefault(triggers[0], set()).add(triggers[1])
    return info


def made_up_class(tree: MypyFile, name: str) -> TypeInfo:
    """A class that no source defines, in a module's symbol table, so that hooks and the cache find it: one of that name
    that was made before, or one without bases and methods."""
    # The daemon, when it starts a module over, leaves names with an "@" alone.
    key = f"{name}@task"
    known = tree.names.get(key)
    if known is not None and isinstance(known.node, TypeInfo):
        return known.node
    definition = ClassDef(name, Block([]))
    definition.fullname = f"{tree.fullname}.{key}"
    info = definition.info = TypeInfo(SymbolTable(), definition, tree.fullname)
    tree.names[key] = SymbolTableNode(GDEF, info, module_public=False, module_hidden=True, plugin_generated=True)
    return info


def open_class(api: SemanticAnalyzer, name: str, base: Instance, methods: Iterable[str]) -> TypeInfo:
    """A made-up class of the module at work, with methods that take anything and give back Any."""
    info = made_up_class(api.cur_mod_node, name)
    info.bases = [base]
    info.mro = [info, *base.type.mro]
    info.metaclass_type = info.calculate_metaclass_type()
    anything = CallableType([ANY, ANY], [ARG_STAR, ARG_STAR2], [None, None], ANY, api.named_type("builtins.function"))
    for method in methods:
        variable = Var(method, anything)
        variable.info = info
        variable._fullname = f"{info.fullname}.{method}"
        info.names[method] = SymbolTableNode(MDEF, variable, plugin_generated=True)
    return info


def _pass_on(api: TypeChecker, info: TypeInfo, method: str, parameters: ParamSpecType) -> None:
    """Give the parameters to a method that a base class overrides with ``(*args, **kwargs)``."""
    symbol = info.get(method)
    override = symbol.node if symbol is not None else None
    if not isinstance(override, FuncDef) or override.info.fullname in (names.TASK, names.DJANGO_TASK):
        return
    typ = override.type if isinstance(override.type, CallableType) else None
    passes_on = override.arg_kinds == [ARG_POS, ARG_STAR, ARG_STAR2] and (
        typ is None or all(isinstance(get_proper_type(argument), AnyType) for argument in typ.arg_types[1:])
    )
    if not passes_on:
        return
    restored = CallableType(
        [ANY, parameters.with_flavor(ParamSpecFlavor.ARGS), parameters.with_flavor(ParamSpecFlavor.KWARGS)],
        [ARG_POS, ARG_STAR, ARG_STAR2],
        ["self", "args", "kwargs"],
        typ.ret_type if typ is not None else AnyType(TypeOfAny.unannotated),
        api.named_type("builtins.function"),
        name=method,
    )
    function = FuncDef(method, [], Block([]), restored)
    function._fullname = f"{info.fullname}.{method}"
    function.info = info
    info.names[method] = SymbolTableNode(MDEF, function, plugin_generated=True)
