"""Rows as the code names them: which object an expression is, which of its fields are columns, which are saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Context, Expression, FuncItem, MemberExpr, NameExpr, Node, SymbolNode, TypeInfo, Var
from mypy.types import Instance, TypeVarType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import argument_of
from mypy_deckrules.facts.code.collecting import put_into
from mypy_deckrules.facts.code.position import position_of
from mypy_deckrules.facts.code.tree import children, walk_scope
from mypy_deckrules.facts.database.model_bodies import constant
from mypy_deckrules.facts.database.models import FORWARD, fields, models_in

Path = tuple[SymbolNode | str, ...]
"""A variable, and the attributes that lead from it to an object: ``order.customer``."""


def path_of(expr: Expression) -> Path | None:
    """The object that an expression names; None where it is more than a variable and its attributes."""
    match expr:
        case NameExpr(node=Var() as variable):
            return (variable,)
        case MemberExpr(expr=inner, name=name):
            path = path_of(inner)
            return (*path, name) if path is not None else None
        case _:
            return None


def model_of(api: TypeChecker, expr: Expression) -> TypeInfo | None:
    """The model that an expression is a row of, None or not; None where it is no row."""
    return next(iter(models_in(api.lookup_type(expr))), None) if api.has_type(expr) else None


def column(model: TypeInfo, attribute: str) -> str | None:
    """The name of the field whose column an attribute of a model's rows is; None where it is no column.

    ``customer_id`` is the column of ``customer``.
    """
    known = fields(model)
    for name in (attribute, attribute.removesuffix("_id")):
        field = known.get(name)
        if field is not None and (name == attribute or field.kind in FORWARD):
            return name if field.kind == "column" or field.kind in FORWARD else None
    symbol = model.get(attribute)
    declared = get_proper_type(symbol.type) if symbol is not None and isinstance(symbol.node, Var) else None
    is_field = isinstance(declared, Instance) and declared.type.has_base(names.FIELD)
    return attribute if is_field else None


# --- what is saved


SAVING: Final = {
    **dict.fromkeys(("save", "asave"), frozenset({names.MODEL})),
    **dict.fromkeys(("bulk_update", "abulk_update"), frozenset({names.QUERY_SET, names.BASE_MANAGER})),
}
"""The methods that write rows which the function holds, with the classes that define them."""


READING: Final = {"__get__": frozenset({names.FIELD})}
"""The method that mypy has called where a field is read of a row."""


def calls_told_by(api: TypeChecker, node: Context) -> list[CallExpr]:
    """The calls that a rule about saves is to judge when mypy asks a hook about ``node``: itself, if it is a call.

    mypy calls no hook for a method of a type variable, as ``cls.objects.get()`` returns one: there the read of a field
    tells of the saves of its row.
    """
    match node:
        case CallExpr():
            return [node]
        case MemberExpr(expr=row) if _is_of_type_variable(api, row):
            position = position_of(api, node)
            function = position.function if position is not None else None
            return list(_saves_of(row, function)) if function is not None else []
        case _:
            return []


def _is_of_type_variable(api: TypeChecker, row: Expression) -> bool:
    return api.has_type(row) and isinstance(get_proper_type(api.lookup_type(row)), TypeVarType)


def _saves_of(row: Expression, function: FuncItem) -> Iterator[CallExpr]:
    for node in walk_scope(function.body):
        match node:
            case CallExpr(callee=MemberExpr(name="save" | "asave", expr=saved)) if path_of(saved) == path_of(row):
                yield node
            case _:
                pass


def saved_rows(call: CallExpr, function: FuncItem) -> list[Path]:
    """The rows that a call of one of ``SAVING`` in ``function`` writes."""
    match call.callee, call.args:
        case MemberExpr(name="save" | "asave", expr=row), _:
            rows: Iterable[Expression] = [row]
        case _, [nodes.ListExpr(items=items) | nodes.TupleExpr(items=items), *_]:
            rows = items
        case _, [NameExpr(node=variable), *_]:
            rows = _items(variable, function)
        case _:
            rows = []
    return [path for path in map(path_of, rows) if path is not None]


def _items(rows: SymbolNode | None, function: FuncItem) -> Iterator[Expression]:
    """What a loop over the variable ``rows`` binds, and what the function puts into it."""
    for node in walk_scope(function.body):
        if isinstance(node, nodes.ForStmt) and isinstance(node.expr, NameExpr) and node.expr.node is rows:
            yield node.index
        elif isinstance(rows, Var):
            yield from put_into(rows, node)


def saves(call: CallExpr, field: str) -> bool:
    """Whether a call of one of ``SAVING`` writes a field; not where the fields that it writes cannot be read."""
    is_save = isinstance(call.callee, MemberExpr) and call.callee.name in ("save", "asave")
    expr = argument_of(call, "update_fields", 3) if is_save else argument_of(call, "fields", 1)
    listed = constant(expr) if expr is not None else None
    if listed is None:
        return is_save
    return isinstance(listed, list) and (field in listed or f"{field}_id" in listed)


# --- values


def same(first: Expression, second: Expression) -> bool:
    """Whether two expressions are written alike, so that they have one value where nothing happens in between.

    A row and its primary key count as one.
    """
    return _alike(_without_key(first), _without_key(second))


def _without_key(expr: Expression) -> Expression:
    return expr.expr if isinstance(expr, MemberExpr) and expr.name in ("pk", "id") else expr


DISTINGUISHING: Final = ("name", "node", "value", "op", "operators", "arg_names")
"""Attributes of expressions that hold what is written, apart from the expressions inside them."""


def _alike(first: Node, second: Node) -> bool:
    if type(first) is not type(second):
        return False
    if any(getattr(first, name, None) != getattr(second, name, None) for name in DISTINGUISHING):
        return False
    inside, others = list(children(first)), list(children(second))
    return len(inside) == len(others) and all(map(_alike, inside, others))
