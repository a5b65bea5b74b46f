"""How a query set, or a row of one, was made: the expressions behind it, written as JSON.

A recipe is a list whose first item says what it is:

- ``["model", "shop.models.Book", "objects"]``: a manager of a model; ``["class", "shop.models.Book"]``: the class
- ``["self"]``: what the method is called on; ``["cls"]``: its class; ``["super", "method", arguments]``: the next
  class's method of it
- ``["argument", "books", recipe]``: what the caller gives for a parameter, of which the recipe tells the type
- ``["typed", "shop.models.BookManager", "shop.models.Book"]``: something of that class (and, if not a row, model)
- ``["new", "shop.models.BookQuerySet", arguments]``: an instance that is made here
- ``["call", recipe, "method", arguments]``: the result of a method; ``["attribute", recipe, "name"]``
- ``["function", "shop.selectors.books", arguments]``: the result of a function
- ``["any", [recipe, ...]]``: one of these; ``["or", recipe, recipe]``: the first that leads somewhere
- ``["item", recipe, turn]``: what is iterated, in one turn of a loop; ``["one", recipe]``: a single item
- ``["items", recipe, few]``: some of the same items; ``["listed", recipe]``: the same in a collection of their own;
  ``["iterable", recipe]``: of such items; ``["mapping", recipe]``: of such values; ``["collection"]``: of such as
  cannot be seen; ``["tuple", [recipe, ...]]``; ``["part", recipe, index]``: an item of a tuple
- ``["prefetched", recipe, arguments]``: what ``prefetch_related_objects`` was given
- ``["text", "author"]``, ``["none"]``; ``["prefetch", lookup, recipe, to_attr]``: a ``Prefetch``
- ``["?"]``: what cannot be seen

Arguments are recipes by keyword, and by position under ``"0"``, ``"1"`` ...; a ``"*"`` tells that there may be more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

from mypy import nodes
from mypy.nodes import CallExpr, Expression, FuncDef, FuncItem, MemberExpr, MypyFile, NameExpr, RefExpr, TypeInfo, Var
from mypy.types import Instance, NoneType, Type, UnionType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.reaching import ENTRY, Binding, Comprehension, binds, parameters, reaching
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.models import is_model, model_of_rows
from mypy_deckrules.facts.database.types import model_in

Recipe = list[Any]
Arguments = dict[str, Recipe]

UNKNOWN: Final[Recipe] = ["?"]

FEW: Final = 10
"""So many items are few: a loop over them does not grow with a table."""

DEPTH: Final = 40
"""How many expressions may stand behind one another."""

LENGTH: Final = 500
"""How many parts a recipe may have: each use of a variable repeats what it stands for."""

SAME_ITEMS: Final = frozenset(
    {
        *(f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "sorted", "reversed", "iter")),
        "itertools.chain",
        "itertools.islice",
    }
)
"""Functions and classes that hand on the items of their first argument; ``chain`` of each."""

PAIRED_ITEMS: Final = frozenset(
    {
        *("builtins.enumerate", "builtins.zip", "builtins.filter"),
        *("itertools.zip_longest", "itertools.groupby", "itertools.batched"),
    }
)
"""Functions that hand on items of several arguments, or in another shape."""

CALLING: Final = frozenset({"builtins.sorted", "builtins.min", "builtins.max", "itertools.groupby"})
"""Functions that call another, their ``key``, for each item of their first argument."""

GET_OBJECT: Final = frozenset({"django.shortcuts.get_object_or_404", "django.shortcuts.aget_object_or_404"})
GET_LIST: Final = frozenset({"django.shortcuts.get_list_or_404", "django.shortcuts.aget_list_or_404"})
PREFETCH_OBJECTS: Final = frozenset(
    {
        "django.db.models.query.prefetch_related_objects",
        "django.db.models.query.aprefetch_related_objects",
    }
)


def applied_to(call: nodes.Node, function: nodes.LambdaExpr) -> Expression | None:
    """The rows for each of which ``call`` calls a function that it is given; None where it does not."""
    match call:
        case CallExpr(callee=RefExpr(fullname="builtins.map" | "builtins.filter"), args=[first, rows, *_]):
            return rows if first is function else None
        case CallExpr(callee=RefExpr(fullname=called), args=[rows, *others]) if called in CALLING:
            return rows if function in others else None
        case CallExpr(callee=MemberExpr(expr=rows, name="sort"), args=[key]):
            return rows if key is function else None
        case _:
            return None


def turn_of(loop: nodes.Node) -> str:
    """The name that a loop has in recipes."""
    return f"{loop.line}:{loop.column}"


def on(kind: str, base: Recipe, *rest: object) -> Recipe:
    """``[kind, base, ...]``; of what cannot be seen, nothing can."""
    return UNKNOWN if base == UNKNOWN else [kind, base, *rest]


def any_of(recipes: Sequence[Recipe]) -> Recipe:
    """One of several: unknown, where one of them is; ``None`` is nothing to load from."""
    some = [recipe for i, recipe in enumerate(recipes) if recipe != ["none"] and recipe not in recipes[:i]]
    if not some or UNKNOWN in some:
        return UNKNOWN
    return some[0] if len(some) == 1 else ["any", some]


def typed(typ: Type | None, *, bare: bool = False) -> Recipe:
    """What a type alone tells: a row and a manager are what their class says. Of query sets only one that a caller
    gives, as a plain ``QuerySet``, is taken for bare (``bare=True``)."""
    proper = get_proper_type(typ) if typ is not None else None
    if isinstance(proper, UnionType):
        parts = [item for item in map(get_proper_type, proper.items) if not isinstance(item, NoneType)]
        proper = parts[0] if len(parts) == 1 else None
    if not isinstance(proper, Instance):
        return UNKNOWN
    info = proper.type
    if is_model(info):
        return ["typed", info.fullname, None]
    base = next((base for base in info.mro if base.fullname in (names.BASE_MANAGER, names.QUERY_SET)), None)
    if base is None or (base.fullname == names.QUERY_SET and not (bare and info is base)):
        return UNKNOWN
    model = model_of_rows(proper)
    return ["typed", info.fullname, model.fullname if model is not None else None]


def _length(recipe: object) -> int:
    match recipe:
        case list():
            return 1 + sum(map(_length, recipe))
        case dict():
            return 1 + sum(map(_length, recipe.values()))
        case _:
            return 1


class Reader:
    """Reads expressions that stand in one place."""

    def __init__(
        self,
        tree: MypyFile,
        functions: Sequence[FuncItem] = (),
        owner: TypeInfo | None = None,
        type_of: Callable[[Expression], Type | None] = lambda expr: None,
    ) -> None:
        """
        Args:
            tree: the module.
            functions: those that hold the place, the one that runs it first.
            owner: the class whose method the outermost function is.
            type_of: the type of an expression, where mypy has found it.
        """
        self._tree = tree
        self._functions = functions
        self._owner = owner
        self._type_of = type_of
        self._depth = 0
        self._read_before: dict[Expression, Recipe] = {}

    def read(self, expr: Expression) -> Recipe:
        """The recipe of an expression; unknown where it leads back to itself, or is too long to be kept."""
        recipe = self._read_before.get(expr)
        if recipe is None and self._depth < DEPTH:
            self._read_before[expr] = UNKNOWN
            self._depth += 1
            try:
                recipe = self._or_typed(expr, self._read(expr))
            finally:
                self._depth -= 1
            recipe = recipe if _length(recipe) <= LENGTH else UNKNOWN
            self._read_before[expr] = recipe
        return UNKNOWN if recipe is None else recipe

    def _or_typed(self, expr: Expression, recipe: Recipe) -> Recipe:
        """``recipe``, and where it leads nowhere what the type of an attribute tells. What ``self`` holds may have been
        loaded by any other method."""
        if not isinstance(expr, MemberExpr) or recipe[1:2] == [["self"]]:
            return recipe
        known = typed(self._type_of(expr))
        return recipe if known == UNKNOWN else known if recipe == UNKNOWN else ["or", recipe, known]

    def _read(self, expr: Expression) -> Recipe:
        match expr:
            case nodes.StrExpr(value=value):
                return ["text", value]
            case NameExpr(fullname="builtins.None") | nodes.ListExpr(items=[]) | nodes.TupleExpr(items=[]):
                return ["none"]
            case RefExpr(node=TypeInfo() as info):
                return ["class", info.fullname]
            case NameExpr(node=Var()):
                return self._name(expr)
            case MemberExpr(expr=RefExpr(node=TypeInfo() as model), name=name) if is_model(model):
                return ["model", model.fullname, name]
            case MemberExpr(expr=inner, name=name):
                return on("attribute", self._or_object(inner, self.read(inner)), name)
            case CallExpr(analyzed=nodes.CastExpr() | nodes.AssertTypeExpr() as checked):
                return self.read(checked.expr)
            case CallExpr():
                return self._call(expr)
            case nodes.AwaitExpr(expr=inner):
                return self.read(inner)
            case nodes.AssignmentExpr(value=value):
                return self.read(value)
            case nodes.ConditionalExpr(if_expr=left, else_expr=right):
                return any_of([self.read(left), self.read(right)])
            case nodes.OpExpr(op="or" | "and" | "|" | "&", left=left, right=right):
                return any_of([self.read(left), self.read(right)])
            case nodes.OpExpr(op="+", left=left, right=right):
                return on("listed", any_of([self.read(left), self.read(right)]))
            case nodes.IndexExpr(base=base, index=nodes.SliceExpr(begin_index=None, end_index=end)):
                few = isinstance(end, nodes.IntExpr) and end.value <= FEW
                return on("items", self.read(base), few)
            case nodes.IndexExpr(base=base, index=nodes.SliceExpr()):
                return on("items", self.read(base), False)
            case nodes.IndexExpr(base=base):
                return on("one", self.read(base))
            case nodes.ListComprehension(generator=generator) | nodes.SetComprehension(generator=generator):
                return self.read(generator)
            case nodes.GeneratorExpr(left_expr=item):
                return on("iterable", self.read(item))
            case nodes.DictionaryComprehension(value=value):
                return on("mapping", self.read(value))
            case nodes.TupleExpr(items=items):
                return ["tuple", [self.read(item) for item in items]]
            case nodes.ListExpr(items=items):
                few = not any(isinstance(item, nodes.StarExpr) for item in items)
                return on("items", on("iterable", any_of([self.read(item) for item in items])), few)
            case nodes.StarExpr(expr=inner):
                return on("one", self.read(inner))
            case _:
                return UNKNOWN

    # --- names

    def _places(self) -> list[FuncItem | MypyFile]:
        return [*self._functions, self._tree]

    def _name(self, name: NameExpr) -> Recipe:
        for place in self._places():
            bound = reaching(place, name)
            if bound:
                return self._prefetched(name, any_of([self._bound(place, binding, name) for binding in bound]))
        return UNKNOWN

    def _bound(self, place: FuncItem | MypyFile, binding: Binding, name: NameExpr) -> Recipe:
        if binding == ENTRY:
            return self._parameter(place, name)
        if binding.target is None or binding.value is None:
            return UNKNOWN
        value = self.read(binding.value)
        if isinstance(binding.node, nodes.ForStmt):
            inside = any(node is name for node in walk(binding.node.body))
            value = on("item", value, turn_of(binding.node)) if inside else on("one", value)
        elif isinstance(binding.node, Comprehension):
            value = on("item", value, turn_of(binding.node))
        return _unpacked(value, binding.target, name)

    def _parameter(self, place: FuncItem | MypyFile, name: NameExpr) -> Recipe:
        assert isinstance(name.node, Var)
        if isinstance(place, nodes.LambdaExpr):
            around = self._places()[self._places().index(place) + 1]
            rows = next((rows for call in walk(around) if (rows := applied_to(call, place)) is not None), None)
            return on("item", self.read(rows), turn_of(place)) if rows is not None else UNKNOWN
        is_method = self._owner is not None and place is self._functions[-1] and isinstance(place, FuncDef)
        if is_method and isinstance(place, FuncDef) and name.node is parameters(place)[0] and not place.is_static:
            return ["cls"] if place.is_class else ["self"]
        return ["argument", name.name, typed(name.node.type, bare=True)]

    def _prefetched(self, name: NameExpr, recipe: Recipe) -> Recipe:
        """``recipe``, with what a ``prefetch_related_objects`` that stands before adds to it."""
        for call in self._prefetching:
            if call.line <= name.line and _holds(call.args[0], name):
                given = self._arguments(call)
                lookups = {str(int(key) - 1) if key.isdigit() else key: given[key] for key in given if key != "0"}
                recipe = on("prefetched", recipe, lookups)
        return recipe

    @cached_property
    def _prefetching(self) -> list[CallExpr]:
        """The calls of ``prefetch_related_objects`` in the place."""
        place = self._functions[0] if self._functions else self._tree
        return [
            node
            for node in walk(place)
            if isinstance(node, CallExpr)
            and isinstance(node.callee, RefExpr)
            and node.callee.fullname in PREFETCH_OBJECTS
            and node.args
        ]

    # --- calls

    def _call(self, call: CallExpr) -> Recipe:
        callee = call.callee.base if isinstance(call.callee, nodes.IndexExpr) else call.callee
        match callee:
            case nodes.SuperExpr(name=name):
                return ["super", name, self._arguments(call)]
            case RefExpr(node=TypeInfo() as made) if made.has_base(names.PREFETCH):
                given = self._arguments(call)
                by_position = [given.get(str(i), ["none"]) for i in range(3)]
                keywords = zip(("lookup", "queryset", "to_attr"), by_position, strict=True)
                return ["prefetch", *(given.get(keyword, default) for keyword, default in keywords)]
            case RefExpr(node=TypeInfo() as made) if made.has_base(names.QUERY_SET) or made.has_base(
                names.BASE_MANAGER
            ):
                return ["new", made.fullname, self._arguments(call)]
            case RefExpr(fullname=fullname) if fullname in SAME_ITEMS | GET_OBJECT | GET_LIST | PAIRED_ITEMS:
                return self._handed_on(call, fullname)
            case NameExpr(node=FuncItem() | nodes.Decorator() | nodes.OverloadedFuncDef(), fullname=fullname):
                return ["function", fullname, self._arguments(call)]
            case MemberExpr(expr=RefExpr(node=MypyFile()), fullname=fullname):
                return ["function", fullname, self._arguments(call)]
            case MemberExpr(expr=RefExpr(fullname="itertools.chain"), name="from_iterable") if call.args:
                return on("listed", on("one", self.read(call.args[0])))
            case MemberExpr(expr=receiver, name=name):
                return on("call", self._or_object(receiver, self.read(receiver)), name, self._arguments(call))
            case _:
                return UNKNOWN

    def _or_object(self, expr: Expression, recipe: Recipe) -> Recipe:
        """``recipe``, and where it leads nowhere the class whose methods can be looked up, if it is none of rows."""
        typ = self._type_of(expr)
        proper = get_proper_type(typ) if typ is not None else None
        if recipe == ["self"] or not isinstance(proper, Instance) or model_in(proper) is not None:
            return recipe
        known = ["typed", proper.type.fullname, None]
        return known if recipe == UNKNOWN else ["or", recipe, known]

    def _handed_on(self, call: CallExpr, fullname: str) -> Recipe:
        """What a function of the library makes of the items that it is given."""
        given = [self.read(arg) for arg, kind in zip(call.args, call.arg_kinds, strict=True) if kind == nodes.ARG_POS]
        if not given or len(given) < len([kind for kind in call.arg_kinds if not kind.is_named()]):
            return UNKNOWN
        first = ["model", given[0][1], "_default_manager"] if given[0][0] == "class" else given[0]
        if fullname in GET_OBJECT:
            return on("one", first)
        if fullname == "builtins.enumerate":
            return ["iterable", ["tuple", [UNKNOWN, on("item", first, "")]]]
        if fullname == "itertools.groupby":
            return ["iterable", ["tuple", [UNKNOWN, on("listed", first)]]]
        if fullname == "itertools.batched":
            return ["iterable", on("listed", first)]
        if fullname in ("builtins.zip", "itertools.zip_longest"):
            return ["iterable", ["tuple", [on("item", items, "") for items in given]]]
        if fullname == "builtins.filter":
            return on("listed", given[-1])
        return on("listed", any_of(given) if fullname == "itertools.chain" else first)

    def _arguments(self, call: CallExpr) -> Arguments:
        read: Arguments = {}
        for arg, kind, keyword in zip(call.args, call.arg_kinds, call.arg_names, strict=True):
            positions = len([key for key in read if key.isdigit()])
            items = self._items(arg) if kind == nodes.ARG_STAR else None
            if keyword is not None:
                read[keyword] = self.read(arg)
            elif kind == nodes.ARG_POS:
                read[str(positions)] = self.read(arg)
            elif items is not None:
                read.update({str(positions + i): item for i, item in enumerate(items)})
            else:
                read["*"] = UNKNOWN
        return read

    def _items(self, expr: Expression) -> list[Recipe] | None:
        """What ``*expr`` stands for."""
        if isinstance(expr, NameExpr) and isinstance(expr.node, Var):
            bound = next(filter(None, (reaching(place, expr) for place in self._places())), [])
            expr = bound[0].value if len(bound) == 1 and bound[0].target is not None and bound[0].value else expr
        return [self.read(item) for item in expr.items] if isinstance(expr, nodes.TupleExpr | nodes.ListExpr) else None


def _unpacked(value: Recipe, target: Expression, name: NameExpr) -> Recipe:
    """What ``name`` gets when ``target`` is bound to ``value``."""
    if isinstance(target, NameExpr):
        return value
    assert isinstance(name.node, Var)
    for index, item in enumerate(target.items if isinstance(target, nodes.TupleExpr | nodes.ListExpr) else ()):
        if binds(item, name.node):
            return _unpacked(on("part", value, index), item, name)
    return UNKNOWN


def _holds(rows: Expression, name: NameExpr) -> bool:
    """Whether ``rows`` is the variable, or a list that it is an item of."""
    items = rows.items if isinstance(rows, nodes.ListExpr | nodes.TupleExpr) else [rows]
    return any(isinstance(item, NameExpr) and item.node is name.node for item in items)
