"""Which class the tasks of a Celery app have: its ``task_cls``.

celery-types has it as the type argument of the app, ``Celery(task_cls=Base)`` is a ``Celery[Base]``; named by
a string, or in the body of a subclass, it is lost.
"""

from __future__ import annotations

from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.lookup import lookup_fully_qualified
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, RefExpr, StrExpr, TypeInfo
from mypy.plugin import FunctionContext
from mypy.semanal import SemanticAnalyzer
from mypy.types import Instance, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.database.model_bodies import classes
from mypy_deckrules.facts.metadata import recall, remember_all
from mypy_deckrules.facts.tasks.classes import unparametrised

TOPIC: Final = "app"
OPTION: Final = "task_cls"


def learn_apps(api: SemanticAnalyzer) -> None:
    """Write down which classes the subclasses of ``Celery`` in the module at work name for their tasks."""
    prefix = f"{api.cur_mod_id}."
    found = {}
    for definition in classes(api.cur_mod_node.defs):
        if definition.info.has_base(names.CELERY):
            for statement in definitions(definition.defs.body):
                match statement:
                    case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name=name)], rvalue=value) if name == OPTION:
                        found[definition.fullname.removeprefix(prefix)] = {OPTION: _named(value)}
                    case _:
                        pass
    remember_all(api, TOPIC, found)


def app_class(api: TypeChecker | SemanticAnalyzer, app: Instance | None) -> TypeInfo | None:
    """The class of an app's tasks, where it has one of its own."""
    for ancestor in app.type.mro if app is not None else ():
        if app is not None and ancestor.fullname == names.CELERY:
            own = get_proper_type(next(iter(map_instance_to_supertype(app, ancestor).args), None))
            return own.type if isinstance(own, Instance) and own.type.fullname != names.TASK else None
        fact = recall(api, TOPIC, ancestor.fullname)
        if fact is not None:
            return _class(api, fact[OPTION])
    return None


def app_type(ctx: FunctionContext) -> Type:
    """The type of an app that is made with ``task_cls="shop.base:Base"``."""
    app = get_proper_type(ctx.default_return_type)
    call = ctx.context
    if not isinstance(app, Instance) or not app.args or not isinstance(call, CallExpr):
        return app
    assert isinstance(ctx.api, TypeChecker)
    for keyword, value in zip(call.arg_names, call.args, strict=True):
        if keyword == OPTION and isinstance(value, StrExpr):
            info = _class(ctx.api, _named(value))
            return app.copy_modified(args=[unparametrised(info)]) if info is not None else app
    return app


def _named(value: nodes.Expression) -> str | None:
    """The full name of the class that an expression names, ``"shop.base:Base"`` too."""
    if isinstance(value, StrExpr):
        return value.value.replace(":", ".")
    return value.fullname if isinstance(value, RefExpr) else None


def _class(api: TypeChecker | SemanticAnalyzer, name: object) -> TypeInfo | None:
    symbol = lookup_fully_qualified(name, api.modules) if isinstance(name, str) and "." in name else None
    return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None
