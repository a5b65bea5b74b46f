"""What the rows of a query set have loaded: what ``select_related``, ``prefetch_related`` and their like leave.

``evaluate`` follows a recipe (``facts.queries.recipes``) through managers, methods, helpers and variables, as Django
does (https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related). Where several recipes may have made a
value, all that one of them loads counts as loaded; what cannot be seen has no value, so that nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mypy.nodes import TypeInfo

from mypy_deckrules import names
from mypy_deckrules.facts.database.models import (
    Relation,
    definer_of,
    field_called,
    is_model,
    managers,
    relation,
    rows_class_of,
)
from mypy_deckrules.facts.queries.loading import inverse, is_joined_by_default, with_path, with_select
from mypy_deckrules.facts.queries.methods import COMBINED, ONE_ROW, SAME_ROWS
from mypy_deckrules.facts.queries.recipes import Arguments, Recipe
from mypy_deckrules.facts.queries.values import (
    Items,
    Loaded,
    Parts,
    Row,
    Rows,
    Thing,
    Value,
    class_of,
    handed_over,
    in_turn,
    item_of,
    joined,
    limited,
    listed,
    merged,
    merged_prefetched,
    of_items,
)

DEPTH: Final = 24
"""How many functions may stand behind one another."""

Facts = Callable[[str], Mapping[str, Any] | None]
"""What is remembered of a function or a class attribute, by its full name."""

Lookup = Callable[[str], TypeInfo | None]
"""The class of a full name."""


@dataclass(frozen=True, slots=True)
class World:
    """What the code elsewhere says.

    Attributes:
        lookup: finds classes.
        facts: finds what is remembered.
        watch: is told the models that are asked about.
    """

    lookup: Lookup
    facts: Facts
    watch: Callable[[TypeInfo], None]


@dataclass(frozen=True, slots=True)
class Frame:
    """The call of a function whose recipe is followed.

    Attributes:
        this: what its method was called on.
        owner: the class that defines the method.
        arguments: what its parameters were given; None where the caller is not known.
    """

    this: Value | None = None
    owner: TypeInfo | None = None
    arguments: Mapping[str, Value | None] | None = None
    depth: int = 0


VIEW_ATTRIBUTES: Final = {"get_queryset": "queryset", "get_serializer_class": "serializer_class"}
"""The attributes that methods of Django REST framework's views give."""


class Evaluator:
    """Follows recipes."""

    def __init__(self, world: World) -> None:
        self.world = world

    def evaluate(self, recipe: Recipe, frame: Frame) -> Value | None:
        """The value that a recipe makes, None where it cannot be told."""
        match recipe:
            case ["self"]:
                return frame.this
            case ["cls"]:
                return class_of(frame.this)
            case ["model", str(model), str(manager)]:
                info = self.world.lookup(model)
                return self.manager(info, manager) if info is not None else None
            case ["class", str(fullname)]:
                info = self.world.lookup(fullname)
                return Thing(info, is_class=True) if info is not None else None
            case ["argument", str(name), declared]:
                return frame.arguments.get(name) if frame.arguments is not None else self.evaluate(declared, frame)
            case ["typed", str(fullname), model]:
                return self._instance(fullname, model)
            case ["new", str(fullname), arguments]:
                return self._new(fullname, arguments, frame)
            case ["super", str(name), arguments]:
                return self._call(frame.this, name, arguments, frame, after=frame.owner)
            case ["call", base, str(name), arguments]:
                return self._call(self.evaluate(base, frame), name, arguments, frame)
            case ["attribute", base, str(name)]:
                return self._attribute(self.evaluate(base, frame), name, frame)
            case ["function", str(fullname), arguments]:
                return self._run(fullname, frame, arguments)
            case ["or", first, second]:
                value = self.evaluate(first, frame)
                return value if value is not None else self.evaluate(second, frame)
            case ["any", recipes]:
                return joined(self.evaluate(each, frame) for each in recipes)
            case ["item", base, str(turn)]:
                items = self.evaluate(base, frame)
                few = isinstance(items, Rows | Items) and items.few
                return item_of(items) if few else in_turn(item_of(items), turn)
            case ["one", base]:
                return item_of(self.evaluate(base, frame))
            case ["items", base, bool(few)]:
                return limited(self.evaluate(base, frame), few)
            case ["listed", base]:
                return listed(self.evaluate(base, frame))
            case ["iterable", base]:
                return Items(self.evaluate(base, frame))
            case ["collection"]:
                return Items(None)
            case ["mapping", base]:
                return Items(self.evaluate(base, frame), mapping=True)
            case ["tuple", parts]:
                return Parts(tuple(self.evaluate(part, frame) for part in parts))
            case ["part", base, int(index)]:
                value = self.evaluate(base, frame)
                return value.parts[index] if isinstance(value, Parts) and index < len(value.parts) else None
            case ["prefetched", base, arguments]:
                return self._with_prefetched(self.evaluate(base, frame), arguments, frame)
            case _:
                return None

    # --- where rows come from

    def manager(self, model: TypeInfo, name: str) -> Rows | None:
        """The rows of a manager of ``model``: ``objects``, ``_default_manager`` or one of its own."""
        self.world.watch(model)
        known = managers(model)
        is_djangos = not known and name in ("objects", "_default_manager") and field_called(model, "objects") is None
        if is_djangos or name == "_base_manager":
            found: tuple[str, str | None] | None = (names.MANAGER, None)
        else:
            found = next(iter(known.values()), None) if name == "_default_manager" else known.get(name)
        manager_class = self.world.lookup(found[0]) if found is not None else None
        return self._of_manager(manager_class, found[1], model) if found is not None and manager_class else None

    def _of_manager(self, manager_class: TypeInfo, rows_name: str | None, model: TypeInfo) -> Rows | None:
        rows_class = self.world.lookup(rows_name or rows_class_of(manager_class))
        if rows_class is None:
            return None
        bare = Rows(Row(Loaded(model)), (manager_class, rows_class))
        rows = self._call(bare, "get_queryset", {}, Frame())
        return replace(bare, row=rows.row) if isinstance(rows, Rows) else None

    def _instance(self, fullname: str, model_name: str | None) -> Value | None:
        info = self.world.lookup(fullname)
        if info is None:
            return None
        if is_model(info):
            return Row(Loaded(info))
        model = self.world.lookup(model_name) if model_name is not None else None
        if info.has_base(names.QUERY_SET):
            return Rows(Row(Loaded(model)), (info,))
        if info.has_base(names.BASE_MANAGER):
            is_related = info.has_base(names.RELATED_MANAGER) or info.has_base(names.MANY_RELATED_MANAGER)
            return self._of_manager(info, None, model) if model is not None and not is_related else None
        return Thing(info)

    def _new(self, fullname: str, arguments: Arguments, frame: Frame) -> Value | None:
        info = self.world.lookup(fullname)
        given = arguments.get("model") or arguments.get("0")
        if info is None or not info.has_base(names.QUERY_SET) or given is None:
            return None
        model = None
        if isinstance(frame.this, Rows) and given == ["attribute", ["self"], "model"]:
            model = frame.this.row.loaded.model
        elif given[0] == "class":
            model = self.world.lookup(given[1])
        return Rows(Row(Loaded(model)), (info,)) if model is not None else None

    # --- calls

    def _call(
        self, value: Value | None, name: str, arguments: Arguments, frame: Frame, after: TypeInfo | None = None
    ) -> Value | None:
        """The result of a method; of the class behind ``after`` in the MRO, for ``super()``."""
        match value:
            case Rows():
                owner = definer_of(value.classes, name, after)
                if owner is None or owner.fullname.startswith("django."):
                    return self._builtin(value, name, arguments, frame)
                return self._run(f"{owner.fullname}.{name}", frame, arguments, value, owner)
            case Items():
                return of_items(value, name)
            case Row(loaded=Loaded(model=TypeInfo() as info)) | Thing(info=info):
                owner = definer_of((info,), name, after)
                if owner is None:
                    return None
                if name in VIEW_ATTRIBUTES and owner.fullname.startswith("rest_framework."):
                    return self._attribute(value, VIEW_ATTRIBUTES[name], frame)
                return self._run(f"{owner.fullname}.{name}", frame, arguments, value, owner)
            case _:
                return None

    def _run(
        self,
        fullname: str,
        caller: Frame,
        arguments: Arguments,
        this: Value | None = None,
        owner: TypeInfo | None = None,
    ) -> Value | None:
        """What a function of the checked code returns."""
        facts = self.world.facts(fullname)
        if facts is None or caller.depth >= DEPTH:
            return None
        given: dict[str, Value | None] = {}
        for key, recipe in arguments.items():
            position = int(key) if key.isdigit() else None
            if position is None or position < len(facts["parameters"]):
                parameter = key if position is None else facts["parameters"][position]
                given[parameter] = self.evaluate(recipe, caller)
        return handed_over(self.evaluate(facts["recipe"], Frame(this, owner, given, caller.depth + 1)))

    def _builtin(self, rows: Rows, name: str, arguments: Arguments, frame: Frame) -> Value | None:
        """The result of one of Django's own methods."""
        if not (rows.is_manager and name in ("all", "get_queryset")) and rows.anew is not None:
            rows = replace(rows, row=replace(rows.row, loaded=rows.anew), anew=None)
        if rows.is_manager and name != "db_manager":
            rows = replace(rows, classes=rows.classes[1:])
        if name in SAME_ROWS:
            return replace(rows, few=True) if name == "none" else rows
        if name in ONE_ROW:
            return rows.row
        if name in COMBINED:
            return joined([rows, *(self.evaluate(recipe, frame) for key, recipe in arguments.items() if key.isdigit())])
        if name in ("in_bulk", "ain_bulk"):
            return Items(rows.row, mapping=True)
        if name == "raw":
            return self._raw(rows.row.loaded)
        loaded: Loaded | None = None
        if name == "select_related":
            loaded = with_select(rows.row.loaded, arguments)
        elif name == "prefetch_related":
            loaded = self._with_prefetch(rows.row.loaded, arguments, frame)
        return replace(rows, row=replace(rows.row, loaded=loaded)) if loaded is not None else None

    def _raw(self, loaded: Loaded) -> Rows | None:
        """The rows of a query set's ``raw()``, which keeps what is to be prefetched."""
        rows_class = self.world.lookup(names.RAW_QUERY_SET)
        row = Row(Loaded(loaded.model, prefetch=loaded.prefetch, is_raw=True))
        return Rows(row, (rows_class,)) if rows_class is not None else None

    # --- attributes

    def _attribute(self, value: Value | None, name: str, frame: Frame) -> Value | None:
        match value:
            case Row(loaded=Loaded(model=TypeInfo() as info)):
                known = self.relation(info, name)
                if known is not None:
                    return self.related(value, known)
                if name in value.loaded.prefetch:
                    return self._of_to_attr(value, name)
            case Thing(info=info, is_class=True) if is_model(info):
                return self.manager(info, name)
            case Thing(info=info):
                pass
            case _:
                return None
        for base in info.mro:
            facts = self.world.facts(f"{base.fullname}.{name}") if name in base.names else None
            if facts is not None:
                return self._run(f"{base.fullname}.{name}", frame, {}, value, base) if facts["attribute"] else None
        return None

    def _of_to_attr(self, row: Row, name: str) -> Row | Items | None:
        """What the ``to_attr`` of a ``Prefetch`` holds."""
        loaded = self.child(row, name)
        followed = self.relation(row.loaded.model, row.loaded.prefetch[name].relation) if row.loaded.model else None
        if loaded is None or followed is None:
            return None
        path = (*row.path, name)
        if followed.many:
            return Items(replace(row, loaded=loaded, path=path, many=True))
        return replace(row, loaded=loaded, path=path)

    def relation(self, model: TypeInfo, name: str) -> Relation | None:
        self.world.watch(model)
        return relation(model, name, self.world.lookup)

    def related(self, row: Row, known: Relation) -> Row | Rows | None:
        """What the relation of a row leads to: a row, or a manager of rows."""
        if (filled := row.loaded.filled.get(known.name)) is not None:
            return replace(filled, turns=filled.turns & row.turns)
        loaded = self.child(row, known.name)
        path = (*row.path, known.name) if row.turns else ()
        if not known.many:
            other = loaded or Loaded(known.to, filled=inverse(known, row))
            return Row(other, row.turns, path, row.many)
        default = self.manager(known.to, "_default_manager") if known.to is not None else None
        if default is None:
            return None
        anew = replace(default.row.loaded, filled=inverse(known, row))
        other_row = Row(loaded or anew, row.turns, path, bool(path))
        return Rows(other_row, default.classes, anew=anew if loaded is not None else None)

    def child(self, row: Row, name: str) -> Loaded | None:
        """What the row or rows in an attribute have loaded; None where another query loads them."""
        loaded = row.loaded
        if name in loaded.filled:
            return loaded.filled[name].loaded
        prefetched = loaded.prefetch.get(name)
        followed = prefetched.relation if prefetched is not None else name
        known = self.relation(loaded.model, followed) if loaded.model is not None else None
        to = known.to if known is not None else None
        found = None
        if name in loaded.select:
            found = Loaded(to, loaded.select[name])
        elif loaded.select_all and known is not None and is_joined_by_default(known):
            found = Loaded(to, select_all=loaded.select_all - 1)
        if prefetched is not None:
            rows = prefetched.rows
            if rows is None and known is not None and known.many and to is not None:
                default = self.manager(to, "_default_manager")
                rows = default.row.loaded if default is not None else None
            rows = rows or Loaded(to)
            found = rows if found is None else found | rows
            found = replace(found, prefetch=merged(found.prefetch, prefetched.inner, merged_prefetched))
        if found is None or known is None:
            return found
        return replace(found, filled={**found.filled, **inverse(known, row)})

    # --- prefetch_related

    def _with_prefetched(self, value: Value | None, arguments: Arguments, frame: Frame) -> Value | None:
        """What ``prefetch_related_objects`` makes of rows."""
        match value:
            case Row():
                loaded = self._with_prefetch(value.loaded, arguments, frame)
                return replace(value, loaded=loaded) if loaded is not None else None
            case Rows():
                row = self._with_prefetched(value.row, arguments, frame)
                return replace(value, row=row) if isinstance(row, Row) else None
            case Items():
                return replace(value, item=self._with_prefetched(value.item, arguments, frame))
            case _:
                return None

    def _with_prefetch(self, loaded: Loaded, arguments: Arguments, frame: Frame) -> Loaded | None:
        prefetch = loaded.prefetch
        for recipe in arguments.values():
            match recipe:
                case ["none"]:
                    prefetch = {}
                case ["text", str(path)]:
                    prefetch = with_path(prefetch, path.split("__"), None, None)
                case ["prefetch", ["text", str(path)], rows, ["none"] | ["text", _] as attribute]:
                    value = self.evaluate(rows, frame)
                    if rows != ["none"] and not isinstance(value, Rows):
                        return None
                    found = value.row.loaded if isinstance(value, Rows) else None
                    prefetch = with_path(prefetch, path.split("__"), found, attribute[1] if attribute[1:] else None)
                case _:
                    return None
        return replace(loaded, prefetch=prefetch)
