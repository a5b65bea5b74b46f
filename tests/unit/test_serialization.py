"""What is said of types that no value can be made of, and how it is said; the rest is in ``tests/kombu``."""

from __future__ import annotations

import time

import pytest
from mypy.messages import format_type_bare
from mypy.options import Options
from mypy.types import CallableType, Type, get_proper_type

from mypy_deckrules.facts.dispatches.encodings import NO_DATA
from mypy_deckrules.facts.dispatches.serialization import Serializer, lossy, misfit
from tests.mypy_types import types_in

JSON = Serializer("json", (5, 7), frozenset())
PICKLE = Serializer("pickle", (5, 7), frozenset())

SOURCE = """
# mypy: disable-error-code="empty-body"
from __future__ import annotations
import asyncio, collections, dataclasses, datetime, enum, json, numbers, os, pathlib, threading, types
from collections.abc import *
from typing import *
from typing_extensions import LiteralString, Self
from django.db.models import Manager, Model, QuerySet
from django.utils.functional import _StrOrPromise
from unknown import Unknown  # type: ignore[import-not-found]

T = TypeVar("T")
S = TypeVar("S", str, set[int])
B = TypeVar("B", bound=pathlib.Path)
E = TypeVar("E", bound="Color")
Ts = TypeVarTuple("Ts")
P = ParamSpec("P")

class Color(enum.Enum):
    RED = 1

class Shade(str, enum.Enum):
    DARK = "dark"

class Order(Model): ...
class FromUnknown(Unknown): ...
class DictFromUnknown(dict[str, set[int]], Unknown): ...
class Meta(type): ...
class WithMeta(metaclass=Meta): ...
class Grows(list["Grows[list[T]]"], Generic[T]): ...
class GrowsTwice(dict[str, "GrowsTwice[list[T]] | GrowsTwice[set[T]]"], Generic[T]): ...
class OrderRow(TypedDict):
    order: Order
    tags: list[str]
class Mixed(TypedDict):
    order: Order
    tags: set[str]
class Hook(Protocol):
    def __json__(self) -> dict[str, int]: ...
class Named(Protocol):
    name: str
class Calls:
    def __call__(self) -> None: ...
class Returns(Generic[T]):
    def __json__(self) -> list[T]: ...
@dataclasses.dataclass
class Base:
    x: int
class Derived(Base): ...
OrderOrId = Union[Order, int]
OrderId = NewType("OrderId", Order)
"""


def in_module(*annotations: str) -> list[Type]:
    """The types of annotations over the names in ``SOURCE``."""
    source = SOURCE + "".join(f"v{i}: {annotation}\n" for i, annotation in enumerate(annotations))
    types = types_in(source)
    return [types[f"v{i}"] for i in range(len(annotations))]


def as_values(*expressions: str) -> list[Type]:
    """The types that mypy infers for expressions over the names in ``SOURCE``."""
    types = types_in(SOURCE + "".join(f"v{i} = {expression}\n" for i, expression in enumerate(expressions)))
    return [types[f"v{i}"] for i in range(len(expressions))]


UNDECIDED = [
    # Not known
    "object", "Any", "Unknown", "list[Any]", "dict[str, object]", "FromUnknown", "DictFromUnknown", "Never",
    # Models, and what holds them
    "Order", "Order | None", "list[Order]", "set[Order]", "frozenset[Order]", "Iterator[Order]",
    "collections.deque[list[Order]]", "dict[str, Order]", "dict[Order, str]", "QuerySet[Order, Order]",
    "Manager[Order]", "OrderRow", "OrderOrId", "OrderId", "set[OrderRow]",
    # Abstract
    "Sequence[int]", "Iterable[str]", "Collection[int]", "Mapping[str, int]", "MutableMapping[str, Any]",
    "Container[int]", "Hashable", "Sized", "SupportsInt", "numbers.Number", "Named", "Hook", "Reversible[int]",
    # Text
    "LiteralString", "_StrOrPromise",
]  # fmt: skip


def test_undecided() -> None:
    for annotation, typ in zip(UNDECIDED, in_module(*UNDECIDED), strict=True):
        assert misfit(typ, JSON) is None, annotation
        assert lossy(typ, JSON) is None, annotation


INNERMOST = {
    "dict[str, set[int]]": "set[int]",
    "int | list[dict[str, tuple[int, Color]]]": "Color",
    "Mixed": "set[str]",
    "Iterable[pathlib.Path]": "Path",
    "dict[tuple[int, int], set[int]]": "tuple[int, int]",
    "tuple[int, *tuple[Color, ...]]": "Color",
    "Callable[[Order], None]": "Callable[[Order], None]",
    "type[Order]": "type[Order]",
    "Derived": "Derived",
    "Calls": "Calls",
    "WithMeta": "WithMeta",
    "Meta": "Meta",
    "AbstractSet[int]": "AbstractSet[int]",
    "Awaitable[int]": "Awaitable[int]",
    "AsyncIterator[int]": "AsyncIterator[int]",
    "IO[str]": "IO[str]",
    "KeysView[str]": "KeysView[str]",
    "Literal[Color.RED]": "Literal[Color.RED]",
    "asyncio.Task[int]": "Task[int]",
}

VALUES = {
    "lambda: 1": "Callable[[], int]",
    "[json]": "Module",
    "[Color]": "type[Color]",
    "(n for n in [1])": "Generator[int, None, None]",
    "{1: 2}.keys()": "dict_keys[int, int]",
    "map(str, [1])": "map[str]",
    "{1, 2}": "set[int]",
    "[{1}]": "set[int]",
    "(1, {2})": "set[int]",
    "Color.RED": "Color",
}


def test_innermost_type() -> None:
    types = [*in_module(*INNERMOST), *as_values(*VALUES)]
    for (expression, expected), typ in zip([*INNERMOST.items(), *VALUES.items()], types, strict=True):
        found = misfit(typ, JSON)
        assert found is not None, expression
        assert format_type_bare(found.type, Options()) == expected, expression


FIXES = {
    "set[int]": "a list",
    "range": "a list",
    "Iterator[int]": "a list",
    "Color": "its .value",
    "Derived": "dataclasses.asdict(...)",
    "pathlib.Path": "str(...)",
    "datetime.timedelta": "its .total_seconds()",
    "type[int]": "its name",
    "types.ModuleType": "its name",
    "ValueError": "str(...)",
    "collections.UserDict[str, int]": "dict(...)",
    "dict[Color, int]": "a dict with str keys",
    "Calls": "the plain values that the task needs of it",
}


def test_what_to_send_instead() -> None:
    for (annotation, fix), typ in zip(FIXES.items(), in_module(*FIXES), strict=True):
        found = misfit(typ, JSON)
        assert found is not None, annotation
        assert found.fix == fix, annotation


@pytest.mark.parametrize(
    ("serializer", "annotation", "why"),
    [
        ("json", "set[int]", "cannot be encoded as JSON"),
        ("json", "dict[Color, int]", "cannot be a key in JSON"),
        ("yaml", "Shade", "cannot be encoded as YAML"),
        ("yaml", "dict[tuple[int, int], int]", "cannot be a key in YAML"),
        ("msgpack", "dict[int, int]", "cannot be a key in msgpack"),
        ("pickle", "types.ModuleType", "cannot be encoded as pickle"),
    ],
)
def test_reason(serializer: str, annotation: str, why: str) -> None:
    found = misfit(in_module(annotation)[0], Serializer(serializer, (5, 7), frozenset()))
    assert found is not None
    assert found.why == why


FUNCTIONS = """
def unbound(x: T) -> T: ...
def bound(x: B) -> B: ...
def enum_bound(x: E) -> E: ...
def one_of(x: S) -> S: ...
def many(x: tuple[Unpack[Ts]]) -> tuple[Unpack[Ts]]: ...
def of_params(x: Callable[P, int]) -> Callable[P, int]: ...
class Node:
    def same(self, x: Self) -> Self: ...
same = Node().same
@overload
def overloaded(x: int) -> int: ...
@overload
def overloaded(x: str) -> str: ...
def overloaded(x: Any) -> Any: ...
refers = overloaded
"""


def test_type_variables() -> None:
    types = types_in(SOURCE + FUNCTIONS)

    def parameter(function: str) -> Type:
        typ = get_proper_type(types[function])
        assert isinstance(typ, CallableType)
        return typ.arg_types[0]

    functions = ("unbound", "bound", "enum_bound", "one_of", "many", "of_params", "same")
    wrong = {name for name in functions if misfit(parameter(name), JSON)}
    assert wrong == {"bound", "enum_bound", "one_of", "of_params", "same"}
    assert misfit(types["refers"], JSON) is not None


def test_registered_types_and_their_subclasses() -> None:
    base, derived = in_module("Base", "Derived")
    for registered, is_misfit in (({"tried.Base"}, (False, False)), ({"tried.Derived"}, (True, False))):
        serializer = Serializer("json", (5, 7), frozenset(registered))
        assert (misfit(base, serializer) is not None, misfit(derived, serializer) is not None) == is_misfit
        assert lossy(derived, serializer) is None


def test_unknown_serializer() -> None:
    (typ,) = in_module("dict[Color, set[int]]")
    mine = Serializer("mine", (5, 7), frozenset())
    assert misfit(typ, mine) is None
    assert lossy(typ, mine) is None


def test_pickle_takes_what_it_may() -> None:
    for typ in in_module("Callable[[], int]", "type[Color]", "Iterator[int]", "IO[str]", "Base", "Color", "set[Color]"):
        assert misfit(typ, PICKLE) is None, typ
        assert lossy(typ, PICKLE) is None, typ


def test_walk_ends() -> None:
    for typ in in_module("Grows[int]", "GrowsTwice[int]"):
        started = time.perf_counter()
        assert misfit(typ, JSON) is None
        assert time.perf_counter() - started < 2


def test_no_json_value_has_what_marks_other_protocols() -> None:
    values: list[object] = [None, True, 1, 1.0, "", b"", [], (), {}]
    assert not [(value, name) for value in values for name in NO_DATA if hasattr(value, name)]
