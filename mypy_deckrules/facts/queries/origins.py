"""Where a row came from: a query, with or without ``select_for_update``, a constructor, the function's caller."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncItem, MemberExpr, NameExpr, RefExpr, TypeInfo, Var
from mypy.types import FunctionLike, Instance, ProperType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import argument_of
from mypy_deckrules.facts.code.classes import method_definition, typeinfo
from mypy_deckrules.facts.code.collecting import put_into
from mypy_deckrules.facts.code.reaching import ENTRY, Binding, reaching
from mypy_deckrules.facts.code.tree import walk_body
from mypy_deckrules.facts.database.computed import REFRESHING
from mypy_deckrules.facts.database.locks import locks
from mypy_deckrules.facts.database.models import definer_of, rows_class_of
from mypy_deckrules.facts.database.rows import path_of
from mypy_deckrules.facts.database.types import is_query_set
from mypy_deckrules.facts.queries.recipes import GET_LIST, GET_OBJECT, SAME_ITEMS


class Origin(Enum):
    """Where a row, or a query set, came from."""

    LOCKED = "a query with select_for_update"
    QUERY = "a query"
    BUILT = "a constructor, or the method that creates it"
    PARAMETER = "the function's caller"
    OTHER = "anything else"


Origins = frozenset[Origin]
OTHER: Final[Origins] = frozenset({Origin.OTHER})

CREATING: Final = frozenset({"create", "acreate", "bulk_create", "abulk_create"})
PASSING: Final = SAME_ITEMS | {
    "builtins.next",
    "builtins.anext",
    "builtins.enumerate",
    "builtins.zip",
    "builtins.filter",
}
"""Functions and classes that hand on the items that they are given."""


def origins(api: TypeChecker, function: FuncItem, expr: Expression) -> Origins:
    """Where the value of an expression may come from.

    Args:
        function: the function that evaluates it.
        expr: an expression in its body: a row, rows, or a query set.
    """
    trace = _Trace(api, function)
    return trace.of_changed(expr) or trace.of(expr) or OTHER


class _Trace:
    """The way back from one expression; nothing is passed twice."""

    def __init__(self, api: TypeChecker, function: FuncItem) -> None:
        self.api = api
        self.function = function
        self.passed: set[Expression] = set()

    def of(self, expr: Expression) -> Origins:
        if expr in self.passed:
            return frozenset()
        self.passed.add(expr)
        match expr:
            case (
                nodes.AwaitExpr(expr=inner)
                | nodes.CastExpr(expr=inner)
                | nodes.AssertTypeExpr(expr=inner)
                | nodes.StarExpr(expr=inner)
                | nodes.AssignmentExpr(value=inner)
                | nodes.IndexExpr(base=inner)
                | nodes.GeneratorExpr(left_expr=inner)
                | nodes.ListComprehension(generator=inner)
                | nodes.SetComprehension(generator=inner)
                | nodes.DictionaryComprehension(value=inner)
            ):
                return self.of(inner)
            case nodes.ConditionalExpr(if_expr=first, else_expr=second) | nodes.OpExpr(left=first, right=second):
                return self.of(first) | self.of(second)
            case nodes.ListExpr(items=items) | nodes.TupleExpr(items=items) | nodes.SetExpr(items=items):
                return self.of_all(items)
            case nodes.DictExpr(items=entries):
                return self.of_all(value for _, value in entries)
            case NameExpr(node=Var() as variable):
                put = (item for node in walk_body(self.function) for item in put_into(variable, node))
                bound = (self.of_binding(expr, binding) for binding in reaching(self.function, expr))
                return self.of_all(put).union(*bound)
            case MemberExpr():
                return self.of_attribute(expr)
            case CallExpr():
                return self.of_call(expr)
            case _:
                return OTHER

    def of_changed(self, row: Expression) -> Origins:
        """Where a row comes from that the function locks as it loads it anew, or makes another one of by taking its
        primary key away (https://docs.djangoproject.com/en/5.2/topics/db/queries/#copying-model-instances)."""
        path = path_of(row)
        if path is None:
            return frozenset()
        for node in walk_body(self.function):
            match node:
                case CallExpr(callee=MemberExpr(expr=loaded, name=name)) if name in REFRESHING:
                    rows = argument_of(node, "from_queryset", 2)
                    if path_of(loaded) == path and rows is not None and Origin.LOCKED in self.of(rows):
                        return frozenset({Origin.LOCKED})
                case nodes.AssignmentStmt(lvalues=targets, rvalue=NameExpr(fullname="builtins.None")):
                    if any(path_of(target) in ((*path, "pk"), (*path, "id")) for target in targets):
                        return frozenset({Origin.BUILT})
                case _:
                    pass
        return frozenset()

    def of_all(self, expressions: Iterable[Expression]) -> Origins:
        return frozenset().union(*map(self.of, expressions))

    def of_binding(self, name: NameExpr, binding: Binding) -> Origins:
        match binding.target, binding.value:
            case _ if binding == ENTRY:
                return frozenset({Origin.PARAMETER})
            case _, None:
                return OTHER
            case nodes.TupleExpr(items=targets), nodes.TupleExpr(items=values) if len(targets) == len(values):
                pairs = zip(targets, values, strict=True)
                return self.of_all(
                    value for target, value in pairs if isinstance(target, NameExpr) and target.node is name.node
                )
            case _, value:
                return self.of(value)

    def of_attribute(self, expr: MemberExpr) -> Origins:
        typ = self.type(expr)
        if _is_rows(typ):  # Order.objects, customer.orders
            return frozenset({Origin.LOCKED if locks(self.api, self.definition(typ, "get_queryset")) else Origin.QUERY})
        # A related row may have been locked together with the row: select_for_update(of=...).
        return self.of(expr.expr) & {Origin.LOCKED} or OTHER

    def of_call(self, call: CallExpr) -> Origins:
        callee = call.callee
        made = self.type(callee)
        if isinstance(made, FunctionLike) and made.is_type_obj() and made.type_object().has_base(names.MODEL):
            return frozenset({Origin.BUILT})
        given = [arg for arg, kind in zip(call.args, call.arg_kinds, strict=True) if kind.is_positional()]
        if isinstance(callee, RefExpr) and callee.fullname in GET_OBJECT | GET_LIST and given:
            is_class = isinstance(given[0], RefExpr) and isinstance(given[0].node, TypeInfo)
            return frozenset({Origin.QUERY}) if is_class else _of_query(self.of(given[0]))
        if isinstance(callee, RefExpr) and callee.fullname in PASSING:
            return self.of_all(arg for arg in given if not isinstance(arg, nodes.LambdaExpr))
        if isinstance(callee, MemberExpr):
            receiver = self.type(callee.expr)
            definition = self.definition(receiver, callee.name)
            if not _is_rows(receiver):
                is_collection = isinstance(receiver, Instance) and receiver.type.has_base("typing.Collection")
                return self.of(callee.expr) if is_collection else self.of_function(definition)
            if callee.name in CREATING:
                return frozenset({Origin.BUILT})
            if callee.name == "select_for_update" or locks(self.api, definition):
                return frozenset({Origin.LOCKED})
            return _of_query(self.of(callee.expr))
        if isinstance(callee, nodes.SuperExpr) and callee.info is not None:
            definer = next((base for base in callee.info.mro[1:] if callee.name in base.names), None)
            return self.of_function(f"{definer.fullname}.{callee.name}" if definer is not None else None)
        return self.of_function(callee.fullname if isinstance(callee, RefExpr) else None)

    def of_function(self, fullname: str | None) -> Origins:
        return frozenset({Origin.LOCKED}) if locks(self.api, fullname) else OTHER

    def definition(self, receiver: ProperType | None, method: str) -> str | None:
        """The full name of a method, in the class that defines it; of a manager made ``from_queryset``, it may be that
        of the query sets."""
        if not isinstance(receiver, Instance) or not _is_rows(receiver):
            return method_definition(receiver, method)
        rows_class = typeinfo(self.api, rows_class_of(receiver.type))
        classes = [receiver.type, rows_class] if rows_class is not None else [receiver.type]
        definer = definer_of(classes, method)
        return f"{definer.fullname}.{method}" if definer is not None else None

    def type(self, expr: Expression) -> ProperType | None:
        return get_proper_type(self.api.lookup_type(expr)) if self.api.has_type(expr) else None


def _of_query(rows: Origins) -> Origins:
    """Where a row that a query set is asked for comes from: that of a caller may be locked."""
    known = frozenset({Origin.LOCKED, Origin.QUERY})
    return (rows & known) | (OTHER if rows - known else frozenset())


def _is_rows(typ: ProperType | None) -> bool:
    return isinstance(typ, Instance) and is_query_set(typ)
