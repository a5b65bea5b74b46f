# select: service-return
"""Services as people write them."""
from __future__ import annotations

import contextlib
import enum
import functools
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, singledispatch, wraps
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Protocol, TypedDict, TypeVar, no_type_check, overload

import pytest
from celery import shared_task
from django.db import models, transaction
from django.dispatch import receiver
from django.db.models.signals import post_save
from django.utils.functional import cached_property as dj_cached
from unittest import TestCase

from shop.models import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def place(order_id: int, *, quantity: int = 1) -> Order:
    return Order.objects.get(pk=order_id)


def cancel(order_id: int):  # E: service-return "cancel"
    Order.objects.filter(pk=order_id).delete()


def untyped(a, b):  # E: service-return
    return a


def no_args():  # E: service-return
    pass


def starred(*args: int, **kwargs: str):  # E: service-return
    pass


async def later(x: int):  # E: service-return
    return x


async def later_ok(x: int) -> int:
    return x


def generator(n: int):  # E: service-return
    yield n


async def agen():  # E: service-return
    yield 1


def _private(x: int):
    return x


def __mangled(x: int):
    return x


@transaction.atomic
def atomic(x: int):  # E: service-return
    return x


@transaction.atomic()
def atomic_called(x: int):  # E: service-return
    return x


@transaction.atomic
def atomic_ok(x: int) -> int:
    return x


@contextlib.contextmanager
def ctx():  # E: service-return
    yield 1


@contextlib.contextmanager
def ctx_ok() -> Iterator[int]:
    yield 1


@lru_cache(maxsize=1)
def cached():  # E: service-return
    return 1


@functools.cache
def cached_ok() -> int:
    return 1


@shared_task
def task(x: int):  # E: service-return
    return x


@receiver(post_save, sender=Order)
def on_saved(sender: type[Order], **kwargs: Any):  # E: service-return
    pass


@singledispatch
def dispatch(x: object):  # E: service-return
    return x


@dispatch.register
def _(x: int):
    return x


@overload
def over(x: int) -> int: ...
@overload
def over(x: str) -> str: ...
def over(x):
    return x


@overload
def over_bad(x: int): ...  # E: service-return
@overload
def over_bad(x: str) -> str: ...
def over_bad(x: Any) -> Any:
    return x


@no_type_check
def unchecked(x):
    return x


def decorator(fn: Callable[..., T]) -> Callable[..., T]:
    @wraps(fn)
    def inner(*args, **kwargs):
        return fn(*args, **kwargs)

    return inner


def comment_typed(x):
    # type: (int) -> int
    return x


def comment_partial(x,  # type: int
                    y):  # type: (...) -> int
    return x


square = lambda x: x * x


def outer() -> int:
    def nested(x):
        return x

    class Inner:
        def method(self):
            return 1

    return nested(1)


if sys.version_info >= (3, 8):
    def new_enough(x: int):  # E: service-return
        return x
else:
    def new_enough(x: int):
        return x

if TYPE_CHECKING:
    def checking(x: int): ...  # E: service-return

try:
    import uvloop
except ImportError:
    def fallback():  # E: service-return
        return None


class OrderService:
    limit: ClassVar[int] = 3

    def __init__(self, order: Order):
        self.order = order

    def __call__(self):
        return 1

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def place(self):  # E: service-return "OrderService.place"
        return self.order

    def place_ok(self) -> Order:
        return self.order

    def _helper(self):
        return 1

    def __very_private(self):
        return 1

    @property
    def total(self):  # E: service-return
        return 1

    @total.setter
    def total(self, value):
        pass

    @total.deleter
    def total(self):
        pass

    @property
    def ok(self) -> int:
        return 1

    @ok.setter
    def ok(self, value: int):
        pass

    @cached_property
    def lazy(self):  # E: service-return
        return 1

    @dj_cached
    def dj_lazy(self):  # E: service-return
        return 1

    @classmethod
    def create(cls):  # E: service-return
        return cls

    @staticmethod
    def util(x: int):  # E: service-return
        return x

    @transaction.atomic
    def saved(self):  # E: service-return
        return 1

    @abstractmethod
    def abstract(self):  # E: service-return
        ...

    async def later(self):  # E: service-return
        pass

    @overload
    def get(self, x: int) -> int: ...
    @overload
    def get(self, x: str) -> str: ...
    def get(self, x):
        return x

    class Nested:
        def run(self):  # E: service-return "OrderService.Nested.run"
            return 1

    class _Hidden:
        def run(self):
            return 1

    class Meta:
        def __str__(self):
            return ""


class _PrivateService:
    def run(self):
        return 1


class Sends(Protocol):
    def send(self, x: int): ...  # E: service-return


class Base(ABC):
    @abstractmethod
    def run(self):  # E: service-return
        raise NotImplementedError


@dataclass
class Result:
    value: int

    def doubled(self):  # E: service-return
        return self.value * 2

    @classmethod
    def of(cls, value: int) -> "Result":
        return cls(value)


class Pair(NamedTuple):
    a: int

    def total(self):  # E: service-return
        return self.a


class State(enum.Enum):
    NEW = 1

    def label(self):  # E: service-return
        return self.name

    @classmethod
    def _missing_(cls, value):
        return cls.NEW


class Error(Exception):
    def __str__(self):
        return "x"

    def detail(self):  # E: service-return
        return "x"


class Box(Generic[T]):
    def get(self, x: T):  # E: service-return
        return x


class Manager(models.Manager[Order]):
    def open(self):  # E: service-return
        return self.all()


class OrderServiceTests(TestCase):
    def test_it(self):  # E: service-return
        pass
