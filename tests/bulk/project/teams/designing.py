# select: design-mapping-annotation, design-stateless-class, design-abstract-method, design-namedtuple
from __future__ import annotations

import collections
import collections as c
from abc import ABC, abstractmethod
from collections import defaultdict, namedtuple
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

from django.db import models

by_id = {i: str(i) for i in range(3)}  # E: design-mapping-annotation
typed: dict[int, str] = {i: str(i) for i in range(3)}
lit = {"a": 1}
dd = defaultdict(list)  # E: design-mapping-annotation
d2 = dict(a=1)  # E: design-mapping-annotation
d3: dict[str, int] = dict(a=1)
P = namedtuple("P", "x y")  # E: design-namedtuple
P2 = collections.namedtuple("P2", ["x"])  # E: design-namedtuple
P3 = c.namedtuple("P3", ["x"])  # E: design-namedtuple


class P4(NamedTuple):
    x: int


class P5(namedtuple("P5", "x")):  # E: design-namedtuple
    pass


def f() -> None:
    x = {i: i for i in range(3)}  # E: design-mapping-annotation
    x = {i: i for i in range(4)}
    y: dict[int, int]
    y = {i: i for i in range(3)}
    z = dict(zip([1], [2]))  # E: design-mapping-annotation
    print(x, y, z)


def g():
    x = {i: i for i in range(3)}
    return x


class Mailer:  # E: design-stateless-class
    def __init__(self, host: str) -> None:
        self.host = host

    def send(self, to: str) -> None: ...


class Mailer2:
    def __init__(self, host: str) -> None:
        self.host = host

    def send(self, to: str) -> None: ...

    def other(self) -> None: ...


class Mailer3:
    def __init__(self, host: str) -> None:
        self.host = host
        self.n = 0

    def send(self, to: str) -> None: ...


@dataclass
class Mailer4:
    host: str

    def send(self, to: str) -> None: ...


class Mailer5(Exception):
    def __init__(self, host: str) -> None:
        self.host = host

    def send(self, to: str) -> None: ...


class Mailer6:
    x: ClassVar[int] = 3

    def __init__(self, host: str) -> None:
        self.host = host

    def send(self, to: str) -> None: ...


class Mailer7:
    def __init__(self, host: str) -> None:
        self.host = host

    def send(self, to: str) -> None: ...


class Sub7(Mailer7):
    def send(self, to: str) -> None: ...


class Abs:
    def a(self) -> None:  # E: design-abstract-method
        raise NotImplementedError

    def b(self) -> None:  # E: design-abstract-method
        """Doc."""
        raise NotImplementedError("x")

    def c(self) -> None:
        print("x")
        raise NotImplementedError

    async def d(self) -> None:  # E: design-abstract-method
        raise NotImplementedError()

    @property
    def e(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


class SubAbs(Abs):
    def a(self) -> None:
        raise NotImplementedError


class Abs2(ABC):
    def a(self) -> None:
        raise NotImplementedError

    @abstractmethod
    def b(self) -> None:
        raise NotImplementedError


class Abs3(Protocol):
    def a(self) -> None:
        raise NotImplementedError


class Abs4(models.Model):
    def a(self) -> None:
        raise NotImplementedError

    class Meta:
        abstract = True
        app_label = "shop"


def func() -> None:
    raise NotImplementedError


class Engine:
    def __init__(self, job: int) -> None:
        self.job = job

    def run(self) -> None:  # E: design-abstract-method
        raise NotImplementedError
