# select: task-model-param, task-json-param, task-json-lossy, task-json-result, task-untyped, task-time-limit
from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import pathlib
import typing as t
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, NewType, Protocol, TypeVar, Union

import celery
from celery import Task
from celery import shared_task as job
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from teams import models as m
from teams.celery import app
from teams.models import IdBox, Order, OrderBox, OrderRef

LIM = 30


@job(time_limit=LIM)
def a1(order: Order) -> None:  # E: task-model-param "Order"
    ...


@job(time_limit=LIM)
def a2(order: m.Order | None = None, *, other: m.RushOrder) -> None:  # E: task-model-param, task-model-param
    ...


@celery.shared_task(time_limit=LIM, name="acme.a3")
def a3(orders: list[Order], by_id: dict[int, m.Order]) -> None:  # E: task-model-param, task-model-param
    ...


@app.task(bind=True, time_limit=LIM)
def a4(self: Task, box: OrderBox, ids: IdBox) -> None:  # E: task-model-param "box"
    ...


@app.task(time_limit=LIM)
def a5(ref: OrderRef) -> None:  # E: task-model-param
    ...


@app.task(time_limit=LIM)
def a6(orders: QuerySet[Order], manager: models.Manager[Order]) -> None:  # E: task-model-param, task-model-param
    ...


Orders = t.Sequence[Order]
OrderT = TypeVar("OrderT", bound=Order)
AnyT = TypeVar("AnyT")


@app.task(time_limit=LIM)
def a7(orders: Orders, *more: Order, **named: Order) -> None:  # E: task-model-param, task-model-param, task-model-param
    ...


@job(time_limit=LIM)
def a8(order: OrderT, anything: AnyT) -> OrderT:  # E: task-model-param, task-json-result
    ...


@job(time_limit=LIM, serializer="pickle")
def a9(order: Order, when: dt.timedelta, names: set[str]) -> None:  # E: task-model-param
    ...


@job(time_limit=LIM)
def a10(cls: type[Order]) -> None:  # E: task-json-param
    ...


@job(time_limit=LIM)
def a11(base: models.Model) -> None:  # E: task-model-param
    ...


# JSON
class Color(enum.Enum):
    RED = "red"


class SColor(enum.StrEnum):
    RED = "red"


class IColor(enum.IntEnum):
    RED = 1


class MixColor(str, enum.Enum):
    RED = "red"


class FColor(enum.Flag):
    A = 1


@dataclasses.dataclass
class Payload:
    x: int


class Row(NamedTuple):
    x: int


class Sub(int): ...


class Jsonable:
    def __json__(self) -> str:
        return ""


class Proto(Protocol):
    def f(self) -> int: ...


UserId = NewType("UserId", int)
PathLike = NewType("PathLike", pathlib.Path)
JSON = Union[None, bool, int, float, str, list["JSON"], dict[str, "JSON"]]


@job(time_limit=LIM)
def b1(
    a: int,
    b: str | None,
    c: dt.datetime | None,
    d: dt.date,
    e: dt.time,
    f: Decimal,
    g: uuid.UUID,
    h: bytes,
    i: list[dict[str, list[int]]],
    j: Literal["a", 1, None],
    k: Annotated[int, "positive"],
    l: UserId,
    m: Jsonable,
    n: Sub,
    o: Any,
    p: object,
    q: JSON,
    r: Sequence[int],
    s: Mapping[str, Decimal],
    u: Iterable[str],
    v: Promise,
    w: float = 1.0,
) -> dict[str, int]: ...


@job(time_limit=LIM)
def b2(
    a: set[int],  # E: task-json-param "set"
    b: frozenset[str],  # E: task-json-param
    c: dt.timedelta,  # E: task-json-param
    d: Color,  # E: task-json-param
    e: FColor,  # E: task-json-param
    f: pathlib.Path,  # E: task-json-param
    g: Payload,  # E: task-json-param
    h: bytearray,  # E: task-json-param
    i: memoryview,  # E: task-json-param
    j: deque[int],  # E: task-json-param
    k: range,  # E: task-json-param
    l: complex,  # E: task-json-param
    m: t.Iterator[int],  # E: task-json-param
    n: t.Generator[int, None, None],  # E: task-json-param
    o: Callable[[], None],  # E: task-json-param
    p: type[int],  # E: task-json-param
    q: t.IO[str],  # E: task-json-param
    r: Exception,  # E: task-json-param
    s: dict[tuple[int, int], str],  # E: task-json-param
    u: list[dt.timedelta] | None,  # E: task-json-param
    v: dict[str, set[int]],  # E: task-json-param
    w: Annotated[set[int], "x"],  # E: task-json-param
    x: PathLike,  # E: task-json-param
    y: dict[uuid.UUID, int],  # E: task-json-param
    z: Literal[Color.RED],  # E: task-json-param
    aa: t.AbstractSet[int] = frozenset(),  # E: task-json-param
    bb: Proto | None = None,
) -> None: ...


@job(time_limit=LIM)
def b3(
    a: dict[int, str],  # E: task-json-lossy
    b: Row,  # E: task-json-lossy
    c: IColor,  # E: task-json-lossy
    d: SColor,  # E: task-json-lossy
    e: MixColor,  # E: task-json-lossy
    f: Order.Status,  # E: task-json-lossy
    g: tuple[int, str],  # E: task-json-lossy
    h: OrderedDict[str, int],  # E: task-json-lossy
    i: defaultdict[str, int],  # E: task-json-lossy
    j: Counter[str],  # E: task-json-lossy
    k: list[tuple[int, ...]],  # E: task-json-lossy
    l: Decimal,
    m: Sub,
    n: Jsonable,
) -> None: ...


@job(time_limit=LIM)
def c1() -> set[int]:  # E: task-json-result
    ...


@job(time_limit=LIM)
def c2() -> Order | None:  # E: task-json-result
    ...


@job(time_limit=LIM, ignore_result=True)
def c3() -> Order: ...


@job(time_limit=LIM)
def c4() -> t.NoReturn: ...


@job(time_limit=LIM)
async def c5() -> None: ...


class Quiet(Task):
    ignore_result = True
    abstract = True
    time_limit = 3


@job(base=Quiet)
def c6() -> set[int]: ...


class Loud(Quiet):
    ignore_result = False


@job(base=Loud)
def c7() -> set[int]:  # E: task-json-result
    ...


@job(time_limit=LIM)  # E: task-untyped
def d1(a, b: int) -> None: ...


@job(time_limit=LIM)  # E: task-untyped
def d2(a: int): ...


@job(bind=True, time_limit=LIM)
def d3(self, a: int, *args, **kwargs) -> None: ...


@job(time_limit=LIM)  # E: task-untyped
def d4(*args, **kwargs) -> None: ...


@job  # E: task-time-limit
def e1() -> None: ...


@job(soft_time_limit=5)
def e2() -> None: ...


@job(soft_time_limit=50, time_limit=50)  # E: task-time-limit
def e3() -> None: ...


@job(soft_time_limit=60, time_limit=50)  # E: task-time-limit
def e4() -> None: ...


@job(soft_time_limit=40, time_limit=50)
def e5() -> None: ...


class Limited(Task):
    soft_time_limit = 10


@job(base=Limited)
def e6() -> None: ...


@job(base=Limited, time_limit=10)  # E: task-time-limit
def e7() -> None: ...


class ImportTask(Task):  # E: task-time-limit
    name = "import"

    def run(self, order: Order, names: set[str]) -> None:  # E: task-model-param, task-json-param
        ...


app.register_task(ImportTask())


class LimitedImport(Limited):
    def run(self, pk: int, when: dt.timedelta) -> int:  # E: task-json-param
        return pk


def outer() -> None:
    @app.task(time_limit=LIM)
    def inner(order: Order) -> None:  # E: task-model-param
        ...


class Holder:
    @staticmethod
    @job(time_limit=LIM)
    def held(order: Order) -> None:  # E: task-model-param
        ...


def plain(order: Order) -> None: ...  # E: task-model-param


plain_task = job(plain)  # E: task-time-limit
