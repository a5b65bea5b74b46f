"""Which class the tasks of a Celery app have: its ``task_cls``, or what ``app.Task = Base`` puts in its place.

celery-types has it as the type argument of the app, ``Celery(task_cls=Base)`` is a ``Celery[Base]``; named by
a string, in the body of a subclass, or put in its place, it is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.lookup import lookup_fully_qualified
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, MypyFile, RefExpr, StrExpr, TypeInfo, Var
from mypy.options import Options as MypyOptions
from mypy.plugin import FunctionContext
from mypy.semanal import SemanticAnalyzer
from mypy.types import Instance, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.cache import release_of
from mypy_deckrules.facts.code.classes import classes, typeinfo
from mypy_deckrules.facts.code.modules import definitions, names_used
from mypy_deckrules.facts.code.sources import imports, sources_with, text_of
from mypy_deckrules.facts.metadata import recall, recall_all, remember_all
from mypy_deckrules.facts.tasks.classes import unparametrised

TOPIC: Final = "app"
DISCOVERS: Final = "autodiscover_tasks"
"""The method that only apps have, and that a project with Django calls on its own."""
OPTION: Final = "task_cls"
PROJECTS: Final = "app of the project"
"""Topic of the apps that a module makes, with the class that each has for its tasks and those of ``shared_task``."""


def learn_apps(api: SemanticAnalyzer) -> None:
    """Write down which classes the subclasses of ``Celery`` in the module at work name for their tasks."""
    prefix = f"{api.cur_mod_id}."
    found = {}
    for definition in classes(api.cur_mod_node):
        if definition.info.has_base(names.CELERY):
            for statement in definitions(definition.defs.body):
                match statement:
                    case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name=name)], rvalue=value) if name == OPTION:
                        found[definition.fullname.removeprefix(prefix)] = {OPTION: _named(value)}
                    case _:
                        pass
    remember_all(api, TOPIC, found)
    remember_all(api, PROJECTS, {name: {OPTION: task_class} for name, task_class in _task_classes(api)})


def _task_classes(api: SemanticAnalyzer) -> Iterator[tuple[str, str | None]]:
    """The apps that the module at work makes, with the full name of the class of their tasks; None for Celery's own."""
    for statement in definitions(api.cur_mod_node.defs):
        match statement:
            case nodes.AssignmentStmt(
                lvalues=[nodes.NameExpr(name=name)], rvalue=CallExpr(callee=RefExpr(node=TypeInfo() as made)) as call
            ) if made.has_base(names.CELERY):
                given = (value for key, value in zip(call.arg_names, call.args, strict=True) if key == OPTION)
                own = app_class(api, unparametrised(made))
                task_class = next(map(_named, given), own.fullname if own is not None else None)
            case nodes.AssignmentStmt(
                lvalues=[nodes.MemberExpr(expr=nodes.NameExpr(name=name), name="Task")],
                rvalue=RefExpr(node=TypeInfo() as put),
            ) if put.has_base(names.TASK):
                task_class = put.fullname
            case _:
                continue
        yield name, task_class


def needs_celery(tree: MypyFile, mypy_options: MypyOptions) -> bool:
    """Whether the class ``Celery`` must be in the build when a module is checked that does not import it: one that may
    make an app of what a setting names.
    """
    loads = imports(tree, "django.utils.module_loading") or imports(tree, "importlib")
    return loads and release_of("celery-types") >= (0, 23) and f"{DISCOVERS}(" in text_of(tree, mypy_options)


def type_apps(api: SemanticAnalyzer) -> None:
    """Say of what the module at work uses as an app that it is one, where it comes from something without a type:
    ``app = import_string(settings.APP_CLASS)("shop")``.
    """
    celery = typeinfo(api, names.CELERY)
    if celery is None or DISCOVERS not in names_used(api.cur_mod_node):
        return
    statements = list(definitions(api.cur_mod_node.defs))
    used = set()
    for statement in statements:
        match statement:
            case nodes.ExpressionStmt(
                expr=CallExpr(callee=nodes.MemberExpr(expr=nodes.NameExpr(node=Var() as app), name=method))
            ) if method == DISCOVERS:
                used.add(app)
    for statement in statements:
        match statement:
            case nodes.AssignmentStmt(
                lvalues=[nodes.NameExpr(node=Var() as app)], rvalue=CallExpr(callee=callee) as made, type=None
            ) if app in used and _is_untyped(callee):
                statement.rvalue = nodes.CastExpr(made, unparametrised(celery))
                statement.rvalue.set_line(made)
            case _:
                pass


def _is_untyped(callee: nodes.Expression) -> bool:
    """Whether what is called has no name that a class or a function was defined with."""
    return isinstance(callee, CallExpr) or (isinstance(callee, RefExpr) and isinstance(callee.node, Var))


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


def shared_class(api: TypeChecker) -> TypeInfo | None:
    """The class of the tasks of ``shared_task``, where the app of the project gives them one of its own."""
    for tree in sources_with(api, PROJECTS):
        for fact in recall_all(api, PROJECTS, tree).values():
            info = _class(api, fact[OPTION])
            ancestors = info.mro if info is not None else ()
            # mypy's cache of the module at work is to depend on these, which it need not import.
            api.module_refs.update((tree.fullname, *(ancestor.module_name for ancestor in ancestors)))
            if info is not None:
                return info
    return None


def app_type(ctx: FunctionContext) -> Type:
    """The type of an app that is made with ``task_cls="shop.base:Base"``, or whose ``Task`` is replaced."""
    app = get_proper_type(ctx.default_return_type)
    call = ctx.context
    if not isinstance(app, Instance) or not app.args or not isinstance(call, CallExpr):
        return app
    assert isinstance(ctx.api, TypeChecker)
    info = _class(ctx.api, _replaced(ctx.api, call) or _given_by_name(call))
    return app.copy_modified(args=[unparametrised(info)]) if info is not None else app


def _replaced(api: TypeChecker, call: CallExpr) -> object:
    for statement in definitions(api.tree.defs):
        match statement:
            case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name=name)], rvalue=made) if made is call:
                fact = recall(api, PROJECTS, f"{api.tree.fullname}.{name}")
                return fact[OPTION] if fact is not None else None
            case _:
                pass
    return None


def _given_by_name(call: CallExpr) -> str | None:
    given = zip(call.arg_names, call.args, strict=True)
    return next((_named(value) for key, value in given if key == OPTION and isinstance(value, StrExpr)), None)


def _named(value: nodes.Expression) -> str | None:
    """The full name of the class that an expression names, ``"shop.base:Base"`` too."""
    if isinstance(value, StrExpr):
        return value.value.replace(":", ".")
    return value.fullname if isinstance(value, RefExpr) else None


def _class(api: TypeChecker | SemanticAnalyzer, name: object) -> TypeInfo | None:
    symbol = lookup_fully_qualified(name, api.modules) if isinstance(name, str) and "." in name else None
    return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None
