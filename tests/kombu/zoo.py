"""Classes and aliases of every kind: mypy reads them as types, hypothesis makes values of them."""

# ruff: noqa: F401
from __future__ import annotations

import array
import collections
import contextlib
import dataclasses
import datetime
import decimal
import enum
import fractions
import io
import ipaddress
import json
import logging
import os
import pathlib
import queue
import re
import socket
import sqlite3
import threading
import types
import uuid
import zoneinfo
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import (
    Callable,
    Collection,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    MutableSequence,
    Reversible,
    Sequence,
    Set,
)
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, NewType, Protocol, TypedDict, TypeVar, Union

import attrs
import django.http
import pydantic
import requests
from celery import Celery
from celery.canvas import Signature
from celery.result import AsyncResult
from django.db.models import IntegerChoices, TextChoices
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

T = TypeVar("T")

Json = Union[None, bool, int, str, "list[Json]", "dict[str, Json]"]
Nested = Union[int, "list[Nested]", "dict[str, Nested]", set[int]]
"""Recursive aliases, the second with a misfit at some depth."""


# --- Enumerations


class Plain(enum.Enum):
    A = "a"
    B = 2


class Text(enum.StrEnum):
    A = "a"
    B = "b"


class MixedText(str, enum.Enum):  # noqa: UP042
    A = "a"
    B = "b"


class Number(enum.IntEnum):
    ONE = 1
    TWO = 2


class MixedFloat(float, enum.Enum):
    HALF = 0.5


class Day(datetime.date, enum.Enum):
    MONDAY = (2024, 1, 1)


class Bits(enum.Flag):
    R = enum.auto()
    W = enum.auto()


class IntBits(enum.IntFlag):
    R = enum.auto()
    W = enum.auto()


class Status(TextChoices):
    OPEN = "open"
    DONE = "done"


class Priority(IntegerChoices):
    LOW = 1
    HIGH = 2


# --- Records


class Point(NamedTuple):
    x: int
    y: int


class Tagged(NamedTuple):
    name: str
    tags: set[str]


class Row(TypedDict):
    id: int
    when: datetime.datetime


class BadRow(TypedDict, total=False):
    id: int
    tags: set[str]


class Tree(TypedDict):
    value: int
    children: list[Tree]


@dataclasses.dataclass
class Data:
    x: int


@dataclasses.dataclass
class DataWithHook:
    x: int

    def __json__(self) -> dict[str, int]:
        return {"x": self.x}


@attrs.define
class Attrs:
    x: int


class Model(pydantic.BaseModel):
    x: int


class Ordinary:
    pass


class Hooked:
    def __json__(self):  # type: ignore[no-untyped-def]
        return {"hooked": True}


class BadlyHooked:
    def __json__(self) -> set[int]:
        return {1}


class HookedList(list[int]):
    def __json__(self) -> str:
        raise AssertionError("a list is encoded before it is asked")


class Registered:
    """The tests register it with Kombu."""


class RegisteredChild(Registered):
    pass


class Error(Exception):
    pass


# --- Subclasses of what can be encoded


class SubStr(str):
    pass


class SubInt(int):
    pass


class SubFloat(float):
    pass


class SubList(list[T]):
    pass


class SubDict(dict[str, T]):
    pass


class SubTuple(tuple[int, ...]):
    pass


class SubSet(set[int]):
    pass


class SubBytes(bytes):
    pass


class SubDate(datetime.date):
    pass


class SubDatetime(datetime.datetime):
    pass


class SubDecimal(decimal.Decimal):
    pass


class SubUUID(uuid.UUID):
    pass


class Family(list["Family"]):
    """Contains itself."""


class Box(Generic[T]):
    pass


UserId = NewType("UserId", int)
Names = NewType("Names", list[str])
Tags = NewType("Tags", set[str])
Pair = NewType("Pair", tuple[int, str])
Counts = NewType("Counts", dict[int, int])
Items = NewType("Items", Sequence[int])

# --- Protocols


class HasLength(Protocol):
    def __len__(self) -> int: ...


class Handler(Protocol):
    def __call__(self, x: int) -> None: ...


class Closing(Protocol):
    def __enter__(self) -> int: ...
    def __exit__(self, *exc: object) -> None: ...
