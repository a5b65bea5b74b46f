# select: task-model-arg, task-json-arg
from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from celery import chain, chord, group, signature
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from teams.celery import app
from teams.models import Order, OrderBox, OrderRef, RushOrder
from teams.tasks import cls_task, many, one, pickled, typed, untyped

T = TypeVar("T", bound=Order)


def models_(
    order: Order,
    maybe: Order | None,
    rush: RushOrder,
    orders: list[Order],
    qs: QuerySet[Order],
    box: OrderBox,
    ref: OrderRef,
    pair: tuple[int, Order],
) -> None:
    untyped.delay(order)  # E: task-model-arg "Order"
    untyped.delay(maybe)  # E: task-model-arg
    untyped.delay(rush, b=order)  # E: task-model-arg, task-model-arg
    untyped.delay(orders)  # E: task-model-arg
    untyped.delay(qs)  # E: task-model-arg
    untyped.delay(box)  # E: task-model-arg
    untyped.delay(ref)  # E: task-model-arg
    untyped.delay(pair)  # E: task-model-arg
    untyped.delay({"o": order})  # E: task-model-arg
    untyped.delay([o for o in orders])  # E: task-model-arg
    untyped.delay({o.pk: o for o in orders})  # E: task-model-arg
    untyped.delay([o.pk for o in orders])
    untyped.delay(order.pk, b=order.number)
    untyped.delay(str(order))
    untyped.delay(order and order.pk)
    untyped.delay(maybe and maybe.pk)
    untyped.delay(qs and qs.count())  # E: task-model-arg
    untyped.delay(order.pk and order)  # E: task-model-arg
    untyped.delay(maybe or order)  # E: task-model-arg
    untyped.apply_async((maybe and maybe.pk, order and order.number))
    one.apply_async((order and order.pk,))
    untyped.delay(maybe.pk if maybe else None)
    untyped.delay(list(qs.values_list("pk", flat=True)))
    untyped.delay(qs.count(), qs.exists())
    untyped.delay(qs.first())  # E: task-model-arg
    untyped.delay(Order.objects.all())  # E: task-model-arg
    untyped.delay(Order.objects.get(pk=1).pk)
    untyped.delay(order.customer)  # D: task-model-arg
    untyped.delay(order.customer_id)
    untyped.delay(order.lines.all())  # D: task-model-arg
    untyped.delay(order.lines)  # D: task-model-arg
    untyped.delay(get_object_or_404(Order, pk=1))  # E: task-model-arg
    untyped.delay(cast(Any, order))
    untyped.delay(*orders)  # E: task-model-arg
    untyped.delay(a=order)  # E: task-model-arg
    untyped.apply_async((order,))  # E: task-model-arg
    untyped.apply_async([order, 1])  # E: task-model-arg
    untyped.apply_async(args=[order], kwargs={"b": order})  # E: task-model-arg, task-model-arg
    untyped.apply_async(kwargs=dict(a=order))  # E: task-model-arg
    untyped.apply_async((order.pk,), countdown=3, queue="x")
    untyped.apply_async(args=(1,), headers={"o": "x"})
    untyped.s(order)  # E: task-model-arg
    untyped.si(order, 1)  # E: task-model-arg
    untyped.signature((order,))  # E: task-model-arg
    untyped.signature(args=(order,), immutable=True)  # E: task-model-arg
    untyped.subtask((order,))  # E: task-model-arg
    untyped.delay_on_commit(order)  # E: task-model-arg
    untyped.apply_async_on_commit(args=(order,))  # E: task-model-arg
    untyped.s(order).delay()  # E: task-model-arg
    untyped.s().delay(order)  # E: task-model-arg
    untyped.s().apply_async((order,))  # E: task-model-arg
    untyped.s().clone((order,))  # E: task-model-arg
    untyped.s().clone(args=(order.pk,))
    untyped.map(qs)  # E: task-model-arg
    untyped.map([o.pk for o in orders])
    untyped.map(qs.values_list("pk", flat=True))
    untyped.starmap([(order, 1)])  # E: task-model-arg
    untyped.starmap([(order.pk, 1)])
    untyped.chunks(((o, 1) for o in orders), 10)  # E: task-model-arg
    untyped.chunks([(o.pk,) for o in orders], 10)
    group(untyped.s(o) for o in orders)  # E: task-model-arg
    group(untyped.s(o.pk) for o in qs)
    chain(untyped.s(order), untyped.s())  # E: task-model-arg
    chord([untyped.s(o) for o in qs])(untyped.s())  # E: task-model-arg
    (untyped.s(order) | untyped.si(1)).apply_async()  # E: task-model-arg
    untyped.apply_async((1,), link=untyped.s(order))  # E: task-model-arg
    app.send_task("x", (order,))  # E: task-model-arg
    app.send_task("x", args=[1], kwargs={"o": order})  # E: task-model-arg
    signature("x", (order,))  # E: task-model-arg
    signature("x", args=(order.pk,))
    app.signature("x", args=(order,))  # E: task-model-arg
    transaction.on_commit(partial(untyped.delay, order))  # E: task-model-arg
    transaction.on_commit(lambda: untyped.delay(order))  # E: task-model-arg
    untyped(order)
    untyped.run(order)
    untyped.apply((order,))
    untyped.apply(args=[order])
    cls_task.delay(order)  # type: ignore[arg-type]  # E: task-model-arg
    pickled.delay(order)  # E: task-model-arg
    many.delay(*[o.pk for o in orders])
    one.delay(order)  # type: ignore[arg-type]  # E: task-model-arg
    one.apply_async((order,))  # E: task-model-arg
    print(order)


def generic(x: T, any_: Any, obj: object) -> None:
    untyped.delay(x)  # E: task-model-arg
    untyped.delay(any_)
    untyped.delay(obj)
    untyped.delay(type(x))  # E: task-json-arg


class Svc(Generic[T]):
    task = untyped

    def __init__(self, order: T) -> None:
        self.order = order
        self.sig = untyped.s(order.pk)

    def go(self) -> None:
        self.task.delay(self.order)  # E: task-model-arg
        self.task.delay(self.order.pk)
        self.sig.delay(self.order)  # E: task-model-arg

    async def ago(self) -> None:
        async for o in Order.objects.all():
            untyped.delay(o)  # E: task-model-arg
            untyped.delay(o.pk)
        first = await Order.objects.afirst()
        untyped.delay(first)  # E: task-model-arg


class Kind(enum.Enum):
    A = "a"


class SKind(enum.StrEnum):
    A = "a"


@dataclasses.dataclass
class Dc:
    x: int


class Money:
    def __init__(self, n: int) -> None: ...


def json_(d: Decimal, u: uuid.UUID, it: Iterator[int], ii: Iterable[int], when: dt.datetime) -> None:
    untyped.delay({1, 2})  # E: task-json-arg "set"
    untyped.delay(set(), frozenset())  # E: task-json-arg, task-json-arg
    untyped.delay(dt.timedelta(1))  # E: task-json-arg
    untyped.delay(Kind.A, SKind.A)  # E: task-json-arg
    untyped.delay(Kind.A.value, Kind.A.name)
    untyped.delay(Path("x"), str(Path("x")))  # E: task-json-arg
    untyped.delay(Dc(1), dataclasses.asdict(Dc(1)))  # E: task-json-arg
    untyped.delay(Money(1))  # E: task-json-arg
    untyped.delay(b"x", bytearray())  # E: task-json-arg
    untyped.delay(d, u)
    untyped.delay(when, when.date())
    untyped.delay(it)  # E: task-json-arg
    untyped.delay(ii)
    untyped.delay(range(3))  # E: task-json-arg
    untyped.delay(list(range(3)))
    untyped.delay(map(str, ii))  # E: task-json-arg
    untyped.delay(x for x in ii)  # E: task-json-arg
    untyped.delay({}.keys(), {}.items())  # E: task-json-arg, task-json-arg
    untyped.delay(lambda: 1)  # E: task-json-arg
    untyped.delay(json_)  # E: task-json-arg
    untyped.delay(int)  # E: task-json-arg
    untyped.delay(open("x"))  # E: task-json-arg
    untyped.delay(dt)  # E: task-json-arg
    untyped.delay(ValueError("x"))  # E: task-json-arg
    untyped.delay({(1, 2): 3})  # E: task-json-arg
    untyped.delay({1: 2, None: 3, 1.5: 4, True: 1})
    untyped.delay({u: 1})  # E: task-json-arg
    untyped.delay({"a": {"b": {1}}})  # E: task-json-arg
    untyped.delay([dt.timedelta(1)], (Kind.A,))  # E: task-json-arg, task-json-arg
    untyped.delay(complex(1))  # E: task-json-arg
    untyped.delay(...)  # E: task-json-arg
    untyped.apply_async(({1},), serializer="pickle")
    untyped.apply_async(({1},), serializer="json")  # E: task-json-arg
    untyped.apply_async(kwargs={"a": {1}, "b": 1})  # E: task-json-arg
    pickled.delay(
        {1},
    )
    pickled.apply_async(({1},), serializer="json")  # E: task-json-arg
    untyped.s({1})  # E: task-json-arg
    typed.delay({"a": 1, "b": "x"})
    app.send_task("x", ({1},))  # E: task-json-arg
    app.send_task("x", ({1},), serializer="pickle")
    untyped.map({1, 2})
    untyped.chunks(zip(ii, ii), 3)
    untyped.chunks(zip([{1}], ii), 3)  # E: task-json-arg
    untyped.delay(None, True)
    untyped.delay(not_a_name)  # type: ignore[name-defined]
