"""What the callers of a task know of it: its name, its parameters, its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, Expression, MemberExpr, RefExpr, SymbolTableNode, TypeInfo
from mypy.types import CallableType, Instance, Parameters, ProperType, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import argument_of
from mypy_deckrules.facts.code.own_types import ANY, own_type
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.dispatches.pydantic_models import is_dumped, taking_dumps
from mypy_deckrules.facts.dispatches.values import SentArgument, literal_text
from mypy_deckrules.facts.metadata import depend_on
from mypy_deckrules.facts.tasks.bases import changes_arguments, collects_requests
from mypy_deckrules.facts.tasks.classes import unparametrised
from mypy_deckrules.facts.tasks.known_tasks import named_task, task_option


@dataclass(frozen=True, slots=True)
class Contract:
    """One task, as it is known where it is sent.

    Attributes:
        name: its full name (``shop.tasks.ship``), or else the name that Celery has for it, or the one that it has where
            it is sent (``self.task``); None where it has none.
        parameters: what callers may give it; None where the types do not tell.
        result: what it returns; Any where that is not known.
        is_typed: whether the parameters are in the type of the task, so that mypy itself checks ``delay`` and ``si``.
        owner: the class of the task.
        validates_models: whether it has ``pydantic=True``.
        repacks: whether its class puts something else into the message than what it is given.
    """

    name: str | None = None
    parameters: Parameters | None = None
    result: Type = ANY
    is_typed: bool = False
    owner: TypeInfo | None = None
    validates_models: bool = False
    repacks: bool = False

    def dumps(self, value: SentArgument) -> bool:
        """Whether Celery turns a value into a dict before it sends it."""
        return self.validates_models and self.parameters is not None and is_dumped(self.parameters, value)


def contract_of(
    api: TypeChecker, typ: ProperType, expr: Expression | None, known_name: str | None = None
) -> Contract | None:
    """The contract of a task.

    Args:
        typ: its type.
        expr: the expression that stands for it.
        known_name: its full name, where no expression shows it.

    Returns:
        None where ``typ`` is no Celery task.
    """
    task = _as_task(typ)
    if task is None or not isinstance(typ, Instance):
        return None
    own = _own_run(typ.type)
    name = known_name or _name(api, typ.type, expr, own)
    declared, result = map(get_proper_type, task.args)
    unpacks = replaces(typ.type, "__call__") and changes_arguments(api, typ.type, "__call__")
    repacks = unpacks and (replaces(typ.type, "apply_async") or replaces(typ.type, "delay"))
    collects = collects_requests(typ.type)
    contract = Contract(name, None, ANY if collects else result, owner=typ.type, repacks=repacks)
    if unpacks:  # between what is sent and the function stands code of the project's
        return contract
    if isinstance(declared, Parameters) and not declared.is_ellipsis_args:
        contract = replace(contract, parameters=declared, is_typed=True)
    elif own is not None and not collects:
        contract = replace(contract, parameters=without_self(own), result=own.ret_type)
    validates = task_option(api, name, typ.type, "pydantic")
    if contract.parameters is not None and validates is not None and validates.value is True:
        return replace(contract, parameters=taking_dumps(api, contract.parameters), validates_models=True)
    return contract


TASK_PARAMETERS: Final = ("name", "varies", "task")
"""What ``send_task``, ``signature`` and the constructors call the parameter that the task, or its name, goes to."""


def task_argument(call: CallExpr) -> Expression | None:
    """What a call of one of these gives for the task."""
    given = (argument_of(call, name, 0) for name in TASK_PARAMETERS)
    return next((expr for expr in given if expr is not None), None)


def contract_at(api: TypeChecker, expr: Expression) -> Contract | None:
    """The contract of the task that an expression, or the name in it, stands for; None where it is no task."""
    name = literal_text(api, expr)
    if name is not None:
        return contract_named(api, name)
    match bound_value(api, expr):
        case MemberExpr(expr=task, name="name"):  # ship.name
            return contract_of(api, own_type(api, task), task)
        case _:
            return contract_of(api, own_type(api, expr), expr)


def contract_named(api: TypeChecker, name: str) -> Contract:
    """The contract of the task that Celery knows by ``name``; no more than the name, where that task is not seen."""
    fullname = named_task(api, name) or name
    depend_on(api, fullname)
    module, _, attribute = fullname.rpartition(".")
    tree = api.modules.get(module)
    symbol = tree.names.get(attribute) if tree is not None else None
    match symbol:
        case SymbolTableNode(node=TypeInfo() as info):
            typ: Type | None = unparametrised(info)
        case SymbolTableNode(type=typ):
            pass
        case _:
            typ = None
    found = contract_of(api, get_proper_type(typ), None, fullname) if typ is not None else None
    own_name = task_option(api, fullname, None, "name")
    if found is None or (own_name is not None and own_name.value != name):
        return Contract(name)
    return replace(found, is_typed=False)


def _as_task(typ: ProperType) -> Instance | None:
    """The class that says what may be sent: ``Task``, or ``Batches``."""
    if isinstance(typ, Instance):
        for info in typ.type.mro:
            if info.fullname in (names.TASK, names.BATCHES):
                return map_instance_to_supertype(typ, info)
    return None


def replaces(info: TypeInfo, method: str) -> bool:
    """Whether a class of the project, rather than of Celery or ``celery_batches``, has the method of a task."""
    for base in info.mro:
        if base.fullname.startswith("celery.") or base.fullname == names.BATCHES:
            return False
        if method in base.names and not base.names[method].plugin_generated:
            return True
    return False


def _own_run(info: TypeInfo) -> CallableType | None:
    """The ``run`` of a class-based task."""
    definer = info.get_containing_type_info("run")
    if definer is None or definer.fullname in (names.TASK, names.BATCHES):
        return None
    typ = get_proper_type(definer.names["run"].type)
    return typ if isinstance(typ, CallableType) else None


def without_self(method: CallableType) -> Parameters:
    """The parameters of a method, without ``self``."""
    function = method.with_unpacked_kwargs()
    return Parameters(
        function.arg_types[1:], function.arg_kinds[1:], function.arg_names[1:], variables=function.variables
    )


def _name(api: TypeChecker, info: TypeInfo, expr: Expression | None, run: CallableType | None) -> str | None:
    shown = bound_value(api, expr) if expr is not None else None
    name = shown.fullname if isinstance(shown, RefExpr) else ""
    if "." not in name and run is not None:
        return info.fullname
    if isinstance(expr, RefExpr) and "." in expr.fullname and not name:  # later = shared_task(run_later)
        return expr.fullname
    return name or (written(shown) if isinstance(shown, MemberExpr) else None)
