# select: design-stateless-class
"""What keeps a class of one method from being a function."""

from __future__ import annotations

import enum
import threading
from abc import ABC
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, ClassVar, Final, Generic, NamedTuple, Protocol, Self, TypedDict, TypeVar, TYPE_CHECKING

from django.db import models
from django.http import HttpRequest, HttpResponse
from shop.models import Order


class Importer:  # E: design-stateless-class "run"
    def __init__(self, path: str, order: Order) -> None:
        self.path = path
        self.order = order

    def run(self) -> int:
        return len(self.path)


def uses_importer(order: Order) -> int:
    importer = Importer("x", order)
    return importer.run()


def uses_importer_inline(order: Order) -> int:
    return Importer("x", order).run()


class ContextManaged:
    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None: ...


class Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class MiddlewareProcess:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest) -> None: ...


class Callableish:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n

    def __repr__(self) -> str:
        return "x"


class StoredInDict:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


HANDLERS = {"a": StoredInDict(1)}


class PassedAsClass:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


HANDLER_CLASSES: dict[str, type[Any]] = {"a": PassedAsClass}


class Annotated:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def handle(a: Annotated) -> int:
    return a.run()


class Yielded:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def ys() -> Iterator[Any]:
    yield Yielded(1)


class Ternary:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


class Ternary2:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def tern(b: bool) -> int:
    x = Ternary(1) if b else Ternary2(2)
    return x.run()


class Looped:  # E: design-stateless-class
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def looped() -> None:
    for i in range(3):
        Looped(i).run()


class ReusedInLoop:  # E: design-stateless-class
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self, x: int) -> int:
        return self.n + x


def reused() -> None:
    r = ReusedInLoop(1)
    for i in range(3):
        r.run(i)


class Threaded:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def threaded() -> None:
    threading.Thread(target=Threaded(1).run).start()
    t = Threaded(2)
    threading.Thread(target=t.run).start()


class WithClassMethod:
    def __init__(self, n: int) -> None:
        self.n = n

    @classmethod
    def run(cls) -> int:
        return 1


class Static:
    def __init__(self, n: int) -> None:
        self.n = n

    @staticmethod
    def run() -> int:
        return 1


class CallsSuper:
    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def run(self) -> int:
        return self.n


class Mutates:
    def __init__(self, n: int) -> None:
        self.n = n

    def next(self) -> int:
        self.n += 1
        return self.n


class MutatesList:  # E: design-stateless-class
    def __init__(self, items: list[int]) -> None:
        self.items = items

    def push(self, x: int) -> None:
        self.items.append(x)


class AttributeRead:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def attribute_read() -> int:
    a = AttributeRead(1)
    a.run()
    return a.n


class TupleStore:
    def __init__(self, a: int, b: int) -> None:
        self.a, self.b = a, b

    def run(self) -> int:
        return self.a


class DefaultStore:
    def __init__(self, a: int | None = None) -> None:
        self.a = a or 1

    def run(self) -> int:
        return self.a


class Descriptor:
    def __init__(self, n: int) -> None:
        self.n = n

    def __get__(self, obj: object, owner: Any) -> int:
        return self.n


class Iter:
    def __init__(self, n: int) -> None:
        self.n = n

    def __iter__(self) -> Iterator[int]:
        yield self.n


class Prot(Protocol):
    def speak(self) -> str: ...


class Speaker:
    def __init__(self, n: str) -> None:
        self.n = n

    def speak(self) -> str:
        return self.n


class MultiTarget:
    def __init__(self, n: int) -> None:
        self.n = self.m = n

    def run(self) -> int:
        return self.n


class FieldOf:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


@dataclass
class Pipeline:
    field_of: FieldOf | None


class ReturnOf:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def make() -> ReturnOf | None:
    return None


class LocalAnnotation:  # E: design-stateless-class
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> int:
        return self.n


def la() -> int:
    local: LocalAnnotation = LocalAnnotation(1)
    return local.run()


class Clone:  # E: design-stateless-class
    def __init__(self, n: int) -> None:
        self.n = n

    def merged(self, other: Clone) -> int:
        return self.n + other.n


class Deletes:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self) -> None:
        del self.n


class Sets:
    def __init__(self, n: int) -> None:
        self.n = n

    def run(self, m: int) -> None:
        for self.n in range(m):
            print(self.n)


class SetsTuple:
    def __init__(self, n: int, m: int) -> None:
        self.n = n
        self.m = m

    def run(self) -> int:
        self.n, self.m = self.m, self.n + self.m
        return self.n


class SetsOther:  # E: design-stateless-class
    def __init__(self, order: Order) -> None:
        self.order = order

    def run(self) -> None:
        self.order.status = "x"
        self.order.save()
