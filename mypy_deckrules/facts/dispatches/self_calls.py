"""The calls that a bound task makes on its unannotated ``self``: ``self.retry(args=...)``.

Such a ``self`` is Any, and of what is called on Any mypy asks no plugin. So where these calls send something, what they
are called on is cast to a class that has the methods of a task, and gives Any for all of them, as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from mypy import nodes
from mypy.nodes import CallExpr, CastExpr, ClassDef, Decorator, FuncDef, MemberExpr, NameExpr, Statement
from mypy.semanal import SemanticAnalyzer
from mypy.types import AnyType, CallableType, Instance, TypeOfAny, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import typeinfo
from mypy_deckrules.facts.code.modules import definitions, names_used
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.dispatches.dispatch import METHODS
from mypy_deckrules.facts.tasks.classes import open_class, unparametrised

_SENDING: Final = [method for method, owners in METHODS.items() if names.TASK in owners]


def type_self_calls(api: SemanticAnalyzer) -> None:
    """Cast what the calls in the module at work are made on, when its names are resolved."""
    task = typeinfo(api, names.TASK)
    if task is None or names_used(api.cur_mod_node).isdisjoint(_SENDING):
        return
    calls = list(_calls(api.cur_mod_node.defs))
    if calls:
        itself = Instance(open_class(api, "self", unparametrised(task), _SENDING), [])
        for method in calls:
            cast = CastExpr(method.expr, itself)
            cast.set_line(method.expr)
            method.expr = cast


def _calls(body: Sequence[Statement]) -> Iterator[MemberExpr]:
    """The ``self.retry`` in the calls below ``body``."""
    for statement in definitions(body):
        match statement:
            case Decorator(func=function) if _is_bound(statement):
                itself = function.arguments[0].variable
                for node in walk(function.body):
                    match node:
                        case CallExpr(callee=MemberExpr(expr=NameExpr(node=receiver), name=name) as method):
                            if receiver is itself and name in _SENDING:
                                yield method
                yield from _calls(function.body.body)
            case Decorator(func=FuncDef(body=block)) | FuncDef(body=block) | ClassDef(defs=block):
                yield from _calls(block.body)


def _is_bound(decorator: Decorator) -> bool:
    """Whether a function is decorated with ``bind=True``, and has no annotation for its first parameter."""
    typ = decorator.func.type
    first = get_proper_type(typ.arg_types[0]) if isinstance(typ, CallableType) and typ.arg_types else None
    is_annotated = first is not None and not (isinstance(first, AnyType) and first.type_of_any == TypeOfAny.unannotated)
    return bool(decorator.func.arguments) and not is_annotated and any(map(_binds, decorator.original_decorators))


def _binds(decorator: nodes.Expression) -> bool:
    if not isinstance(decorator, CallExpr):
        return False
    options = zip(decorator.arg_names, decorator.args, strict=True)
    return any(name == "bind" and isinstance(value, NameExpr) and value.name == "True" for name, value in options)
