"""What a task is given is what JSON carried: task-json-arg, task-json-lossy."""

import collections
import datetime
import decimal
import enum
import pathlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import attrs
import pytest
from kombu.exceptions import EncodeError
from pydantic import BaseModel

from .app import show, show_pickled, show_yaml
from .conftest import Worker


class Pair(NamedTuple):
    left: int
    right: str


class Size(enum.IntEnum):
    SMALL = 1


class Colour(enum.StrEnum):
    RED = "red"


class Plain(enum.Enum):
    ONE = 1


class Name(str):
    """A plain subclass of str."""


class Speaking:
    """Says itself what JSON is to carry."""

    def __json__(self) -> dict[str, int]:
        return {"said": 1}


@dataclass
class Data:
    x: int


@attrs.define
class Defined:
    x: int


class Validated(BaseModel):
    x: int


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1,
        1.5,
        "text",
        b"bytes",
        b"\xff",
        datetime.datetime(2020, 1, 2, 3, 4, tzinfo=datetime.UTC),
        datetime.date(2020, 1, 2),
        datetime.time(3, 4),
        decimal.Decimal("1.50"),
        uuid.UUID(int=7),
        [1, [2]],
        {"a": {"b": None}},
    ],
    ids=lambda value: type(value).__name__,
)
def test_arrives_as_it_was_sent(worker: Worker, value: object) -> None:
    assert worker.get(show.delay(value)) == repr(value)


@pytest.mark.parametrize(
    ("value", "arrived"),
    [
        ((1, 2), [1, 2]),
        (Pair(1, "a"), [1, "a"]),
        ({1: "a"}, {"1": "a"}),
        ({1.5: "a"}, {"1.5": "a"}),
        ({True: "a"}, {"true": "a"}),
        ({None: "a"}, {"null": "a"}),
        (Size.SMALL, 1),
        (Colour.RED, "red"),
        ({Size.SMALL: "a"}, {"1": "a"}),
        ({Colour.RED: "a"}, {"red": "a"}),
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.defaultdict(int, a=1), {"a": 1}),
        (collections.Counter("a"), {"a": 1}),
        (Name("Ada"), "Ada"),
        (Speaking(), {"said": 1}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_arrives_as_something_else(worker: Worker, value: object, arrived: object) -> None:
    assert worker.get(show.delay(value)) == repr(arrived)


@pytest.mark.parametrize(
    "make",
    [
        lambda: {1},
        lambda: frozenset({1}),
        lambda: datetime.timedelta(1),
        lambda: Plain.ONE,
        lambda: pathlib.Path("/"),
        lambda: Data(1),
        lambda: Defined(1),
        lambda: Validated(x=1),
        lambda: bytearray(b"x"),
        lambda: memoryview(b"x"),
        lambda: collections.deque([1]),
        lambda: range(2),
        lambda: 1j,
        lambda: iter([1]),
        lambda: (x for x in [1]),
        lambda: {}.keys(),
        lambda: print,
        lambda: int,
        lambda: enum,
        lambda: ValueError("no"),
        lambda: object(),
        lambda: {(1, 2): "a"},
        lambda: {datetime.date(2020, 1, 2): "a"},
        lambda: {b"a": 1},
        lambda: {"deep": [({1},)]},
    ],
    ids=lambda make: type(make()).__name__,
)
def test_cannot_be_sent(worker: Worker, make: Callable[[], Any]) -> None:
    with pytest.raises(EncodeError):
        show.delay(make())


def test_open_file_cannot_be_sent(worker: Worker) -> None:
    with worker.running.log.open() as file, pytest.raises(EncodeError):
        show.delay(file)


@pytest.mark.parametrize(
    "value", [{1}, (1, 2), Size.SMALL, datetime.timedelta(1), {1: "a"}], ids=lambda value: type(value).__name__
)
def test_pickle_carries_what_json_does_not(worker: Worker, value: object) -> None:
    assert worker.get(show_pickled.delay(value)) == repr(value)
    assert worker.get(show.apply_async((value,), serializer="pickle")) == repr(value)


def test_yaml_carries_other_things_than_json(worker: Worker) -> None:
    assert worker.get(show_yaml.delay({1})) == "{1}"
    assert worker.get(show_yaml.delay({1: "a"})) == "{1: 'a'}"
    assert worker.get(show_yaml.delay((1, 2))) == "[1, 2]"
    for value in (decimal.Decimal(1), uuid.UUID(int=7), Size.SMALL):
        with pytest.raises(EncodeError):
            show_yaml.delay(value)
