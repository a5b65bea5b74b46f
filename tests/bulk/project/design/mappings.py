# select: design-mapping-annotation
"""Mappings with and without annotations."""

import collections
import collections as c
import typing
from collections import ChainMap, Counter, OrderedDict, defaultdict as grouped
from typing import Final, Generic, TypeVar

K = TypeVar("K")

by_letter = {letter: ord(letter) for letter in "abc"}  # E: design-mapping-annotation "by_letter"
by_number: dict[int, int] = {n: n for n in range(3)}
by_call = dict(by_number)  # E: design-mapping-annotation
by_keyword = dict(a=1)  # E: design-mapping-annotation
grouped_by = grouped(list, {1: [2]})  # E: design-mapping-annotation "defaultdict"
counted = collections.defaultdict(int, {"a": 1})  # E: design-mapping-annotation
counted_again = c.defaultdict(int, {"a": 1})  # E: design-mapping-annotation
typed_call = grouped[int, list[int]](list)
typed_dict = dict[int, int](by_number)
LIMITS: Final = {n: n for n in range(3)}
display = {"a": 1}
empty: dict[str, int] = {}
ordered = OrderedDict(display)
counter = Counter("abc")
chained = ChainMap(display)
commented = {n: n for n in range(3)}  # type: dict[int, int]
_ = {n: n for n in range(3)}
numbers = {n for n in range(3)}

if display:
    in_a_block = {n: n for n in range(3)}  # E: design-mapping-annotation
else:
    in_a_block = {n: n for n in range(4)}

for letter in "abc":
    in_a_loop = dict.fromkeys(letter, 1)
    looped = {n: letter for n in range(3)}  # E: design-mapping-annotation

with open("x") as file:
    lines = {line: 1 for line in file}  # E: design-mapping-annotation

try:
    tried = dict(zip("ab", "cd", strict=True))  # E: design-mapping-annotation
except ValueError:
    tried = {}

declared: dict[int, int]
declared = {n: n for n in range(3)}


def typed(rows: list[int], given: dict[int, int]) -> None:
    squares = {n: n * n for n in rows}  # E: design-mapping-annotation
    squares = {n: n for n in rows}
    given = {n: n for n in rows}
    said: dict[int, int] = {n: n for n in rows}
    print({n: n for n in rows}, squares, given, said)
    first, second = {n: n for n in rows}, 1
    print(first, second)
    for n in rows:
        inner = {n: m for m in rows}  # E: design-mapping-annotation
        print(inner)
    if walrus := {n: n for n in rows}:
        print(walrus)


def typed_by_its_return() -> dict[int, int]:
    result = {n: n for n in range(3)}  # E: design-mapping-annotation
    return result


def typed_by_a_parameter(n: int):
    result = {n: n}
    other = {m: m for m in range(n)}  # E: design-mapping-annotation
    return result, other


def untyped(rows):
    squares = {n: n * n for n in rows}

    def inside() -> None:
        cubes = {n: n for n in range(3)}  # E: design-mapping-annotation
        print(cubes)

    return squares, inside


def outside() -> None:
    def inside(rows):
        squares = {n: n for n in rows}
        return squares

    print(inside([1]), lambda: {n: n for n in range(3)})


async def asynchronous() -> None:
    squares = {n: n for n in range(3)}  # E: design-mapping-annotation
    print(squares)


class Shop(Generic[K]):
    prices = {n: n for n in range(3)}

    def __init__(self, names: list[str]) -> None:
        self.by_name = {name: name for name in names}
        local = dict(zip(names, names, strict=True))  # E: design-mapping-annotation
        self.local = local

    @property
    def shown(self) -> dict[str, str]:
        shown = {name: name for name in self.by_name}  # E: design-mapping-annotation
        return shown

    @staticmethod
    def made() -> None:
        made = grouped(int, {1: 2})  # E: design-mapping-annotation
        print(made)


def changed_globally() -> None:
    global display
    display = {str(n): n for n in range(3)}


def other_names(dict: typing.Callable[..., int]) -> None:
    result = dict(a=1)
    print(result)
