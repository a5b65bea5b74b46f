"""A view's nested serializer loads related objects row by row.

## What it does
Reports a list view or view set of Django REST framework whose serializer reads relations that the view's query set does
not load: nested serializers, at any depth, related fields with many rows, `SlugRelatedField`, `StringRelatedField`, a
dotted `source`, and the relations that the method of a `SerializerMethodField` reads.

## Why is this bad?
The framework loads nothing ahead. Each row of the list runs one query for each of these relations. Measured with
Django 5.2 on SQLite:

| rows | queries of the example | when it is repaired |
|---:|---:|---:|
| 10 | 11 | 1 |
| 20 | 21 | 1 |

## Example
```python
from rest_framework import serializers, viewsets
from shop.models import Customer, Order

class CustomerSerializer(serializers.ModelSerializer[Customer]):
    class Meta:
        model = Customer
        fields = ["id", "name"]

class OrderSerializer(serializers.ModelSerializer[Order]):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["id", "customer"]

class OrderViewSet(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order._default_manager.all()
    serializer_class = OrderSerializer
```

## Use instead
```python
from rest_framework import serializers, viewsets
from shop.models import Customer, Order

class CustomerSerializer(serializers.ModelSerializer[Customer]):
    class Meta:
        model = Customer
        fields = ["id", "name"]

class OrderSerializer(serializers.ModelSerializer[Order]):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["id", "customer"]

class OrderViewSet(viewsets.ReadOnlyModelViewSet[Order]):
    queryset = Order._default_manager.select_related("customer")
    serializer_class = OrderSerializer
```

## Limits
- A `get_queryset` decides alone, as it does at run time; each of its `return` statements is judged by itself.
- A `return` that tests of `self.action` or `self.request.method` keep from the list is left alone; in a view without a
  list, one that they keep from the single row.
- In a view that shows a single row, only what lies behind its many-rowed relations counts.
- Left alone are `write_only` fields, `source="*"`, serializers with a `to_representation` that does not call `super()`,
  views that override `list`, `filter_queryset`, `get_serializer` or `paginate_queryset`, and query sets that cannot be
  read.
- Of several serializers that `get_serializer_class` may return, only what all of them read counts.

## References
- Django REST framework, "Serializer relations": https://www.django-rest-framework.org/api-guide/relations/
- Django, `prefetch_related`: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#prefetch-related
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy.nodes import AssignmentStmt, Context, Decorator, FuncDef, NameExpr, TypeInfo

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import ClassDefinition
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.queries.actions import returned_for
from mypy_deckrules.facts.queries.querysets import VIEW_ATTRIBUTES, Evaluator, Frame
from mypy_deckrules.facts.queries.recipes import Reader, Recipe
from mypy_deckrules.facts.queries.returns import world
from mypy_deckrules.facts.queries.serializers import DETAIL, LIST, Serializers, Unloaded
from mypy_deckrules.facts.queries.values import Row, Rows, Thing

GENERIC_VIEW: Final = "rest_framework.generics.GenericAPIView"

READING: Final = {
    "rest_framework.mixins.ListModelMixin": ("list", LIST),
    "rest_framework.mixins.RetrieveModelMixin": ("retrieve", DETAIL),
}
"""The action that reads rows, and the turns of these, by the class that brings it; that of many rows first."""

CUSTOM: Final = ("list", "filter_queryset", "get_serializer", "paginate_queryset")
"""Methods that may load what the query set does not, when a view overrides them."""


def check_class(definition: ClassDefinition) -> Iterator[Finding]:
    view = definition.info
    readings = [reading for base, reading in READING.items() if view.has_base(base)]
    if not readings or not view.has_base(GENERIC_VIEW) or any(_is_overridden(view, name) for name in CUSTOM):
        return
    findings = (list(_judged(definition, action, turns)) for action, turns in readings)
    yield from next(filter(None, findings), [])  # what a list reads row by row, a single row reads as well


def _judged(definition: ClassDefinition, action: str, turns: frozenset[str]) -> Iterator[Finding]:
    """What an action reads that its query set has not loaded."""
    view = definition.info
    evaluator = Evaluator(world(definition.api))
    frame = Frame(Thing(view), view)
    recipes = _returned(definition, action, "get_serializer_class")
    made = [evaluator.evaluate(recipe, frame) for _, recipe in recipes]
    serializers = [each.info for each in made if isinstance(each, Thing) and each.info.has_base(names.SERIALIZER)]
    if not made or len(serializers) < len(made):
        return
    for node, recipe in _returned(definition, action, "get_queryset"):
        rows = evaluator.evaluate(recipe, frame)
        if isinstance(rows, Rows) and not rows.few:
            row = Row(rows.row.loaded, turns)
            reads = [list(Serializers(definition.api, evaluator).unloaded(each, row)) for each in serializers]
            missing = [each for each in dict.fromkeys(reads[0]) if all(each in others for others in reads)]
            if missing:
                yield Finding(node, _message(serializers[0], missing))


def _is_overridden(view: TypeInfo, method: str) -> bool:
    definer = view.get_containing_type_info(method)
    return definer is not None and not definer.fullname.startswith("rest_framework.")


def _returned(definition: ClassDefinition, action: str, method: str) -> list[tuple[Context, Recipe]]:
    """What a view has from a method or, where it does not override that, in an attribute: what to point at, and how it
    is made. What it inherits from another class of the project is pointed at by the class statement."""
    view, attribute = definition.info, VIEW_ATTRIBUTES[method]
    for statement in definitions(definition.node.defs.body):
        function = statement.func if isinstance(statement, Decorator) else statement
        match function:
            case FuncDef(name=name) if name == method:
                reader = Reader(definition.tree, [function], view)
                return [(value, reader.read(value)) for value in returned_for(function, action)]
            case AssignmentStmt(lvalues=[NameExpr(name=name)], rvalue=value) if name == attribute:
                if not _is_overridden(view, method):
                    return [(value, Reader(definition.tree).read(value))]
            case _:
                pass
    if _is_overridden(view, method):
        return [(definition.node, ["call", ["self"], method, {}])]
    return [(definition.node, ["attribute", ["self"], attribute])]


def _message(serializer: TypeInfo, missing: list[Unloaded]) -> str:
    calls = []
    for method, many in (("select_related", False), ("prefetch_related", True)):
        paths = ["__".join(each.path) for each in missing if each.many is many]
        longest = [path for path in paths if not any(other.startswith(f"{path}__") for other in paths)]
        if longest:
            quoted = (f'"{path}"' for path in longest)
            calls.append(f"{method}({', '.join(quoted)})")
    return (
        f'"{serializer.name}" reads relations of each row that this query set does not load, by one query each; '
        f"add {' and '.join(calls)}"
    )
