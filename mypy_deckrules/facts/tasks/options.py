"""The options that hold for a task: its decorator's, else its class's or those of a base, else the app's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import ARG_STAR2, CallExpr, Context, Decorator, Expression, FuncDef, TypeInfo, Var
from mypy.types import Instance, NoneType, TupleType, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.classes import class_meant
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.settings import Setting, celery_setting, literal
from mypy_deckrules.facts.tasks.bases import option_of
from mypy_deckrules.facts.tasks.definitions import TaskDefinition
from mypy_deckrules.facts.tasks.makers import making_of


@dataclass(frozen=True, slots=True)
class TaskOptions:
    """A task, as far as its options and its body go.

    Attributes:
        api: the checker of the module that defines it.
        options: the project's options.
        name: its full name.
        node: what a finding about the whole task points at: its decorator, or its class.
        function: what the worker runs.
        base: its class, where one is named.
        keywords: what the decorator was given.
        added: what a decorator of the project adds.
        is_opaque: whether there may be options that cannot be seen, ``**defaults``.
    """

    api: TypeChecker
    options: Options
    name: str
    node: Context
    function: FuncDef
    base: TypeInfo | None
    keywords: Mapping[str, Expression]
    added: Mapping[str, Setting]
    is_opaque: bool

    def expression(self, name: str) -> Expression | None:
        """The expression that sets an option, on the decorator or in a class of this module; None where there is
        none."""
        if name in self.keywords:
            return self.keywords[name]
        owner = self._owner(name) if name not in self.added else None
        if owner is None or owner.module_name != self.api.tree.fullname:
            return None
        for statement in definitions(owner.defn.defs.body):
            match statement:
                case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name=target)], rvalue=value) if target == name:
                    return value
                case _:
                    pass
        return None

    def get(self, name: str) -> Setting | None:
        """The value of an option; None where neither the task nor a base sets it."""
        expr = self.expression(name)
        if expr is not None:
            return literal(bound_value(self.api, expr))
        if name in self.added:
            return self.added[name]
        owner = self._owner(name)
        if owner is None:
            return None
        is_none = isinstance(get_proper_type(self._type_in(owner, name)), NoneType)
        return option_of(self.api, owner, name) or Setting(None, is_known=is_none)

    def app(self, name: str) -> Setting | None:
        """One of Celery's settings for the whole app, ``task_time_limit``; None where nobody makes it."""
        return celery_setting(self.api, self.options, name)

    def is_set(self, name: str) -> bool:
        """Whether an option is set to anything but ``None``, ``False`` or 0."""
        setting = self.get(name)
        return setting is not None and setting.is_set

    @property
    def retries_automatically(self) -> bool:
        """Whether ``autoretry_for`` names any exception."""
        expr = self.expression("autoretry_for")
        return not (isinstance(expr, nodes.TupleExpr | nodes.ListExpr) and not expr.items) and self.is_set(
            "autoretry_for"
        )

    @property
    def retries_forever(self) -> bool:
        """Whether ``max_retries`` is None, so that there is no last failure."""
        expr = retry_kwarg(self, "max_retries")
        settings = [self.get("max_retries"), literal(expr) if expr is not None else None]
        return any(setting is not None and setting.is_known and setting.value is None for setting in settings)

    def defines(self, method: str) -> bool:
        """Whether a class of the task, below Celery's own, defines a method, or the decorator is given it."""
        return method in self.keywords or method in self.added or self._owner(method) is not None

    def exceptions(self, name: str) -> list[TypeInfo]:
        """The exception classes that an option lists, as far as they are known: ``autoretry_for``, ``throws``."""
        expr = self.expression(name)
        if expr is not None:
            return classes_in(expr)
        owner = self._owner(name) if name not in self.added else None
        return _classes_of(self._type_in(owner, name)) if owner is not None else []

    def _owner(self, attribute: str) -> TypeInfo | None:
        """The class below Celery's own that has an attribute in its body."""
        for info in self.base.mro if self.base is not None else ():
            if info.fullname.startswith("celery."):
                return None
            if attribute in info.names:
                return info
        return None

    @staticmethod
    def _type_in(owner: TypeInfo, name: str) -> Type | None:
        node = owner.names[name].node
        return node.type if isinstance(node, Var) else None


def options_of(task: TaskDefinition) -> TaskOptions:
    """The options of a task at its definition."""
    return TaskOptions(
        api=task.api,
        options=task.options,
        name=task.name,
        node=task.node,
        function=task.function,
        base=task.base,
        keywords=task.keywords,
        added=task.added,
        is_opaque=task.is_opaque,
    )


def enclosing_task(api: TypeChecker, options: Options) -> TaskOptions | None:
    """The task whose body is being checked, nested functions included; None outside of tasks."""
    stack = api.scope.stack
    for position in range(len(stack) - 1, 0, -1):
        function = stack[position]
        if not isinstance(function, FuncDef):
            continue
        info = function.info
        if info and function.name == "run" and info.has_base(names.TASK):
            return TaskOptions(api, options, info.fullname, info.defn, function, info, {}, {}, is_opaque=False)
        decorator = _decorator_of(api, stack[position - 1], function)
        if decorator is not None:
            for expr in decorator.original_decorators:
                if _is_task(decorator.var.type) or _makes_tasks(api, expr, options):
                    return _decorated(api, options, decorator, expr)
    return None


def _decorated(api: TypeChecker, options: Options, decorator: Decorator, expr: Expression) -> TaskOptions:
    keywords: dict[str, Expression] = {}
    is_opaque = False
    if isinstance(expr, CallExpr):
        keywords = {name: value for name, value in zip(expr.arg_names, expr.args, strict=True) if name is not None}
        is_opaque = ARG_STAR2 in expr.arg_kinds
    typ = get_proper_type(decorator.var.type)
    named = classes_in(keywords["base"]) if "base" in keywords else []
    base = named[0] if named else typ.type if isinstance(typ, Instance) else None
    making = making_of(api, expr)
    return TaskOptions(
        api=api,
        options=options,
        name=decorator.func.fullname,
        node=expr,
        function=decorator.func,
        base=base,
        keywords=keywords,
        added=making.added if making is not None else {},
        is_opaque=is_opaque or making is None or making.is_opaque,
    )


def _decorator_of(api: TypeChecker, scope: object, function: FuncDef) -> Decorator | None:
    match scope:
        case TypeInfo(defn=definition):
            body = definition.defs.body
        case FuncDef(body=block):
            body = block.body
        case _:
            body = api.tree.defs
    return next((node for node in definitions(body) if isinstance(node, Decorator) and node.func is function), None)


def _is_task(typ: Type | None) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.has_base(names.TASK)


def _makes_tasks(api: TypeChecker, decorator: Expression, options: Options) -> bool:
    """Whether a decorator makes tasks, where its result is not known yet: mypy before 2.0 checks the body first."""
    callee = without_arguments(decorator)
    is_named = isinstance(callee, nodes.RefExpr) and callee.fullname in options.task_decorators
    return is_named or making_of(api, decorator) is not None


def classes_in(expr: Expression) -> list[TypeInfo]:
    """The classes that an expression names: one, or a tuple, list or set of them, or a name bound to such a tuple."""
    match expr:
        case nodes.RefExpr(node=TypeInfo() as info):
            return [info]
        case nodes.TupleExpr(items=items) | nodes.ListExpr(items=items) | nodes.SetExpr(items=items):
            return list(chain.from_iterable(map(classes_in, items)))
        case nodes.OpExpr(op="+", left=left, right=right):
            return [*classes_in(left), *classes_in(right)]
        case nodes.StarExpr(expr=inner):
            return classes_in(inner)
        case nodes.RefExpr(node=Var(type=typ)) if typ is not None:
            return _classes_of(typ)
        case _:
            return []


def _classes_of(typ: Type | None) -> list[TypeInfo]:
    """The classes in ``tuple[type[A], type[B]]`` and ``Sequence[type[A]]``."""
    proper = get_proper_type(typ)
    items = proper.items if isinstance(proper, TupleType) else proper.args if isinstance(proper, Instance) else []
    return [info for item in items if (info := class_meant(item)) is not None]


def retry_kwarg(task: TaskOptions, name: str) -> Expression | None:
    """The value of a key in the task's ``retry_kwargs={...}``; None where it is not there."""
    expr = task.expression("retry_kwargs")
    if isinstance(expr, nodes.DictExpr):
        for key, value in expr.items:
            if isinstance(key, nodes.StrExpr) and key.value == name:
                return value
    return None
