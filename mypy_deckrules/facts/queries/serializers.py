"""What serializers of Django REST framework read of a row.

The bodies of serializer classes are read when a module's names are resolved, and remembered with the module
(``facts.metadata``), so that a view knows the serializers of other modules, in a warm run too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mypy import nodes
from mypy.nodes import CallExpr, ClassDef, Expression, FuncDef, MemberExpr, MypyFile, NameExpr, RefExpr, TypeInfo
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import classes
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import walk_body
from mypy_deckrules.facts.database.model_bodies import UNREADABLE, constant
from mypy_deckrules.facts.database.models import FORWARD, Relation, fields
from mypy_deckrules.facts.metadata import recall, remember_all
from mypy_deckrules.facts.queries.querysets import Evaluator, Frame
from mypy_deckrules.facts.queries.recipes import Reader
from mypy_deckrules.facts.queries.values import Loaded, Row, Rows

TOPIC: Final = "serializers"

MODEL_SERIALIZER: Final = "rest_framework.serializers.ModelSerializer"
KINDS: Final = {
    names.SERIALIZER: "serializer",
    "rest_framework.fields.SerializerMethodField": "method",
    "rest_framework.relations.PrimaryKeyRelatedField": "key",
    "rest_framework.relations.HyperlinkedIdentityField": "identity",
    "rest_framework.relations.HyperlinkedRelatedField": "key",
    "rest_framework.relations.RelatedField": "row",
    "rest_framework.fields.Field": "value",
}
"""The kinds of fields: ``key`` reads a foreign key's column only, ``row`` the related row itself, ``identity`` the row
that the serializer has."""

FROM_CACHE: Final = frozenset({"all", "count", "exists"})
"""Methods of a related manager that use what was prefetched."""

LIST: Final = frozenset({"list"})
DETAIL: Final = frozenset({"detail"})
"""The turns of the rows of a view: many in a list; a single one, whose own relations are loaded once, in a detail."""

DEPTH: Final = 10
"""How many serializers may be nested."""


# --- reading the classes


def learn_serializers(api: SemanticAnalyzer) -> None:
    """Remember the serializers of a module; its names are resolved."""
    tree = api.cur_mod_node
    serializers = [definition for definition in classes(tree) if definition.info.has_base(names.SERIALIZER)]
    prefix = len(tree.fullname) + 1
    remember_all(api, TOPIC, {each.fullname[prefix:]: _serializer(tree, each) for each in serializers})


def _serializer(tree: MypyFile, definition: ClassDef) -> dict[str, Any]:
    facts: dict[str, Any] = {"fields": {}, "methods": {}}
    for statement in definitions(definition.defs.body):
        function = statement.func if isinstance(statement, nodes.Decorator) else statement
        match function:
            case nodes.AssignmentStmt(lvalues=[NameExpr(name=name)], rvalue=CallExpr() as call):
                field = _field(call)
                if field is not None:
                    facts["fields"][name] = field
            case nodes.AssignmentStmt(lvalues=[NameExpr(name=name)], rvalue=NameExpr(fullname="builtins.None")):
                facts["fields"][name] = {"kind": "removed"}
            case ClassDef(name="Meta"):
                facts["meta"] = _meta(function)
            case FuncDef(name="to_representation"):
                facts["keeps_fields"] = any(_is_super(node, "to_representation") for node in walk_body(function))
            case FuncDef(name=name) if len(function.arguments) == (1 if function.is_static else 2):
                facts["methods"][name] = _reads(tree, function, definition.info)
            case _:
                pass
    return facts


def _is_super(node: nodes.Node, name: str) -> bool:
    return isinstance(node, CallExpr) and isinstance(node.callee, nodes.SuperExpr) and node.callee.name == name


def _field(call: CallExpr) -> dict[str, Any] | None:
    callee = call.callee.base if isinstance(call.callee, nodes.IndexExpr) else call.callee
    field_class = callee.node if isinstance(callee, RefExpr) else None
    if not isinstance(field_class, TypeInfo) or (kind := _kind(field_class)) is None:
        return None
    options = {name: constant(arg) for name, arg in _named(call, field_class) if name is not None}
    field: dict[str, Any] = {"kind": kind, "source": options.get("source"), "method": options.get("method_name")}
    if kind == "identity":
        # With many=True the source that HyperlinkedIdentityField sets is that of each item (RelatedField.many_init).
        field |= {"kind": "row"} if options.get("many") is True else {"kind": "row", "source": "*"}
    elif kind == "key" and options.get("lookup_field", "pk") != "pk":
        field["kind"] = "row"  # HyperlinkedRelatedField.use_pk_only_optimization
    slug = options.get("slug_field")
    if isinstance(slug, str) and "__" in slug:
        field["behind"] = slug.split("__")[:-1]
    if kind == "serializer":
        field["serializer"] = field_class.fullname
    if options.get("write_only") is True:
        field["write_only"] = True
    return field


def _named(call: CallExpr, made: TypeInfo) -> Iterator[tuple[str | None, Expression]]:
    """The arguments that a class is called with, each with the name of its parameter."""
    maker = made.get_method("__init__")
    parameters = maker.arg_names[1:] if isinstance(maker, FuncDef) else []
    for position, (name, arg) in enumerate(zip(call.arg_names, call.args, strict=True)):
        yield name or (parameters[position] if position < len(parameters) else None), arg


def _kind(field_class: TypeInfo) -> str | None:
    return next((kind for base, kind in KINDS.items() if field_class.has_base(base)), None)


def _meta(definition: ClassDef) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for statement in definitions(definition.defs.body):
        match statement:
            case nodes.AssignmentStmt(lvalues=[NameExpr(name="fields" | "exclude" | "depth" as name)], rvalue=value):
                options[name] = constant(value)
            case nodes.AssignmentStmt(lvalues=[NameExpr(name="extra_kwargs")], rvalue=nodes.DictExpr(items=items)):
                options["write_only"] = [
                    name.value for name, given in items if isinstance(name, nodes.StrExpr) and _is_write_only(given)
                ]
            case _:
                pass
    return options


def _is_write_only(options: Expression) -> bool:
    return isinstance(options, nodes.DictExpr) and any(
        isinstance(name, nodes.StrExpr) and name.value == "write_only" and constant(value) is True
        for name, value in options.items
    )


def _reads(tree: MypyFile, function: FuncDef, owner: TypeInfo) -> dict[str, Any]:
    """The attributes that a method reads of its parameter and of what that leads to: the recipe of what each is read
    of, its name, and the method that is called on it."""
    parameter = function.arguments[-1].variable.name
    reader = Reader(tree, [function], owner)
    members = [node for node in walk_body(function) if isinstance(node, MemberExpr)]
    called = {node.expr: node.name for node in members}
    reads = [(reader.read(node.expr), node) for node in members]
    of_parameter = [[recipe, node.name, called.get(node)] for recipe, node in reads if _mentions(recipe, parameter)]
    return {"parameter": parameter, "reads": of_parameter}


def _mentions(recipe: object, parameter: str) -> bool:
    match recipe:
        case ["argument", name, _]:
            return name == parameter
        case list():
            return any(_mentions(part, parameter) for part in recipe)
        case dict():
            return any(_mentions(part, parameter) for part in recipe.values())
        case _:
            return False


# --- asking


@dataclass(frozen=True, slots=True)
class Unloaded:
    """A relation that a serializer reads and that is not loaded.

    Attributes:
        path: how it is reached from the row of the view.
        many: whether it is, or lies behind, a relation with many rows.
    """

    path: tuple[str, ...]
    many: bool


class Serializers:
    """Answers what serializers read."""

    def __init__(self, api: SemanticAnalyzer, evaluator: Evaluator) -> None:
        self._api = api
        self._evaluator = evaluator

    def unloaded(self, serializer: TypeInfo, row: Row, depth: int = 0) -> Iterator[Unloaded]:
        """The relations that a serializer reads of a row which has not loaded them."""
        if depth > DEPTH or self._is_custom(serializer):
            return
        for name, field in self._fields(serializer, row.loaded.model):
            source = field.get("source") or name
            if source == "*" or source == UNREADABLE:
                continue
            if field["kind"] == "method":
                yield from self._read_by_method(serializer, field.get("method") or f"get_{name}", row)
            else:
                yield from self._read_by_field(field, [*source.split("."), *field.get("behind", ())], row, depth)

    def _is_custom(self, serializer: TypeInfo) -> bool:
        """Whether a serializer makes its output in a way of its own, rather than adding to what its fields give."""
        own = [base for base in serializer.mro if not base.fullname.startswith("rest_framework.")]
        if any(name in base.names for base in own for name in ("get_fields", "data")):
            return True
        facts = (recall(self._api, TOPIC, base.fullname) for base in own if "to_representation" in base.names)
        return not all(fact is not None and fact.get("keeps_fields") for fact in facts)

    def _facts(self, serializer: TypeInfo) -> list[Mapping[str, Any]]:
        """What the classes of the MRO say, the serializer's own first."""
        facts = (recall(self._api, TOPIC, base.fullname) for base in serializer.mro)
        return [fact for fact in facts if fact is not None]

    def _fields(self, serializer: TypeInfo, model: TypeInfo | None) -> list[tuple[str, Mapping[str, Any]]]:
        """The fields that are written to the output."""
        facts = self._facts(serializer)
        declared: dict[str, Mapping[str, Any]] = {}
        for fact in reversed(facts):
            declared |= fact["fields"]
        meta: dict[str, Any] = {}
        for fact in reversed(facts):
            meta |= fact.get("meta", {})
        if not serializer.has_base(MODEL_SERIALIZER):
            meta = {}
        listed = meta.get("fields")
        if isinstance(listed, list) and UNREADABLE not in listed:
            declared = {name: declared.get(name, _default(meta)) for name in listed}
        elif (listed == "__all__" or isinstance(meta.get("exclude"), list)) and model is not None:
            own = _forward(model)
            left_out = meta.get("exclude") or ()
            declared = {**{name: _default(meta) for name in own if name not in left_out}, **declared}
        hidden = meta.get("write_only", ())
        return [
            (name, field)
            for name, field in declared.items()
            if field["kind"] != "removed" and not field.get("write_only") and name not in hidden
        ]

    def _read_by_field(self, field: Mapping[str, Any], source: list[str], row: Row, depth: int) -> Iterator[Unloaded]:
        """What reading ``source``, a dotted path, loads for a field."""
        for position, name in enumerate(source):
            is_last = position == len(source) - 1
            known = self._relation(row, name)
            if known is None:
                return
            if is_last and field["kind"] == "key" and not known.many and not known.reverse:
                return  # DRF takes the column: RelatedField.use_pk_only_optimization
            row, missing = self._follow(row, known)
            yield from missing
        nested = self._evaluator.world.lookup(field["serializer"]) if field["kind"] == "serializer" else None
        if nested is not None:
            yield from self.unloaded(nested, row, depth + 1)
        elif field["kind"] == "depth" and row.loaded.model is not None:
            for name in _forward(row.loaded.model):
                yield from self._read_by_field(_default({"depth": field["depth"] - 1}), [name], row, depth)

    def _read_by_method(self, serializer: TypeInfo, method: str, row: Row) -> Iterator[Unloaded]:
        """What a ``SerializerMethodField``'s method loads."""
        methods: Mapping[str, Any] = next(
            (fact["methods"] for fact in self._facts(serializer) if method in fact["methods"]), {}
        )
        facts = methods.get(method, {"parameter": "", "reads": []})
        for recipe, name, called in facts["reads"]:
            value = self._evaluator.evaluate(recipe, Frame(arguments={facts["parameter"]: row}))
            known = self._relation(value, name) if isinstance(value, Row) else None
            if isinstance(value, Row) and known is not None and (not known.many or called in FROM_CACHE):
                _, missing = self._follow(value, known)
                yield from missing

    def _relation(self, row: Row, name: str) -> Relation | None:
        return self._evaluator.relation(row.loaded.model, name) if row.loaded.model is not None else None

    def _follow(self, row: Row, known: Relation) -> tuple[Row, list[Unloaded]]:
        """The row, or one of the rows, that a relation leads to; and what has to be loaded for it."""
        path, many = (*row.path, known.name), row.many or known.many
        is_loaded = self._evaluator.child(row, known.name) is not None
        missing = [Unloaded(path, many)] if not is_loaded and row.turns - DETAIL else []
        found = self._evaluator.related(row, known)
        other = found.row if isinstance(found, Rows) else found
        if other is None:
            other = Row(Loaded(known.to), row.turns, path, many)
        return replace(other, turns=other.turns | {"many"}) if known.many else other, missing


def _forward(model: TypeInfo) -> list[str]:
    """The relations that ``fields = "__all__"`` takes: those with a column or a table of their own."""
    return [field.name for field in fields(model).values() if field.kind in FORWARD or field.kind == "many_to_many"]


def _default(meta: Mapping[str, Any]) -> dict[str, Any]:
    """The field that a ``ModelSerializer`` makes for a relation."""
    depth = meta.get("depth")
    return {"kind": "depth", "depth": depth} if isinstance(depth, int) and depth > 0 else {"kind": "key"}
