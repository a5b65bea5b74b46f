"""What the callers of a task know of it: its name, its parameters, its result."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Expression, RefExpr, TypeInfo
from mypy.types import CallableType, Instance, Parameters, ProperType, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.bindings import bound_value
from mypy_deckrules.facts.values import ANY


@dataclass(frozen=True, slots=True)
class Contract:
    """One task, as it is known where it is sent.

    Attributes:
        name: its full name (``shop.tasks.ship``), or the name that Celery has for it; None where neither is known.
        parameters: what callers may give it; None where the types do not tell.
        result: what it returns; Any where that is not known.
        is_typed: whether the parameters are in the type of the task, so that mypy itself checks ``delay`` and ``si``.
    """

    name: str | None = None
    parameters: Parameters | None = None
    result: Type = ANY
    is_typed: bool = False


def contract_of(api: TypeChecker, typ: ProperType, expr: Expression | None) -> Contract | None:
    """The contract of a task.

    Args:
        typ: its type.
        expr: the expression that stands for it.

    Returns:
        None where ``typ`` is no Celery task.
    """
    task = _as_task(typ)
    if task is None or not isinstance(typ, Instance):
        return None
    declared, result = map(get_proper_type, task.args)
    own = _own_run(typ.type)
    is_typed = isinstance(declared, Parameters) and not declared.is_ellipsis_args
    if is_typed:
        return Contract(_name(api, typ.type, expr, own), declared, result, is_typed)  # type: ignore[arg-type]
    if own is None:
        return Contract(_name(api, typ.type, expr, own), None, result)
    return Contract(_name(api, typ.type, expr, own), _parameters(own), own.ret_type)


def contract_named(api: TypeChecker, name: str) -> Contract:
    """The contract of the task that Celery knows by ``name``; no more than the name, where that task is not seen."""
    module, _, attribute = name.rpartition(".")
    tree = api.modules.get(module)
    symbol = tree.names.get(attribute) if tree is not None else None
    found = contract_of(api, get_proper_type(symbol.type), None) if symbol is not None and symbol.type else None
    return replace(found or Contract(), name=name, is_typed=False)


def _as_task(typ: ProperType) -> Instance | None:
    if isinstance(typ, Instance):
        for info in typ.type.mro:
            if info.fullname == names.TASK:
                return map_instance_to_supertype(typ, info)
    return None


def _own_run(info: TypeInfo) -> CallableType | None:
    """The ``run`` of a class-based task."""
    definer = info.get_containing_type_info("run")
    if definer is None or definer.fullname == names.TASK:
        return None
    typ = get_proper_type(definer.names["run"].type)
    return typ if isinstance(typ, CallableType) else None


def _parameters(method: CallableType) -> Parameters:
    """The parameters of a method, without ``self``."""
    function = method.with_unpacked_kwargs()
    return Parameters(
        function.arg_types[1:], function.arg_kinds[1:], function.arg_names[1:], variables=function.variables
    )


def _name(api: TypeChecker, info: TypeInfo, expr: Expression | None, run: CallableType | None) -> str | None:
    shown = bound_value(api, expr) if expr is not None else None
    written = shown.fullname if isinstance(shown, RefExpr) else ""
    if "." not in written and run is not None:
        return info.fullname
    return written or None
