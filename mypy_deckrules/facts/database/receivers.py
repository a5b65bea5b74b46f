"""Which functions Django calls while it writes a row: receivers of model signals, a model's ``save`` and ``delete``.

They run in the transaction of the write, if there is one:
https://docs.djangoproject.com/en/5.2/topics/signals/, https://docs.djangoproject.com/en/5.2/ref/signals/#model-signals
"""

from __future__ import annotations

from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, MemberExpr, NameExpr, RefExpr, TypeInfo, Var
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules import names
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import argument_of
from mypy_deckrules.facts.code.modules import names_used
from mypy_deckrules.facts.code.position import Position
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.on_commit import decorators_at_work

OVERRIDDEN: Final = frozenset({"save", "asave", "delete", "adelete", "save_base"})
"""The methods of a model that write its row."""


def overrides_write(place: Position) -> bool:
    """Whether the function at ``place`` overrides a method that writes a model's row."""
    owner, function = place.owner(), place.node
    return (
        isinstance(function, FuncDef)
        and function.name in OVERRIDDEN
        and owner is not None
        and owner.has_base(names.MODEL)
    )


def received_signal(place: Position) -> str | None:
    """The name of the model signal that the function at ``place`` receives; None where it is no such receiver.

    It is one by ``@receiver(...)``, or by a call of the signal's ``connect`` anywhere in the module at work.
    """
    decorators = decorators_at_work(place)
    is_deferred = len(decorators) < len(place.decorators())
    return decorated_signal(place.api, decorators) or (None if is_deferred else _connected_signal(place))


def decorated_signal(api: TypeChecker | SemanticAnalyzer, decorators: list[Expression]) -> str | None:
    """The name of the model signal that ``@receiver(...)`` among the decorators connects a function to."""
    for decorator in decorators:
        match decorator:
            case CallExpr(callee=RefExpr(fullname=names.RECEIVER)):
                first = argument_of(decorator, "signal", 0)
                given = bound_value(api, first) if first is not None else None
                signals = given.items if isinstance(given, nodes.ListExpr | nodes.TupleExpr) else [given]
                found = next(filter(None, map(_model_signal, signals)), None)
                if found is not None:
                    return found
            case _:
                pass
    return None


def _connected_signal(place: Position) -> str | None:
    if "django.db.models.signals" not in place.api.modules or "connect" not in names_used(place.api.tree):
        return None
    for node in walk(place.api.tree):
        match node:
            case CallExpr(callee=MemberExpr(name="connect", expr=signal)):
                found, receiver = _model_signal(signal), argument_of(node, "receiver", 0)
                if found is not None and receiver is not None and _refers_to(receiver, place):
                    return found
            case _:
                pass
    return None


def _model_signal(expr: Expression | None) -> str | None:
    """The name of the model signal that an expression is; None where it is none."""
    if not isinstance(expr, RefExpr) or expr.fullname not in names.MODEL_SIGNALS:
        return None
    return expr.fullname.rpartition(".")[2]


def _refers_to(expr: Expression, place: Position) -> bool:
    """Whether ``expr`` is the function at ``place``: itself, its name, or a method of its class or of ``self``."""
    function, owner = place.node, place.owner()
    if expr is function:
        return True
    if isinstance(expr, RefExpr) and expr.node is not None:
        return (expr.node.func if isinstance(expr.node, Decorator) else expr.node) is function
    match expr:
        case MemberExpr(name=name, expr=NameExpr(node=TypeInfo() | Var(is_self=True) as left)) if (
            owner is not None and isinstance(function, FuncDef) and function.name == name
        ):
            return owner in left.mro if isinstance(left, TypeInfo) else expr in walk(owner.defn)
        case _:
            return False
