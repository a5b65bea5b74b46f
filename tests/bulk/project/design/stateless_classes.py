# select: design-stateless-class
"""Classes that are functions."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Sender:  # E: design-stateless-class "send"
    def __init__(self, address: str) -> None:
        self.address = address

    def send(self, number: int) -> str:
        return f"{number} to {self.address}"


class Documented(object):  # E: design-stateless-class
    """It sends."""

    address: str

    def __init__(self, address: str, port: int = 25, *, secure: bool = False) -> None:
        """Keep them."""
        self.address: str = address
        self._port = port
        self.secure = secure

    def send(self) -> str:
        return self.address


class Turned:  # E: design-stateless-class
    def run(self) -> int:
        return self.start

    def __init__(self, start: int) -> None:
        self.start = start


class Waiting:  # E: design-stateless-class
    def __init__(self, url: str):
        self.url = url

    async def fetch(self) -> str:
        return self.url


class Used:  # E: design-stateless-class
    def __init__(self, a: int) -> None:
        self.a = a

    def add(self, b: int) -> int:
        return self.a + b


def use() -> int:
    used = Used(1)
    first = used.add(1)
    return first + used.add(2) + Used(3).add(4)


class Untyped:  # E: design-stateless-class
    def __init__(self, a):
        self.a = a

    def get(self):
        return self.a


class _Private:  # E: design-stateless-class
    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a


# --- left alone


class NoInit:
    def get(self) -> int:
        return 1


class Two:
    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a

    def set(self, a: int) -> None:
        self.a = a


class WithHelper:
    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self._get()

    def _get(self) -> int:
        return self.a


class Computes:
    def __init__(self, a: int) -> None:
        self.a = a + 1

    def get(self) -> int:
        return self.a


class Checks:
    def __init__(self, a: int) -> None:
        assert a
        self.a = a

    def get(self) -> int:
        return self.a


class Nested:
    def __init__(self, a: list[int]) -> None:
        self.a = a
        self.b: list[int] = []

    def get(self) -> list[int]:
        return self.a


class StoresNothing:
    def __init__(self) -> None:
        pass

    def get(self) -> int:
        return 1


class Attribute:
    limit = 3

    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a


class Slots:
    __slots__ = ("a",)

    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a


class OnlyCalled:
    def __init__(self, a: int) -> None:
        self.a = a

    def __call__(self) -> int:
        return self.a


class WithProperty:
    def __init__(self, a: int) -> None:
        self.a = a

    @property
    def double(self) -> int:
        return self.a * 2


class WithBase(ABC):
    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a


class WithGeneric(Generic[T]):
    def __init__(self, a: T) -> None:
        self.a = a

    def get(self) -> T:
        return self.a


class Failure(Exception):
    def __init__(self, code: int) -> None:
        self.code = code

    def text(self) -> str:
        return str(self.code)


@dataclass
class Data:
    a: int

    def get(self) -> int:
        return self.a


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a


class Parent:
    def __init__(self, a: int) -> None:
        self.a = a

    def get(self) -> int:
        return self.a


class Child(Parent):
    pass


class Listed:
    def __init__(self, a: int) -> None:
        self.a = a

    def one(self) -> int:
        return self.a


class Passed:
    def __init__(self, a: int) -> None:
        self.a = a

    def two(self) -> int:
        return self.a


class Tested:
    def __init__(self, a: int) -> None:
        self.a = a

    def three(self) -> int:
        return self.a


class Kept:
    def __init__(self, a: int) -> None:
        self.a = a

    def four(self) -> int:
        return self.a


class Bound:
    def __init__(self, a: int) -> None:
        self.a = a

    def add(self, b: int) -> int:
        return self.a + b


add_three = Bound(3).add


class Handed:
    def __init__(self, a: int) -> None:
        self.a = a

    def add(self, b: int) -> int:
        return self.a + b


def added(numbers: list[int]) -> list[int]:
    adder = Handed(3)
    return list(map(adder.add, numbers))


class Part:
    def __init__(self, a: int) -> None:
        self.a = a

    def five(self) -> int:
        return self.a


class Returned:
    def __init__(self, a: int) -> None:
        self.a = a

    def six(self) -> int:
        return self.a


class Given:
    def __init__(self, a: int) -> None:
        self.a = a

    def seven(self) -> int:
        return self.a


class Collected:
    def __init__(self, a: int) -> None:
        self.a = a

    def eight(self) -> int:
        return self.a


class Local:
    def __init__(self, a: int) -> None:
        self.a = a

    def nine(self) -> int:
        return self.a


class Alternative:
    def __init__(self, a: int) -> None:
        self.a = a

    def ten(self) -> Alternative:
        return Alternative(self.a)


REGISTRY = [Listed]
KEPT = Kept(1)


def register(cls: Callable[[int], object]) -> None:
    print(cls(1))


register(Passed)


def test(x: object) -> bool:
    return isinstance(x, Tested)


class Whole:
    def __init__(self) -> None:
        self.part = Part(1)
        self.parts = [self.part]


def make() -> Returned:
    return Returned(1)


def give() -> None:
    print(Given(1))


def collect() -> list[Collected]:
    return [Collected(n) for n in range(3)]


def local() -> Local:
    made = Local(1)
    made.nine()
    return made


class Speaks(Protocol):
    def speak(self) -> str: ...


class Dog:
    def __init__(self, name: str) -> None:
        self.name = name

    def speak(self) -> str:
        return self.name
