# select: task-json-arg, task-model-arg
"""Values that JSON cannot carry, on their way to a task."""

from __future__ import annotations

import array
import datetime
import enum
import io
import pathlib
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple, NewType, TypedDict, TypeVar

from celery import Celery, Task, chain, current_app, group, shared_task, signature
from django.db import models
from django.utils.translation import gettext_lazy
from pydantic import BaseModel
from rest_framework import serializers

from shop.models import Order

app = Celery("other")
T = TypeVar("T")


@shared_task
def run(value: Any, other: Any = None) -> None: ...


@shared_task(serializer="pickle")
def pickled(value: Any) -> None: ...


@app.task(serializer="yaml")
def by_yaml(value: Any) -> None: ...


@shared_task(serializer="json")
def by_json(value: Any) -> None: ...


class Pickling(Task):
    serializer = "pickle"


class Further(Pickling):
    pass


@app.task(base=Pickling)
def by_base(value: Any) -> None: ...


@app.task(bind=True, base=Further)
def by_further_base(self: Task[Any, Any], value: Any) -> None:
    self.retry(args=({1},))


class PickledClass(Pickling):
    def run(self, value: Any) -> None: ...


OPTIONS: dict[str, Any] = {"serializer": "pickle"}
NAME = "pickle"


@shared_task(**OPTIONS)
def opaque(value: Any) -> None: ...


@shared_task(serializer=NAME)
def by_constant(value: Any) -> None: ...


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


class Word(str, enum.Enum):
    A = "a"


class Status(models.TextChoices):
    NEW = "new"


@dataclass
class Point:
    x: int


class Pair(NamedTuple):
    a: int
    b: str


class Nothing(NamedTuple):
    a: int
    b: set[int]


class Good(TypedDict):
    a: int


class Bad(TypedDict):
    a: set[int]


class Model(BaseModel):
    x: int


class Plain: ...


class WithJson:
    def __json__(self) -> dict[str, int]:
        return {}


Id = NewType("Id", int)
Ids = NewType("Ids", set)


# what cannot be encoded


def wrong(
    some: set[int],
    frozen: frozenset[str],
    delta: datetime.timedelta,
    colour: Colour,
    path: pathlib.Path,
    point: Point,
    model: Model,
    plain: Plain,
    many: deque[int],
    ratio: Fraction,
    call: Callable[[], int],
    items: Iterator[int],
    stream: io.BytesIO,
    nested: dict[str, list[set[int]]],
    maybe: set[int] | None,
    either: int | timedelta_alias,
    keys: dict[tuple[int, int], int],
    dates: dict[datetime.date, int],
    bad: Bad,
    nothing: Nothing,
    buffer: bytearray,
    zone: datetime.tzinfo,
    pair: tuple[int, Colour],
    ids: Ids,
) -> None:
    run.delay(some)  # E: task-json-arg "send a list"
    run.delay(frozen)  # E: task-json-arg
    run.delay(delta)  # E: task-json-arg
    run.delay(colour)  # E: task-json-arg
    run.delay(Colour.RED)  # E: task-json-arg
    run.delay(path)  # E: task-json-arg
    run.delay(point)  # E: task-json-arg
    run.delay(model)  # E: task-json-arg
    run.delay(plain)  # E: task-json-arg
    run.delay(many)  # E: task-json-arg
    run.delay(ratio)  # E: task-json-arg
    run.delay(call)  # E: task-json-arg
    run.delay(items)  # E: task-json-arg
    run.delay(stream)  # E: task-json-arg
    run.delay(nested)  # E: task-json-arg "in which"
    run.delay(maybe)  # E: task-json-arg
    run.delay(either)  # E: task-json-arg
    run.delay(keys)  # E: task-json-arg
    run.delay(dates)  # E: task-json-arg
    run.delay(bad)  # E: task-json-arg
    run.delay(nothing)  # E: task-json-arg
    run.delay(buffer)  # E: task-json-arg
    run.delay(zone)  # E: task-json-arg
    run.delay(pair)  # E: task-json-arg
    run.delay(ids)  # E: task-json-arg
    run.delay({1, 2})  # E: task-json-arg
    run.delay([{1, 2}])  # E: task-json-arg
    run.delay({"a": {1}})  # E: task-json-arg
    run.delay({(1, 2): 3})  # E: task-json-arg
    run.delay(i for i in range(3))  # E: task-json-arg
    run.delay({i for i in range(3)})  # E: task-json-arg
    run.delay(range(3))  # E: task-json-arg
    run.delay(1j)  # E: task-json-arg
    run.delay(lambda: 1)  # E: task-json-arg
    run.delay(len)  # E: task-json-arg
    run.delay(Order)  # E: task-json-arg
    run.delay(int)  # E: task-json-arg
    run.delay(pathlib)  # E: task-json-arg
    run.delay(ValueError("x"))  # E: task-json-arg
    run.delay(map(str, [1]))  # E: task-json-arg
    run.delay(zip([1], [2]))  # E: task-json-arg
    run.delay({}.keys())  # E: task-json-arg
    run.delay(set())  # E: task-json-arg
    run.delay(open("x"))  # E: task-json-arg
    run.delay(array.array("i"))  # E: task-json-arg
    run.delay(run)  # E: task-json-arg
    run.delay(datetime.datetime.now() - datetime.datetime.now())  # E: task-json-arg


timedelta_alias = datetime.timedelta
Tree = dict[str, "Tree | int"]
BadTree = dict[str, "BadTree | set[int]"]


def right(
    number: int,
    real: float,
    text: str,
    raw: bytes,
    flag: bool,
    moment: datetime.datetime,
    day: datetime.date,
    clock: datetime.time,
    price: Decimal,
    key: uuid.UUID,
    listed: list[int],
    pair: tuple[int, str],
    many: tuple[int, ...],
    by_name: dict[str, int],
    by_id: dict[int, str],
    good: Good,
    named: Pair,
    level: Level,
    word: Word,
    status: Status,
    own: WithJson,
    mode: Literal["a", "b"],
    anything: Any,
    thing: object,
    sequence: Sequence[int],
    iterable: Iterable[int],
    mapping: Mapping[str, int],
    counts: Counter[str],
    ordered: OrderedDict[str, int],
    defaults: defaultdict[str, int],
    maybe: int | None,
    tree: Tree,
    id: Id,
    order: Order,
) -> None:
    run.delay(number, real)
    run.delay(text, raw)
    run.delay(flag, None)
    run.delay(moment, day)
    run.delay(clock, price)
    run.delay(key, listed)
    run.delay(pair, many)
    run.delay(by_name, by_id)
    run.delay(good, named)
    run.delay(level, word)
    run.delay(status, Status.NEW)
    run.delay(Colour.RED.value, own)
    run.delay(mode, anything)
    run.delay(thing, sequence)
    run.delay(iterable, mapping)
    run.delay(counts, ordered)
    run.delay(defaults, maybe)
    run.delay(tree, id)
    run.delay(gettext_lazy("x"))
    run.delay([1, "a", None, {"a": [1.5]}])
    run.delay(asdict(Point(1)))
    run.delay(Model(x=1).model_dump())
    run.delay(str(pathlib.Path()))
    run.delay(list({1, 2}))
    run.delay(sorted({1, 2}))
    run.delay([i for i in range(3)])
    run.delay({i: i for i in range(3)})
    run.delay(order.pk)
    run.delay({})
    run.delay([])
    run.delay(())


def unbound(value: T, row: BadTree) -> T:
    run.delay(value)
    run.delay(row)  # E: task-json-arg
    return value


# every way


def ways(some: set[int]) -> None:
    run.delay(1, some)  # E: task-json-arg
    run.delay(value=some)  # E: task-json-arg
    run.apply_async((some,))  # E: task-json-arg
    run.apply_async([1, some])  # E: task-json-arg
    run.apply_async(kwargs={"value": some})  # E: task-json-arg
    run.apply_async((1,), {"other": some}, countdown=1)  # E: task-json-arg
    run.delay_on_commit(some)  # E: task-json-arg
    run.apply_async_on_commit((some,))  # E: task-json-arg
    run.s(some)  # E: task-json-arg
    run.si(some)  # E: task-json-arg
    run.signature((some,))  # E: task-json-arg
    run.subtask(kwargs={"value": some})  # E: task-json-arg
    run.map([some])  # E: task-json-arg
    run.map(some)
    run.map({1, 2})
    run.map(i for i in range(3))
    run.starmap([(1, some)])  # E: task-json-arg
    run.starmap((i, i) for i in range(3))
    run.chunks([(1, some)], 10)  # E: task-json-arg
    run.chunks(zip(range(3), range(3)), 10)
    run.chunks(enumerate("abc"), 10)
    run.s().delay(some)  # E: task-json-arg
    run.s().apply_async((some,))  # E: task-json-arg
    run.s().clone((some,))  # E: task-json-arg
    chain(run.s(some), run.si(1))  # E: task-json-arg
    group(run.s(some) for _ in range(3))  # E: task-json-arg
    current_app.send_task("run", (some,))  # E: task-json-arg
    signature("run", kwargs={"value": some})  # E: task-json-arg
    args = (some,)
    run.apply_async(args)  # E: task-json-arg
    kwargs = {"value": some, "other": 1}
    run.apply_async(kwargs=kwargs)  # E: task-json-arg
    run.delay(*args)  # E: task-json-arg
    run.delay(**kwargs)  # E: task-json-arg
    run.apply((some,))
    run(some)
    run.run(some)


async def asynchronously(some: set[int]) -> None:
    run.delay(some)  # E: task-json-arg
    run.delay([i async for i in numbers()])


async def numbers() -> Any:
    yield 1


# other serializers


def serializers(some: set[int], call: Callable[[], int], point: Point) -> None:
    pickled.delay(some)
    pickled.delay(point)
    pickled.apply_async((some,), serializer="json")  # E: task-json-arg
    run.apply_async((some,), serializer="pickle")
    run.apply_async((some,), serializer=NAME)
    run.apply_async((some,), serializer="json")  # E: task-json-arg
    by_json.delay(some)  # E: task-json-arg
    by_yaml.delay(call)  # E: task-json-arg "YAML"
    by_base.delay(some)
    by_further_base.delay(some)
    PickledClass().delay(some)
    opaque.delay(some)
    by_constant.delay(some)
    current_app.send_task("run", (some,), serializer="pickle")
    current_app.send_task("task_dispatch.json_sent.pickled", (some,))
    current_app.send_task("task_dispatch.json_sent.run", (some,))  # E: task-json-arg


def chosen(some: set[int], name: str) -> None:
    run.apply_async((some,), serializer=name)


# a row is the model's


def rows(order: Order, orders: set[Order]) -> None:
    run.delay(order)  # E: task-model-arg
    run.delay(orders)  # E: task-model-arg
    run.delay({order})  # E: task-model-arg
    run.delay([order], {1})  # E: task-model-arg, task-json-arg


# a declared field is another thing on an instance


class Report(serializers.Serializer):
    data = serializers.JSONField()


def declared(report: Report) -> None:
    run.delay(report.data)
    run.delay(report)  # E: task-json-arg


# of what shows one half of a dict, the other half does not count


def views(by_key: dict[int, Order], keys: dict[Order, int]) -> None:
    run.delay(by_key.keys())  # E: task-json-arg
    run.delay(keys.values())  # E: task-json-arg


# a signature is sent by the serializer that the calls on it name


def signatures(some: set[int], name: str, **options: Any) -> None:
    run.s(some).set(serializer="pickle")
    run.s(some).set(countdown=3).apply_async(serializer="pickle")
    run.signature((some,)).apply_async(serializer=name)
    group(run.s(some), run.si(some)).apply_async(serializer="pickle")
    group(run.s(some) for _ in range(3)).apply_async(serializer="pickle")
    (run.s(some) | run.si(1)).apply_async(serializer="pickle")
    kept = run.s(some)
    kept.apply_async(serializer="pickle")
    named = {"serializer": "pickle"}
    run.apply_async((some,), **named)
    run.s(some).set(countdown=3).apply_async(serializer="json")  # E: task-json-arg
    run.s(some).apply_async(**options)  # E: task-json-arg
    group(run.s(some)).apply_async(countdown=3)  # E: task-json-arg
    lost = run.s(some)  # E: task-json-arg
    lost.apply_async(countdown=3)
