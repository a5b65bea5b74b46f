"""Decorators between a task's decorator and its function: what do callers give then?"""

from __future__ import annotations

from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, RefExpr
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, FunctionLike, Instance, Type, TypeVarType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.passing import is_transparent, makes_transparent
from mypy_deckrules.facts.metadata import recall, remember_all
from mypy_deckrules.facts.tasks.definitions import TaskParameter
from mypy_deckrules.facts.tasks.functions import TaskFunction

TOPIC: Final = "decorator"


def learn_decorators(api: SemanticAnalyzer) -> None:
    """Write down of the functions of the module at work whether, as decorators, they leave parameters as they are."""
    facts = {
        function.name: {"keeps": is_transparent(function), "makes": makes_transparent(function)}
        for function in definitions(api.cur_mod_node.defs)
        if isinstance(function, FuncDef) and _has_inner(function)
    }
    remember_all(api, TOPIC, facts)


def _has_inner(function: FuncDef) -> bool:
    return any(isinstance(node, FuncDef | Decorator) for node in definitions(function.body.body))


def is_taken(api: TypeChecker, made: TaskFunction, parameter: TaskParameter) -> bool:
    """Whether callers give a parameter as it is declared.

    A decorator whose types or body show that it hands arguments on does not matter, one that shows that it does not may
    put anything in their place; one that cannot be seen is taken to fill in parameters with defaults at most.
    """
    seen = [_keeps(api, expr) for expr in made.below]
    return False not in seen and (None not in seen or not parameter.kind.is_optional())


def loses_parameters(api: TypeChecker, made: TaskFunction) -> bool:
    """Whether mypy loses the parameters of a function in decorators that are seen to leave them as they are."""
    return None in (_keeps_by_type(api, expr) for expr in made.below) and all(_keeps(api, expr) for expr in made.below)


def gives_back_task(api: TypeChecker, decorator: Expression) -> bool:
    """Whether a decorator makes a task itself."""
    return _makes_task(api.lookup_type(decorator) if api.has_type(decorator) else None)


def is_task_or_maker(typ: Type) -> bool:
    """Whether a type is that of a task, or of something that gives back one."""
    proper = get_proper_type(typ)
    return is_task(proper) or _makes_task(proper)


def _makes_task(typ: Type | None) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, FunctionLike) and any(is_task(item.ret_type) for item in proper.items)


def is_task(typ: Type) -> bool:
    """Whether a type is that of a task."""
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.has_base(names.TASK)


def _keeps(api: TypeChecker, decorator: Expression) -> bool | None:
    """Whether a decorator leaves parameters as they are; None where that cannot be seen."""
    by_type = _keeps_by_type(api, decorator)
    if by_type is not None:
        return by_type
    called = isinstance(decorator, CallExpr)
    callee = without_arguments(decorator)
    fact = recall(api, TOPIC, callee.fullname) if isinstance(callee, RefExpr) and "." in callee.fullname else None
    return None if fact is None else fact["makes" if called else "keeps"] is True


def _keeps_by_type(api: TypeChecker, decorator: Expression) -> bool | None:
    typ = get_proper_type(api.lookup_type(decorator)) if api.has_type(decorator) else None
    verdicts = [_hands_through(item) for item in typ.items] if isinstance(typ, FunctionLike) else []
    return True if True in verdicts else False if False in verdicts else None


def _hands_through(decorator: CallableType) -> bool | None:
    """Whether a decorator's type says that what it gives back takes what it is given takes."""
    given = get_proper_type(decorator.arg_types[0]) if decorator.arg_types else None
    back = get_proper_type(decorator.ret_type)
    match given, back:
        case TypeVarType(), TypeVarType() if given.id == back.id:
            return True
        case CallableType(), CallableType() if not given.is_ellipsis_args and not back.is_ellipsis_args:
            return given.arg_types == back.arg_types and given.arg_kinds == back.arg_kinds
        case _:
            return None
