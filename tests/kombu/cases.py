"""The types that are tried: expressions over the names in ``zoo``, and how values of them are made.

``None`` leaves the making to hypothesis (``st.from_type``). ``BASES`` are put into the ``WRAPPERS`` too.
"""

from __future__ import annotations

import array
import collections
import contextlib
import dataclasses
import datetime
import decimal
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
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

import requests
from celery import Celery
from celery.canvas import Signature
from celery.result import AsyncResult
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.functional import lazystr
from django.utils.safestring import SafeString
from hypothesis import strategies as st

from tests.kombu import zoo

settings.configure()  # HttpRequest asks for them

Strategy = st.SearchStrategy[Any]

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=3)
INTS = st.integers(-(2**31), 2**31)

st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, INTS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False, width=32))
st.register_type_strategy(decimal.Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=2))
st.register_type_strategy(uuid.UUID, st.uuids(version=4))
st.register_type_strategy(datetime.datetime, st.datetimes(min_value=datetime.datetime(1900, 1, 1)))


def _of(*values: object) -> Strategy:
    return st.sampled_from(values)


def _made(make: Any, strategy: Strategy | None = None) -> Strategy:
    return (INTS if strategy is None else strategy).map(make)


_ints = st.lists(INTS, min_size=1, max_size=3)
_nested = st.recursive(INTS | st.sets(INTS), lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=4)

BASES: dict[str, Strategy | None] = {
    # Plain values
    "None": st.none(),
    "bool": None,
    "int": None,
    "float": None,
    "str": None,
    "bytes": None,
    "datetime.datetime": None,
    "datetime.date": None,
    "datetime.time": st.times(),
    "decimal.Decimal": None,
    "uuid.UUID": None,
    "Literal['a', 1]": None,
    "Literal[b'a']": None,
    "Literal[Plain.A]": None,
    "Literal[Text.A]": None,
    # Wrong ones
    "datetime.timedelta": None,
    "complex": None,
    "bytearray": None,
    "memoryview": _made(memoryview, st.binary()),
    "fractions.Fraction": None,
    "pathlib.Path": _of(pathlib.Path("a")),
    "os.PathLike[str]": _of(pathlib.Path("a")),
    "ipaddress.IPv4Address": None,
    "ipaddress.IPv6Network": _of(ipaddress.ip_network("::/64")),
    "zoneinfo.ZoneInfo": _of(zoneinfo.ZoneInfo("UTC")),
    "re.Pattern[str]": _of(re.compile("a")),
    "range": None,
    "slice": _of(slice(1)),
    "types.EllipsisType": _of(...),
    # Enumerations
    "Plain": None,
    "Text": None,
    "MixedText": None,
    "Number": None,
    "MixedFloat": None,
    "Day": None,
    "Bits": None,
    "IntBits": _of(zoo.IntBits.R, zoo.IntBits.W),
    "Status": _of(*zoo.Status),
    "Priority": _of(*zoo.Priority),
    # Collections
    "list[int]": None,
    "tuple[int, str]": None,
    "tuple[int, ...]": None,
    "tuple[()]": None,
    "dict[str, int]": None,
    "set[int]": st.sets(INTS),
    "set[tuple[int, int]]": _of({(1, 2)}),
    "frozenset[str]": None,
    "Set[int]": st.sets(INTS),
    "deque[int]": None,
    "OrderedDict[str, int]": None,
    "defaultdict[str, int]": _made(lambda n: collections.defaultdict(int, a=n)),
    "Counter[str]": _of(collections.Counter("abca")),
    "collections.ChainMap[str, int]": _of(collections.ChainMap({"a": 1})),
    "collections.UserDict[str, int]": _of(collections.UserDict({"a": 1})),
    "collections.UserList[int]": _of(collections.UserList([1])),
    "collections.UserString": _of(collections.UserString("a")),
    "types.MappingProxyType[str, int]": _of(types.MappingProxyType({"a": 1})),
    "types.SimpleNamespace": _of(types.SimpleNamespace(a=1)),
    "array.array[int]": _of(array.array("i", [1])),
    "os.stat_result": _of(os.stat("/")),
    # Keys
    "dict[int, str]": st.dictionaries(INTS, TEXT, min_size=1),
    "dict[float, str]": st.dictionaries(st.sampled_from([0.5, 1.5]), TEXT, min_size=1),
    "dict[bool, str]": st.dictionaries(st.booleans(), TEXT, min_size=1),
    "dict[None, str]": _of({None: "a"}),
    "dict[str | None, str]": st.dictionaries(st.none() | TEXT, TEXT, min_size=1),
    "dict[tuple[int, int], str]": st.dictionaries(st.tuples(INTS, INTS), TEXT, min_size=1),
    "dict[datetime.date, str]": st.dictionaries(st.dates(), TEXT, min_size=1),
    "dict[uuid.UUID, str]": st.dictionaries(st.uuids(version=4), TEXT, min_size=1),
    "dict[decimal.Decimal, str]": _of({decimal.Decimal("1.5"): "a"}),
    "dict[bytes, str]": _of({b"a": "a"}),
    "dict[Plain, str]": _of({zoo.Plain.A: "a"}),
    "dict[Text, str]": _of({zoo.Text.A: "a"}),
    "dict[Number, str]": _of({zoo.Number.ONE: "a"}),
    "dict[SubStr, str]": _of({zoo.SubStr("a"): "a"}),
    "dict[UserId, str]": _of({1: "a"}),
    "dict[Literal['a', 'b'], int]": _of({"a": 1, "b": 2}),
    "dict[frozenset[int], int]": _of({frozenset({1}): 1}),
    "dict[_StrPromise, int]": _of({lazystr("a"): 1}),
    "dict[Hooked, int]": _of({zoo.Hooked(): 1}),
    "dict[type[int], int]": _of({int: 1}),
    "Mapping[int, str]": _of({1: "a"}),
    "Mapping[tuple[int, int], str]": _of({(1, 2): "a"}),
    # Records
    "Point": None,
    "Tagged": _made(lambda n: zoo.Tagged("a", {n})),
    "Row": None,
    "BadRow": _of({"id": 1, "tags": {"a"}}),
    "Tree": _of({"value": 1, "children": [{"value": 2, "children": []}]}),
    "Data": _made(zoo.Data),
    "DataWithHook": _made(zoo.DataWithHook),
    "Attrs": _made(zoo.Attrs),
    "Model": _made(lambda n: zoo.Model(x=n)),
    "Ordinary": _of(zoo.Ordinary()),
    "Hooked": _of(zoo.Hooked()),
    "BadlyHooked": _of(zoo.BadlyHooked()),
    "HookedList": _of(zoo.HookedList([1])),
    "Registered": _of(zoo.Registered()),
    "RegisteredChild": _of(zoo.RegisteredChild()),
    "Error": _of(zoo.Error("a")),
    "Box[int]": _of(zoo.Box()),
    # Subclasses
    "SubStr": _made(zoo.SubStr, TEXT),
    "SubInt": _made(zoo.SubInt),
    "SubFloat": _of(zoo.SubFloat(0.5)),
    "SubList[int]": _made(zoo.SubList, _ints),
    "SubList[set[int]]": _of(zoo.SubList([{1}])),
    "SubDict[int]": _made(lambda n: zoo.SubDict(a=n)),
    "SubDict[Plain]": _of(zoo.SubDict(a=zoo.Plain.A)),
    "SubTuple": _made(zoo.SubTuple, _ints),
    "SubSet": _made(zoo.SubSet, _ints),
    "SubBytes": _of(zoo.SubBytes(b"a")),
    "SubDate": _of(zoo.SubDate(2024, 1, 1)),
    "SubDatetime": _of(zoo.SubDatetime(2024, 1, 1)),
    "SubDecimal": _of(zoo.SubDecimal("1.5")),
    "SubUUID": _of(zoo.SubUUID(int=1)),
    "Family": _of(zoo.Family([zoo.Family()])),
    "UserId": None,
    "Names": st.lists(TEXT),
    "Tags": st.sets(TEXT),
    "Pair": st.tuples(INTS, TEXT),
    "Counts": _of({1: 2}),
    "Json": st.recursive(st.none() | INTS | TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner)),
    "Nested": _nested,
    # Code, files, connections
    "Iterator[int]": _made(iter, _ints),
    "Generator[int, None, None]": _made(lambda ints: (n for n in ints), _ints),
    "map[int]": _made(lambda ints: map(abs, ints), _ints),
    "Callable[[int], int]": _of(abs),
    "Handler": _of(print),
    "type[int]": _of(int),
    "type[Plain]": _of(zoo.Plain),
    "type[Hooked]": _of(zoo.Hooked),
    "type[Any]": _of(int, zoo.Ordinary),
    "type": _of(int, zoo.Ordinary),
    "types.ModuleType": _of(json),
    "types.FunctionType": _of(dataclasses.asdict),
    "io.StringIO": _of(io.StringIO("a")),
    "io.BytesIO": _of(io.BytesIO(b"a")),
    "io.TextIOWrapper": _of(open(__file__)),  # noqa: SIM115
    "threading.Lock": _of(threading.Lock()),
    "threading.Thread": _of(threading.Thread()),
    "queue.Queue[int]": _of(queue.Queue()),
    "socket.socket": _of(socket.socket()),
    "sqlite3.Connection": _of(sqlite3.connect(":memory:")),
    "Closing": _of(contextlib.nullcontext(1)),
    "contextlib.AbstractContextManager[int]": _of(contextlib.nullcontext(1)),
    "logging.Logger": _of(logging.getLogger("a")),
    "json.JSONEncoder": _of(json.JSONEncoder()),
    # Other libraries
    "_StrPromise": _of(lazystr("a")),
    "SafeString": _made(SafeString, TEXT),
    "django.http.QueryDict": _made(lambda n: QueryDict(f"a={n}&a=2")),
    "django.http.HttpRequest": _of(HttpRequest()),
    "requests.Response": _of(requests.Response()),
    "requests.Session": _of(requests.Session()),
    "Signature[Any]": _of(Signature("a.b", args=(1,))),
    "AsyncResult[Any]": _of(AsyncResult("a", app=Celery(set_as_current=False))),
}

WRAPPERS_PER_BASE = 3
WRAPPERS: dict[str, Callable[[Strategy], Strategy]] = {
    "list[{}]": lambda values: st.lists(values, min_size=1, max_size=2),
    "dict[str, {}]": lambda values: st.dictionaries(TEXT, values, min_size=1, max_size=2),
    "{} | None": lambda values: values | st.none(),
    "tuple[{}, ...]": lambda values: values.map(lambda value: (value,)),
    "tuple[int, {}]": lambda values: st.tuples(INTS, values),
    "dict[str, list[{}]]": lambda values: values.map(lambda value: {"a": [value]}),
    "SubList[{}]": lambda values: values.map(lambda value: zoo.SubList([value])),
    "Sequence[{}]": lambda values: values.map(lambda value: [value]),
    "Mapping[str, {}]": lambda values: values.map(lambda value: {"a": value}),
    "Literal['a'] | {}": lambda values: values | st.just("a"),
}

SILENT: dict[str, Strategy] = {
    "object": _of(1, zoo.Ordinary()),
    "Any": _of(1, zoo.Ordinary()),
    "Iterable[int]": _ints | st.sets(INTS, min_size=1),
    "Collection[int]": _ints | st.sets(INTS, min_size=1),
    "Sequence[int]": _ints | _of(range(3)),
    "MutableSequence[int]": _ints | _of(collections.deque([1])),
    "Reversible[int]": _ints | _of(range(3)),
    "Mapping[str, int]": _of({"a": 1}, types.MappingProxyType({"a": 1})),
    "MutableMapping[str, int]": _of({"a": 1}, collections.UserDict({"a": 1})),
    "Items": _ints | _of(range(3)),
    "HasLength": _ints | _of(range(3)),
}
"""Where nothing is said, because JSON takes some of the values and refuses others."""


def strategies() -> dict[str, Strategy]:
    """The values of every type: each base by itself, and each in three of the wrappers in turn."""
    made = {base: st.from_type(eval(base, vars(zoo))) if how is None else how for base, how in BASES.items()}
    wrappers = cycle(WRAPPERS.items())
    wrapped = {
        wrapper.format(base): wrap(values)
        for base, values in made.items()
        for wrapper, wrap in islice(wrappers, WRAPPERS_PER_BASE)
    }
    return made | wrapped | SILENT
