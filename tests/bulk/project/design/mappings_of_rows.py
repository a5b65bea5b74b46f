# select: design-mapping-annotation, design-namedtuple
"""Mappings of rows by key."""

from __future__ import annotations
import collections
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass, field
from typing import Any, TypedDict, Final, ClassVar
from shop.models import Order

class TD(TypedDict):
    a: int

orders = {o.pk: o for o in Order.objects.all()}  # E: design-mapping-annotation
ok: dict[int, Order] = {o.pk: o for o in Order.objects.all()}
dd = defaultdict(list)  # E: design-mapping-annotation
td = TD(a=1)
td2: TD = dict(a=1)  # type: ignore[typeddict-item]

def f(rows: list[Order]) -> None:
    by_id = {o.pk: o for o in rows}  # E: design-mapping-annotation
    by_id = {}
    with_if = {o.pk: o for o in rows if o.status}  # E: design-mapping-annotation
    groups = defaultdict(list)  # E: design-mapping-annotation
    for o in rows:
        groups[o.status].append(o)
    cond = {o.pk: o for o in rows} if rows else {}
    merged = {**by_id, **with_if}
    either = by_id or {o.pk: o for o in rows}
    a = b = {o.pk: o for o in rows}  # E: design-mapping-annotation, design-mapping-annotation
    self = object()
    copy = dict(by_id)  # E: design-mapping-annotation
    lam = lambda: {o.pk: o for o in rows}
    try:
        x = dict(a=1)  # E: design-mapping-annotation
    finally:
        y = dict()  # E: design-mapping-annotation

class V:
    m = {o: o for o in "ab"}
    def g(self) -> None:
        self.x = {o: o for o in "ab"}
        z = {o: o for o in "ab"}  # E: design-mapping-annotation

match orders:
    case {1: Order()}:
        q = {k: v for k, v in orders.items()}  # E: design-mapping-annotation
    case _:
        pass

def gen() -> Any:
    async def inner() -> None:
        z = {o: o async for o in agen()}  # E: design-mapping-annotation
    return inner

async def agen() -> Any:
    yield 1

NT = namedtuple("NT", "a b")  # E: design-namedtuple
class N2(namedtuple("N2", ["a"])):  # E: design-namedtuple
    pass
