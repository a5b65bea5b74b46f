# select: design-abstract-method
"""Methods that only raise NotImplementedError."""

import abc
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Any, Generic, NoReturn, Protocol, TypeVar, overload

from django.db import models
from django.views import View

T = TypeVar("T")


class Plain:
    def bare(self) -> int:  # E: design-abstract-method "Plain.bare"
        raise NotImplementedError

    def called(self) -> int:  # E: design-abstract-method
        raise NotImplementedError()

    def with_a_message(self) -> int:  # E: design-abstract-method
        raise NotImplementedError("say it")

    def with_a_docstring(self) -> int:  # E: design-abstract-method
        """What it should do."""
        raise NotImplementedError

    def untyped(self):  # E: design-abstract-method
        raise NotImplementedError

    async def later(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    def with_a_cause(self) -> int:  # E: design-abstract-method
        raise NotImplementedError from None

    @property
    def size(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    @cached_property
    def cached(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    @classmethod
    def make(cls) -> "Plain":  # E: design-abstract-method
        raise NotImplementedError

    @staticmethod
    def help() -> str:  # E: design-abstract-method
        raise NotImplementedError

    @abstractmethod
    def without_abc(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    def _private(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    def __len__(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


class Left:
    def more(self) -> int:
        print("first")
        raise NotImplementedError

    def conditional(self, x: int) -> int:
        if x:
            raise NotImplementedError
        return x

    def other(self) -> int:
        raise NotImplementedError[0] if self else ValueError  # type: ignore[index]

    def another(self) -> NoReturn:
        raise ValueError

    def empty(self) -> None: ...

    def __eq__(self, other: object) -> bool:
        raise NotImplementedError

    def __hash__(self) -> int:
        raise NotImplementedError

    def notimplemented(self) -> Any:
        return NotImplemented


class Base:
    def run(self) -> int:
        return 1

    def stop(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


class Child(Base):
    def run(self) -> int:
        raise NotImplementedError

    def stop(self) -> int:
        raise NotImplementedError

    def pause(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


class Abstract(ABC):
    def run(self) -> int:
        raise NotImplementedError


class AbstractByMeta(metaclass=ABCMeta):
    def run(self) -> int:
        raise NotImplementedError


class AbstractByModule(abc.ABC):
    def run(self) -> int:
        raise NotImplementedError


class ChildOfAbstract(Abstract):
    def other(self) -> int:
        raise NotImplementedError


class Runs(Protocol):
    def run(self) -> int:
        raise NotImplementedError


class Box(Generic[T]):
    def get(self) -> T:  # E: design-abstract-method
        raise NotImplementedError


class Page(View):
    def get(self, request: Any) -> Any:  # E: design-abstract-method
        raise NotImplementedError

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


class Colour(Enum):
    RED = 1

    def mix(self) -> int:
        raise NotImplementedError


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    def run(self) -> int:
        raise NotImplementedError


class Shape(models.Model):
    class Meta:
        abstract = True

    def area(self) -> int:
        raise NotImplementedError


class Outer:
    class Inner:
        def run(self) -> int:  # E: design-abstract-method
            raise NotImplementedError


class Overloaded:
    @overload
    def get(self, x: int) -> int: ...
    @overload
    def get(self, x: str) -> str: ...
    def get(self, x: Any) -> Any:
        return x

    def items(self) -> Iterator[int]:
        yield 1
        raise NotImplementedError


def function() -> int:
    raise NotImplementedError


def inside() -> type:
    return Plain
