# select: design-namedtuple
"""Named tuples, typed and untyped."""

import collections
import collections as c
import typing
import typing as t
from collections import namedtuple
from collections import namedtuple as nt
from dataclasses import dataclass
from typing import NamedTuple

Price = namedtuple("Price", ["amount", "currency"])  # E: design-namedtuple "class Price(NamedTuple)"
Size = collections.namedtuple("Size", "width height")  # E: design-namedtuple
Place = c.namedtuple("Place", ("street", "town"), defaults=["x"])  # E: design-namedtuple
Person = nt("Person", "name", rename=True)  # E: design-namedtuple


class Line(namedtuple("Line", "start end")):  # E: design-namedtuple
    __slots__ = ()


class Typed(NamedTuple):
    amount: int


Called = NamedTuple("Called", [("amount", int)])
Imported = typing.NamedTuple("Imported", [("amount", int)])
Aliased = t.NamedTuple("Aliased", [("amount", int)])


@dataclass(frozen=True)
class Data:
    amount: int


def made(names: list[str]) -> object:
    local = namedtuple("local", "x")  # E: design-namedtuple
    return local(1)


def shown() -> None:
    print(namedtuple("Shown", "x")(1))  # E: design-namedtuple


async def awaited() -> object:
    return namedtuple("Awaited", "x")(1)  # E: design-namedtuple


class Holder:
    Inner = namedtuple("Inner", "x")  # E: design-namedtuple

    def method(self) -> object:
        def deep() -> object:
            return namedtuple("Deep", "x")(1)  # E: design-namedtuple

        return deep()


def shadowed(namedtuple: typing.Callable[..., object]) -> None:
    print(namedtuple("Other", "x"))


reference = namedtuple
print(isinstance(Price(1, 2), tuple), collections.OrderedDict(), reference)
