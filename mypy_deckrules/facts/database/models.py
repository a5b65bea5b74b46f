"""What a model is: its fields, its relations in both directions, what is unique in its table.

The facts are read from class bodies (``facts.database.model_bodies``), never by importing the project, so they are the
same beside the Django plugin and without it. What no body shows (a model of a stub, a base class without types) is
unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo, Var
from mypy.semanal import SemanticAnalyzer
from mypy.types import Instance, Type, TypeVarType, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.database.abstract_models import ABSTRACT_MODELS
from mypy_deckrules.facts.database.model_bodies import KEY, RELATIONS, TOPIC, UNREADABLE
from mypy_deckrules.facts.metadata import recall

FORWARD: Final = frozenset({"foreign_key", "one_to_one"})
"""Kinds of relation that hold one row and have a column."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a model's class body, or that of a class it inherits from, defines.

    Attributes:
        name: its name.
        kind: ``column``, or a relation: ``foreign_key``, ``one_to_one``, ``many_to_many``, ``generic_foreign_key``,
            ``generic_relation``; ``composite`` for a primary key of several fields; ``unknown`` for a call whose result
            nobody types, which may be a field.
        owner: the class that defines it.
        unique: whether its values are unique; so it is taken to be where that cannot be seen.
        primary_key: whether it is the primary key.
        null: whether the column may be NULL.
        to: of a relation the model it points to: a full name, or the string in the source (``Order``, ``shop.Order``).
        related_name: of a relation, as it stands in the source.
        made_of: of a composite primary key, the names of its fields.
    """

    name: str
    kind: str
    owner: TypeInfo
    unique: bool
    primary_key: bool
    null: bool
    to: str | None
    related_name: str | None
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UniqueSet:
    """Fields that no two rows of a model share.

    Attributes:
        fields: their names; a relation is named without ``_id``, the primary key by its name and as ``pk``.
        condition: the lookups that a row must meet for the constraint to hold, with their values (``...`` for a value
            that cannot be read); None for a constraint that always holds.
        folded: those of the fields that are compared without their case.
        nulls_alike: whether two rows that have NULL in a field share its value (``nulls_distinct=False``).
    """

    fields: frozenset[str]
    condition: Mapping[str, object] | None = None
    folded: frozenset[str] = frozenset()
    nulls_alike: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribute of a model's rows that is another row, or a manager of other rows.

    Attributes:
        name: the attribute.
        model: the class whose rows have it.
        to: the class of the rows that it leads to, None where that is not known.
        many: whether it is a manager (many-to-many, a reverse foreign key), rather than one row.
        reverse: whether the other model defines it.
        field: the field that defines it, of a reverse relation the other model's; None where that is not known.
    """

    name: str
    model: TypeInfo
    to: TypeInfo | None
    many: bool
    reverse: bool
    field: Field | None


def is_model(info: TypeInfo) -> bool:
    return info.has_base(names.MODEL)


def model_of_rows(rows: Instance) -> TypeInfo | None:
    """The model of a query set or manager."""
    base = next((base for base in rows.type.mro if base.fullname in names.QUERY_SETS), None)
    arguments = map_instance_to_supertype(rows, base).args if base is not None else ()
    return _model_in(arguments[0]) if arguments else None


def definer_of(classes: Iterable[TypeInfo], name: str, after: TypeInfo | None = None) -> TypeInfo | None:
    """The class whose body defines a method, the first in the MROs of ``classes``; what the Django plugin puts into the
    classes of managers counts as inherited.

    Args:
        after: a class of the MRO that ``super()`` looks behind.
    """
    bases = [base for info in classes for base in info.mro]
    for base in bases[bases.index(after) + 1 if after in bases else 0 :]:
        symbol = base.names.get(name)
        if symbol is not None and not symbol.plugin_generated:
            return base
    return None


def rows_class_of(manager_class: TypeInfo) -> str:
    """The query set class of a manager that was made ``from_queryset``, where the Django plugin has noted it."""
    for base in manager_class.mro:
        made_from = base.metadata.get("django", {}).get("from_queryset_manager")
        if isinstance(made_from, str):
            return made_from
    return names.QUERY_SET


def watch(api: TypeChecker | SemanticAnalyzer, info: TypeInfo) -> None:
    """Have what is being checked be checked again in the daemon when the bodies of a model, or of those that it
    inherits from, say something else. Who asks this module about ``info`` calls it."""
    for base in _written(info):
        recall(api, TOPIC, base.fullname)


# --- fields


def fields(info: TypeInfo) -> dict[str, Field]:
    """The fields that the bodies of ``info`` and of the models it inherits from define, by name."""
    found: dict[str, Field] = {}
    for owner in reversed(_bodies(info)):
        for name, field in _facts(owner).get("fields", {}).items():
            if field["kind"] == "removed":
                found.pop(name, None)
            else:
                found[name] = _field(name, owner, field)
    return found


def field_called(info: TypeInfo, name: str) -> Field | None:
    """The field that the bodies of ``info`` and of the models it inherits from call ``name``."""
    for owner in _bodies(info):
        field = _facts(owner).get("fields", {}).get(name)
        if field is not None:
            return _field(name, owner, field) if field["kind"] != "removed" else None
    return None


def is_seen(info: TypeInfo) -> bool:
    """Whether the bodies of ``info`` and of all models it inherits from were read."""
    bodies = _bodies(info)
    return bool(bodies) and not any(base.fallback_to_any or "fields" not in _facts(base) for base in bodies)


def _bodies(info: TypeInfo) -> list[TypeInfo]:
    """The models in the MRO that somebody wrote."""
    return [base for base in _written(info) if is_model(base)]


def _written(info: TypeInfo) -> list[TypeInfo]:
    """The classes in the MRO that somebody wrote: not Django's own, not the Django plugin's ``Order@AnnotatedWith``."""
    return [base for base in info.mro if base.fullname not in _ROOTS and "@" not in base.name]


_ROOTS: Final = frozenset({names.MODEL, "builtins.object"})


def _facts(info: TypeInfo) -> Mapping[str, Any]:
    return info.metadata.get(KEY) or ABSTRACT_MODELS.get(info.fullname, {})


def _field(name: str, owner: TypeInfo, field: Mapping[str, Any]) -> Field:
    primary_key = bool(field.get("primary_key"))
    unique = primary_key or field["kind"] in ("one_to_one", "unknown") or bool(field.get("unique"))
    to, related_name = field.get("to"), field.get("related_name")
    made_of = tuple(field.get("made_of", ()))
    return Field(name, field["kind"], owner, unique, primary_key, bool(field.get("null")), to, related_name, made_of)


# --- what is unique


def unique_sets(info: TypeInfo) -> list[UniqueSet] | None:
    """The sets of fields that are unique in the database; None where that cannot be seen.

    Counted are primary keys, ``unique=True``, ``OneToOneField``, ``unique_together`` and ``UniqueConstraint``, also of
    abstract parents and of the tables that multi-table inheritance joins
    (https://docs.djangoproject.com/en/5.2/topics/db/models/#model-inheritance). Fields that ``save`` computes a unique
    one from are unique too: rows that have them in common are refused. What the table of a model that Django does not
    manage refuses cannot be seen.
    """
    if not is_seen(info):
        return None
    known = fields(info)
    sets = [UniqueSet(frozenset({field.name})) for field in known.values() if field.unique]
    sets += [UniqueSet(frozenset(field.made_of)) for field in known.values() if field.made_of]
    sets.append(UniqueSet(frozenset({"pk"})))
    if not any(field.primary_key for field in known.values()):
        sets.append(UniqueSet(frozenset({"id"})))
    for table in _tables(info):
        if table is not info:
            sets.append(UniqueSet(frozenset({f"{table.name.lower()}_ptr"})))
        constraints = _constraints(table)
        if constraints is None:
            return None
        sets += constraints
    sets += [computed for unique in sets if (computed := _before_save(info, unique)) is not None]
    columns = {f"{name}_id": name for name, field in known.items() if field.kind in FORWARD}
    return [replace(unique, fields=frozenset(columns.get(name, name) for name in unique.fields)) for unique in sets]


def _before_save(info: TypeInfo, unique: UniqueSet) -> UniqueSet | None:
    """The set with the fields that ``save`` computes the others from; None where it computes none of them."""
    sources: dict[str, list[str]] = {}
    for base in reversed(_bodies(info)):
        sources |= _facts(base).get("computed", {})
    if sources.keys().isdisjoint(unique.fields):
        return None
    return replace(unique, fields=frozenset(name for field in unique.fields for name in sources.get(field, [field])))


def _tables(info: TypeInfo) -> Iterator[TypeInfo]:
    """The models of the MRO that have a table of their own or are proxies, ``info`` first."""
    for base in _bodies(info):
        if base is info or not is_abstract(base):
            yield base


def has_parent_table(info: TypeInfo) -> bool:
    """Whether a row is spread over several tables (multi-table inheritance)."""
    tables = [table for table in _tables(info) if not _says(table, "proxy")]
    return len(tables) > 1


def is_abstract(info: TypeInfo) -> bool:
    return info.fullname in ABSTRACT_MODELS or _says(info, "abstract")


def _says(info: TypeInfo, option: str) -> bool:
    """Whether the model's own ``Meta`` sets an option that is not inherited."""
    meta = _own_meta(info)
    return meta is not None and bool(_facts(meta).get("meta", {}).get(option))


def is_ordered(info: TypeInfo) -> bool:
    """Whether ``Meta.ordering`` orders the rows."""
    return bool(_meta_option(info, "ordering"))


def _own_meta(info: TypeInfo) -> TypeInfo | None:
    symbol = info.names.get("Meta")
    return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None


def _meta_option(info: TypeInfo, name: str) -> Any:
    """The option as Django sees it: of the model's ``Meta`` and its bases, or else of that of an abstract parent, or of
    a mixin that is no model."""
    for base in _written(info):
        meta = _own_meta(base)
        if meta is not None and (base is info or is_abstract(base) or not is_model(base)):
            for meta_base in meta.mro:
                options = _facts(meta_base).get("meta", {})
                if name in options:
                    return options[name]
                if "opaque_base" in options:
                    return UNREADABLE
            return None
    return None


def _constraints(info: TypeInfo) -> list[UniqueSet] | None:
    together, constraints = _meta_option(info, "unique_together"), _meta_option(info, "constraints")
    if UNREADABLE in (together, constraints) or _meta_option(info, "managed") is False:
        return None
    sets = [UniqueSet(frozenset(group)) for group in together or ()]
    for constraint in constraints or ():
        condition = constraint["condition"]
        stated = None if condition is None else {name: _value(value) for name, value in condition.items()}
        fields, folded = frozenset(constraint["fields"]), frozenset(constraint["folded"])
        sets.append(UniqueSet(fields, stated, folded, constraint["nulls_alike"]))
    return sets


def _value(value: object) -> object:
    return ... if value == UNREADABLE or (isinstance(value, list) and UNREADABLE in value) else value


def managers(info: TypeInfo) -> dict[str, tuple[str, str | None]]:
    """The managers of a model by name, its default first: the full names of the class and, where the model says one, of
    its query sets' class. Empty where Django makes ``objects`` by itself.
    """
    found: dict[str, tuple[str, str | None]] = {}
    for base in _bodies(info):
        for name, (manager, rows) in _facts(base).get("managers", {}).items():
            found.setdefault(name, (manager, rows))
        if "managers" not in _facts(base):
            found |= _declared_managers(base)
    default = _meta_option(info, "default_manager_name")
    return {default: found[default], **found} if default in found else found


def _declared_managers(info: TypeInfo) -> dict[str, tuple[str, str | None]]:
    """The managers that a stub declares."""
    declared = {name: get_proper_type(symbol.type) for name, symbol in info.names.items() if symbol.type is not None}
    return {
        name: (typ.type.fullname, None)
        for name, typ in declared.items()
        if isinstance(typ, Instance) and typ.type.has_base(names.BASE_MANAGER)
    }


# --- relations


Lookup = Callable[[str], TypeInfo | None]
"""The class of a full name."""


def relation(info: TypeInfo, name: str, lookup: Lookup = lambda fullname: None) -> Relation | None:
    """The relation that the attribute ``name`` of a model's rows is; None where it is none, or nobody can see it.

    Args:
        lookup: finds the model that a field points to, where no type shows it.
    """
    field = field_called(info, name)
    symbol = info.get(name) if name != "pk" else None  # to the Django plugin it has the type of the primary key's field
    declared = get_proper_type(symbol.type) if symbol is not None and isinstance(symbol.node, Var) else None
    descriptor = declared if isinstance(declared, Instance) else None
    if field is not None and field.kind in RELATIONS.values():
        many = field.kind in ("many_to_many", "generic_relation")
        to = _related_class(descriptor) if descriptor is not None else None
        return Relation(name, info, to or (lookup(field.to) if field.to else None), many, False, field)
    if descriptor is None:
        return None
    kind = next((kind for base, kind in _DESCRIPTORS.items() if descriptor.type.has_base(base)), None)
    if kind is None:
        return None
    many, reverse = kind
    to = _related_class(descriptor)
    return Relation(name, info, to, many, reverse, _defining_field(info, name, to) if reverse and to else None)


_DESCRIPTORS: Final = {
    names.FOREIGN_KEY: (False, False),
    names.MANY_TO_MANY_FIELD: (True, False),
    names.REVERSE_ONE_TO_ONE: (False, True),
    names.REVERSE_MANY_TO_ONE: (True, True),
    names.RELATED_MANAGER: (True, True),
    names.MANY_RELATED_MANAGER: (True, True),
}
"""What an attribute with such a type is: (many, reverse). The Django plugin adds descriptors for reverse relations,
people without it annotate managers (``books: RelatedManager[Book]``)."""


def relations(info: TypeInfo) -> dict[str, Relation]:
    """All relations of a model, by name; reverse ones where the Django plugin or an annotation shows them."""
    attributes = {name for base in info.mro if is_model(base) for name in base.names}
    found = {name: relation(info, name) for name in sorted(attributes)}
    return {name: known for name, known in found.items() if known is not None}


def _related_class(descriptor: Instance) -> TypeInfo | None:
    """The model in the type arguments: first where there is a through model, last in ``ForeignKey[set, get]``."""
    bases = (base for base in descriptor.type.mro if base.fullname in _MODEL_FIRST)
    base = next(bases, None)
    arguments = map_instance_to_supertype(descriptor, base).args if base is not None else descriptor.args[::-1]
    return next((model for argument in arguments if (model := _model_in(argument)) is not None), None)


_MODEL_FIRST: Final = frozenset({names.MANY_TO_MANY_FIELD, names.MANY_TO_MANY_DESCRIPTOR, names.BASE_MANAGER})


def _model_in(typ: Type) -> TypeInfo | None:
    models = models_in(typ)
    return models[0] if len(models) == 1 else None


def models_in(typ: Type) -> list[TypeInfo]:
    """The models whose row a value of ``typ`` may be; a type variable's is its bound (``Self`` in ``cls.objects``)."""
    proper = get_proper_type(typ)
    options = map(get_proper_type, proper.items) if isinstance(proper, UnionType) else [proper]
    bounds = (get_proper_type(o.upper_bound) if isinstance(o, TypeVarType) else o for o in options)
    return [bound.type for bound in bounds if isinstance(bound, Instance) and is_model(bound.type)]


def _defining_field(info: TypeInfo, accessor: str, to: TypeInfo) -> Field | None:
    """The field of ``to`` whose reverse relation is the attribute ``accessor`` of ``info``."""
    candidates = [field for field in fields(to).values() if _points_to(field, to, info)]
    if len(candidates) > 1:
        candidates = [field for field in candidates if accessor_name(field, to) == accessor]
    return candidates[0] if len(candidates) == 1 else None


def _points_to(field: Field, model: TypeInfo, target: TypeInfo) -> bool:
    known = relation(model, field.name) if field.kind in RELATIONS.values() else None
    if known is None or known.reverse:
        return False
    if known.to is not None:
        return known.to in target.mro
    target_names = {name for base in _bodies(target) for name in (base.name, base.fullname)}
    label, _, name = (field.to or "").rpartition(".")
    return field.to in target_names or (name in target_names and "." not in label)


def accessor_name(field: Field, model: TypeInfo) -> str | None:
    """The attribute that a relation field of ``model`` adds to the model it points to; None where it adds none."""
    name = field.related_name or _meta_option(model, "default_related_name")
    if name is None:
        return model.name.lower() if field.kind == "one_to_one" else f"{model.name.lower()}_set"
    if name.endswith("+"):
        return None
    package = model.module_name.split(".")
    label = package[package.index("models") - 1] if "models" in package[1:] else package[0]
    return str(name).replace("%(class)s", model.name.lower()).replace("%(app_label)s", label)
