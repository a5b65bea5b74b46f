# select: task-json-param, task-json-lossy, task-json-result, task-untyped
"""What tasks take and return, by Kombu's rules."""

from __future__ import annotations

import dataclasses
import enum
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple, NewType, Protocol, TypedDict, TypeVar
from uuid import UUID

from celery import Task, shared_task
from celery.result import AsyncResult
from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from pydantic import BaseModel
from shop.celery import app
from shop.models import Order

T = TypeVar("T")
Pair = tuple[int, int]
Seconds = NewType("Seconds", int)
Span = NewType("Span", timedelta)


class Color(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


class Status(TextChoices):
    NEW = "new"


class Point(NamedTuple):
    x: int


class Payload(TypedDict):
    when: datetime
    tags: list[str]


class BadPayload(TypedDict):
    tags: set[str]


@dataclasses.dataclass
class Money:
    amount: int


class Encoded:
    def __json__(self) -> str:
        return ""


class Pickled(Task):
    serializer = "pickle"


class Schema(BaseModel):
    a: int


class Named(Protocol):
    name: str


@shared_task
def fine(
    a: int,
    b: str | None,
    c: list[dict[str, float]],
    d: Payload,
    e: datetime,
    f: date,
    g: Decimal,
    h: UUID,
    i: bytes,
    j: Literal["a", 1],
    k: Seconds,
    l: Encoded,
    m: Any,
    n: object,
    o: Sequence[int],
    p: Iterable[str],
    q: Mapping[str, int],
    r: Promise,
) -> None: ...


@shared_task
def wrong(
    a: set[int],  # E: task-json-param "set[int]"
    b: frozenset[str],  # E: task-json-param
    c: timedelta,  # E: task-json-param "timedelta"
    d: Color,  # E: task-json-param ".value"
    e: Path,  # E: task-json-param
    f: Money,  # E: task-json-param "asdict"
    g: Schema,  # E: task-json-param "model_dump"
    h: bytearray,  # E: task-json-param
    i: deque[int],  # E: task-json-param
    j: range,  # E: task-json-param
    k: complex,  # E: task-json-param
    l: Iterator[int],  # E: task-json-param
    m: Callable[[], None],  # E: task-json-param
    n: type[int],  # E: task-json-param
    o: ValueError,  # E: task-json-param
    p: dict[str, set[int]],  # E: task-json-param "in which"
    q: dict[date, int],  # E: task-json-param "key"
    r: BadPayload,  # E: task-json-param
    s: int | set[int],  # E: task-json-param
    t: Span,  # E: task-json-param
    u: Sequence[set[int]],  # E: task-json-param
    v: list[Money] | None,  # E: task-json-param
) -> None: ...


@app.task
def lossy(
    a: tuple[int, int],  # E: task-json-lossy "a list"
    b: Pair,  # E: task-json-lossy
    c: dict[int, str],  # E: task-json-lossy "str keys"
    d: Point,  # E: task-json-lossy
    e: Level,  # E: task-json-lossy
    f: Status,  # E: task-json-lossy
    g: OrderedDict[str, int],  # E: task-json-lossy
    h: defaultdict[str, int],  # E: task-json-lossy
    i: Counter[str],  # E: task-json-lossy
    j: list[tuple[int, int]],  # E: task-json-lossy
) -> None: ...


@shared_task(serializer="pickle")
def pickled(a: set[int], b: timedelta, c: tuple[int, int]) -> None: ...


@shared_task(base=Pickled)
def pickled_by_base(a: set[int], b: timedelta) -> None: ...


@shared_task(serializer="custom")
def unknown(a: set[int]) -> None: ...


@shared_task(pydantic=True)
def validated(
    a: Schema,
    b: Schema | None,
    c: list[Schema],  # E: task-json-param
    d: Schema | int,  # E: task-json-param
) -> Schema:
    return a


@shared_task
def models(a: Order, b: list[Order], c: QuerySet[Order]) -> None: ...


# --- results
@shared_task
def returns_set() -> set[int]:  # E: task-json-result "set[int]"
    return set()


@shared_task
def returns_model() -> Order:  # E: task-json-result "Order"
    return Order()


@shared_task
def returns_models() -> list[Order]:  # E: task-json-result
    return []


@shared_task(ignore_result=True)
def returns_ignored() -> set[int]:
    return set()


@shared_task(ignore_result=False)
def returns_kept() -> set[int]:  # E: task-json-result
    return set()


@shared_task
def returns_fine() -> dict[str, list[datetime]]:
    return {}


@shared_task
def returns_result() -> AsyncResult[int]:
    return returns_sent.delay()


@shared_task
def returns_sent() -> int:
    return 1


@app.task
async def returns_awaited() -> set[int]:  # E: task-json-result
    return set()


# --- annotations
@shared_task  # E: task-untyped "a"
def untyped(a, b=1):
    return a


@shared_task  # E: task-untyped "its return type"
def half(a: int): ...


@shared_task(bind=True)
def bound(self, a: int, *args, **kwargs) -> None: ...


@app.task(bind=True)  # E: task-untyped "b"
def bound_half(self, b) -> None: ...


def no_task(a, b: set[int]): ...
