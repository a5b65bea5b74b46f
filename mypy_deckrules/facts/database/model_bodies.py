"""Reads model classes: what their bodies say of fields, relations and constraints, written down as JSON.

They are read when a module's names are resolved, and kept in ``TypeInfo.metadata["deckrules"]``, which mypy's cache
saves: a warm run has no bodies of the modules that did not change. ``facts.database.models`` answers questions from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from mypy import nodes
from mypy.nodes import AssignmentStmt, CallExpr, ClassDef, Expression, MypyFile, NameExpr, RefExpr, TypeInfo
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import classes
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import walk_body, walk_scope
from mypy_deckrules.facts.metadata import remember_all

KEY: Final = "deckrules"
"""Where in ``TypeInfo.metadata`` the plugin keeps what it knows of a class."""

RELATIONS: Final = {
    names.ONE_TO_ONE_FIELD: "one_to_one",
    names.FOREIGN_KEY: "foreign_key",
    names.MANY_TO_MANY_FIELD: "many_to_many",
    names.GENERIC_FOREIGN_KEY: "generic_foreign_key",
    names.GENERIC_RELATION: "generic_relation",
}
"""The kinds of relation fields; a subclass of one is of its kind, a ``OneToOneField`` is first of all that."""

META_OPTIONS: Final = frozenset(
    {
        "abstract",
        "proxy",
        "managed",
        "ordering",
        "unique_together",
        "constraints",
        "default_related_name",
        "default_manager_name",
    }
)

TOPIC: Final = "models"
"""What the daemon compares to tell whether those who asked about models are to be checked again."""

UNREADABLE: Final = "?"
"""Stands in the JSON for an expression whose value cannot be seen."""


def learn_models(api: SemanticAnalyzer) -> None:
    """Write down what the model classes of a module say, and the classes that may serve as their ``Meta``."""
    tree = api.cur_mod_node
    written: dict[str, dict[str, object]] = {}
    for definition in classes(tree):
        definition.info.metadata.pop(KEY, None)
        if facts := _facts(definition, tree):
            definition.info.metadata[KEY] = written[definition.fullname[len(tree.fullname) + 1 :]] = facts
    # The daemon does not compare metadata: what it compares is remembered beside.
    remember_all(api, TOPIC, written)


def _facts(definition: ClassDef, tree: MypyFile) -> dict[str, object]:
    if definition.info.has_base(names.MODEL):
        facts = {"fields": dict(_fields(definition, tree)), "managers": dict(_managers(definition))}
        computed = dict(_computed_fields(definition))
        return {**facts, "computed": computed} if computed else facts
    options = _meta_options(definition)
    return {"meta": options} if options else {}


def _assignments(definition: ClassDef) -> Iterator[tuple[str, Expression]]:
    for statement in definitions(definition.defs.body):
        if isinstance(statement, AssignmentStmt) and not isinstance(statement.rvalue, nodes.TempNode):
            for target in statement.lvalues:
                if isinstance(target, NameExpr):
                    yield target.name, statement.rvalue


# --- fields


def _fields(definition: ClassDef, tree: MypyFile) -> Iterator[tuple[str, dict[str, object]]]:
    for name, value in _assignments(definition):
        if isinstance(value, CallExpr):
            field = _field(definition, value, tree)
            if field is not None:
                yield name, field
        elif isinstance(value, NameExpr) and value.fullname == "builtins.None":
            yield name, {"kind": "removed"}


def _field(owner: ClassDef, call: CallExpr, tree: MypyFile) -> dict[str, object] | None:
    callee = call.callee.base if isinstance(call.callee, nodes.IndexExpr) else call.callee
    field_class = callee.node if isinstance(callee, RefExpr) else None
    if not isinstance(field_class, TypeInfo) or field_class.fallback_to_any:
        return {"kind": "unknown"} if _manager(call) is None else None
    if not field_class.has_base(names.FIELD):
        return None
    if field_class.has_base(names.COMPOSITE_PRIMARY_KEY):
        return {"kind": "composite", "primary_key": True, "made_of": [constant(arg) for arg in call.args]}
    kind = next((kind for base, kind in RELATIONS.items() if field_class.has_base(base)), "column")
    keywords = {name: arg for name, arg in zip(call.arg_names, call.args, strict=True) if name is not None}
    positional = [arg for arg, kind in zip(call.args, call.arg_kinds, strict=True) if kind == nodes.ARG_POS]
    field: dict[str, object] = {"kind": kind}
    for option in ("unique", "primary_key", "null"):
        # What the call cannot show, an unreadable value or a field class with an __init__ of its own, may be true.
        if option in keywords and constant(keywords[option]) is not False:
            field[option] = constant(keywords[option])
        elif option != "null" and _has_own_init(field_class):
            field[option] = UNREADABLE
    if kind != "column" and kind != "generic_foreign_key":
        to = keywords.get("to") or (positional[0] if positional else None)
        field["to"] = _target(owner, to, tree) if to is not None else None
        field["related_name"] = constant(keywords["related_name"]) if "related_name" in keywords else None
    return field


def _has_own_init(field_class: TypeInfo) -> bool:
    definer = field_class.get_containing_type_info("__init__")
    return definer is not None and not definer.fullname.startswith("django.")


def _target(owner: ClassDef, expr: Expression, tree: MypyFile) -> str | None:
    """The model that a relation points to: a full name, or what a string says (``shop.Order``)."""
    match expr:
        case nodes.StrExpr(value="self"):
            return owner.fullname
        case nodes.StrExpr(value=name):
            symbol = tree.names.get(name.rpartition(".")[2])
            return symbol.node.fullname if symbol is not None and isinstance(symbol.node, TypeInfo) else name
        case RefExpr(node=TypeInfo() as model):
            return model.fullname
        case _:
            return None


def _computed_fields(definition: ClassDef) -> Iterator[tuple[str, list[str]]]:
    """The fields that the model's own ``save`` computes from others alone: ``self.slug = slugify(self.title)``."""
    for statement in definitions(definition.defs.body):
        function = statement.func if isinstance(statement, nodes.Decorator) else statement
        if isinstance(function, nodes.FuncDef) and function.name == "save":
            for node in walk_body(function):
                match node:
                    case AssignmentStmt(lvalues=[nodes.MemberExpr(name=field) as target], rvalue=value):
                        sources = _attributes_of_self(value) if _is_of_self(target) else set()
                        if sources and field not in sources:
                            yield field, sorted(sources)
                    case _:
                        pass


def _attributes_of_self(value: Expression) -> set[str]:
    """The attributes that a value is computed from; empty where there is more to it (``uuid4()``, a variable)."""
    read = {
        node.expr: node.name for node in walk_scope(value) if isinstance(node, nodes.MemberExpr) and _is_of_self(node)
    }
    for node in walk_scope(value):
        is_variable = isinstance(node, NameExpr) and isinstance(node.node, nodes.Var) and node not in read
        if is_variable or (isinstance(node, CallExpr) and read.keys().isdisjoint(walk_scope(node))):
            return set()
    return set(read.values())


def _is_of_self(attribute: nodes.MemberExpr) -> bool:
    owner = attribute.expr
    return isinstance(owner, NameExpr) and isinstance(owner.node, nodes.Var) and owner.node.is_self


# --- managers


def _managers(definition: ClassDef) -> Iterator[tuple[str, list[str | None]]]:
    for name, value in _assignments(definition):
        manager = _manager(value)
        if manager is not None:
            yield name, manager


def _manager(expr: Expression) -> list[str | None] | None:
    """The manager that an expression makes: the full names of its class and, where it says one, of its query sets."""
    match expr:
        case CallExpr(callee=nodes.IndexExpr(base=callee) | callee) if _made_by(callee) is not None:
            return [_made_by(callee), None]
        case CallExpr(
            callee=CallExpr(
                callee=nodes.MemberExpr(expr=RefExpr(node=TypeInfo() as manager), name="from_queryset"),
                args=[RefExpr(node=TypeInfo() as rows), *_],
            )
        ):
            return [manager.fullname, rows.fullname]
        case CallExpr(callee=nodes.MemberExpr(expr=RefExpr(node=TypeInfo() as rows), name="as_manager")):
            return [names.MANAGER, rows.fullname]
        case _:
            return None


def _made_by(callee: Expression) -> str | None:
    """The full name of the manager class that is called."""
    manager = callee.node if isinstance(callee, RefExpr) else None
    return manager.fullname if isinstance(manager, TypeInfo) and manager.has_base(names.BASE_MANAGER) else None


# --- Meta


def _meta_options(definition: ClassDef) -> dict[str, object]:
    options: dict[str, object] = {}
    for name, value in _assignments(definition):
        if name == "unique_together":
            options[name] = _field_groups(value)
        elif name == "constraints":
            options[name] = _unique_constraints(value)
        elif name in META_OPTIONS:
            options[name] = constant(value)
    if definition.name == "Meta" and any(
        not isinstance(base, RefExpr) or not isinstance(base.node, TypeInfo) for base in definition.base_type_exprs
    ):
        options["opaque_base"] = True
    return options


def _field_groups(expr: Expression) -> object:
    """``("a", "b")``, ``[("a", "b"), ...]``: the groups of field names."""
    value = constant(expr)
    if not isinstance(value, list) or any(item == UNREADABLE for item in value):
        return UNREADABLE
    groups = [value] if value and all(isinstance(item, str) for item in value) else value
    readable = all(
        isinstance(group, list) and all(isinstance(name, str) and name != UNREADABLE for name in group)
        for group in groups
    )
    return groups if readable else UNREADABLE


def _unique_constraints(expr: Expression) -> object:
    """The ``UniqueConstraint``s of a list, each with its fields and its condition."""
    if not isinstance(expr, nodes.ListExpr | nodes.TupleExpr):
        return UNREADABLE
    constraints = []
    for item in expr.items:
        match item:
            case CallExpr(callee=RefExpr(node=TypeInfo() as constraint_class)):
                if constraint_class.has_base(names.UNIQUE_CONSTRAINT):
                    constraint = _unique_constraint(item)
                    if constraint is None:
                        return UNREADABLE
                    constraints.append(constraint)
            case _:
                return UNREADABLE
    return constraints


def _unique_constraint(call: CallExpr) -> dict[str, object] | None:
    fields: set[str] = set()
    folded: set[str] = set()
    condition: dict[str, object] | None = None
    are_nulls_alike = False
    for name, arg in zip(call.arg_names, call.args, strict=True):
        if name is None or name == "fields":
            # An expression over fields (Lower("email")) has one value for equal fields, so it is as unique as they are.
            used = _named_fields(arg)
            if used is None:
                return None
            fields |= used
            folded |= used if _folds_case(arg) else set()
        elif name == "condition":
            condition = dict(_condition(arg))
        elif name == "nulls_distinct":
            are_nulls_alike = constant(arg) is False
    return {
        "fields": sorted(fields),
        "folded": sorted(folded),
        "condition": condition,
        "nulls_alike": are_nulls_alike,
    }


def _folds_case(expr: Expression) -> bool:
    """Whether an expression has one value for texts that differ in case only: ``Lower("email")``."""
    return isinstance(expr, CallExpr) and isinstance(expr.callee, RefExpr) and expr.callee.fullname in names.CASE_FOLDS


def _named_fields(expr: Expression) -> set[str] | None:
    match expr:
        case nodes.StrExpr(value=name):
            return {name.removeprefix("-").partition("__")[0]}
        case CallExpr(callee=nodes.MemberExpr(expr=CallExpr() as ordered, name="asc" | "desc")):
            return _named_fields(ordered)
        case CallExpr(callee=RefExpr(fullname=names.VALUE)):
            return set()
        case CallExpr(callee=RefExpr(fullname=names.RAW_SQL)):
            return None
        case CallExpr(callee=RefExpr(fullname=names.COLLATE), args=[first, *_]):
            return _named_fields(first)
        case CallExpr(callee=RefExpr(), args=args, arg_names=keywords):
            return _named_fields_of(arg for arg, keyword in zip(args, keywords, strict=True) if keyword is None)
        case nodes.ListExpr(items=items) | nodes.TupleExpr(items=items):
            return _named_fields_of(items)
        case nodes.IntExpr():
            return set()
        case _:
            return None


def _named_fields_of(expressions: Iterable[Expression]) -> set[str] | None:
    parts = [_named_fields(expr) for expr in expressions]
    return None if None in parts else {name for part in parts if part for name in part}


def _condition(expr: Expression) -> Iterator[tuple[str, object]]:
    """The lookups that a ``Q`` mentions; each value is readable only where the row must have it."""
    match expr:
        case CallExpr(arg_names=keywords, args=args):
            for keyword, arg in zip(keywords, args, strict=True):
                if keyword is not None:
                    yield keyword, comparable(arg)
                else:
                    yield from _condition(arg)
        case nodes.OpExpr(op=op, left=left, right=right):
            for side in (left, right):
                yield from ((name, value if op == "&" else UNREADABLE) for name, value in _condition(side))
        case nodes.UnaryExpr(expr=inner):
            yield from ((name, UNREADABLE) for name, _ in _condition(inner))
        case nodes.TupleExpr(items=[nodes.StrExpr(value=name), value]):
            yield name, comparable(value)
        case _:
            return


# --- values


def comparable(expr: Expression) -> object:
    """``constant``, and of an enum's member its full name, as ``{"member": name}``."""
    match expr:
        case nodes.MemberExpr(name=name, expr=RefExpr(node=TypeInfo() as owner)) if owner.is_enum:
            return {"member": f"{owner.fullname}.{name}"}
        case nodes.ListExpr(items=items) | nodes.TupleExpr(items=items) | nodes.SetExpr(items=items):
            return [comparable(item) for item in items]
        case _:
            return constant(expr)


def constant(expr: Expression) -> object:
    """The value of a literal, JSON's: tuples and sets are lists, ``UNREADABLE`` is what cannot be seen."""
    match expr:
        case nodes.StrExpr(value=value) | nodes.IntExpr(value=value) | nodes.FloatExpr(value=value):
            return value
        case NameExpr(fullname=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case nodes.ListExpr(items=items) | nodes.TupleExpr(items=items) | nodes.SetExpr(items=items):
            return [constant(item) for item in items]
        case _:
            return UNREADABLE


_CONSTANTS: Final[Mapping[str, bool | None]] = {
    "builtins.True": True,
    "builtins.False": False,
    "builtins.None": None,
}
