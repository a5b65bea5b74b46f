# select: task-model-arg, task-json-arg, task-signature, task-model-param, task-json-param
from __future__ import annotations

import datetime as dt
import functools
import operator
from typing import Any, Generic, TypeVar

from celery import Task, chain, chord, group, shared_task, signature
from celery.canvas import Signature
from pydantic import BaseModel

from teams.celery import app
from teams.models import Order
from teams.tasks import one, total, two, untyped


def links(order: Order, pks: list[int]) -> None:  # E: task-model-param
    sig = one.s(1)
    sig.link(untyped.s(order))  # E: task-model-arg
    sig.link_error(untyped.s(order))  # E: task-model-arg
    sig.set(queue="x").delay()
    one.s().set(queue="x").delay("x")  # E: task-signature
    untyped.s().set(countdown=3).delay(order)  # E: task-model-arg
    untyped.s().set(countdown=3).apply_async((order,))  # E: task-model-arg
    untyped.si(1).on_error(untyped.s(order))  # E: task-model-arg
    chain(*[untyped.s(o) for o in Order.objects.all()])  # E: task-model-arg
    group(*[untyped.s(pk) for pk in pks]).delay()
    group([untyped.s(pk) for pk in pks]).apply_async(args=(order,))  # E: task-model-arg
    chord(group(untyped.s(pk) for pk in pks), untyped.s(order)).delay()  # E: task-model-arg
    chord([untyped.s(1)], untyped.s(kw=order))  # E: task-model-arg
    functools.reduce(operator.or_, [untyped.s(order), untyped.s()])  # E: task-model-arg
    untyped.apply_async((1,), link=[one.si(1), untyped.s(order)], link_error=two.si(order))  # type: ignore[arg-type]  # E: task-model-arg, task-model-arg
    untyped.apply_async((1,), chain=[untyped.s(order)])  # E: task-model-arg
    untyped.chunks([(o.pk,) for o in Order.objects.all()], 3).group()
    untyped.chunks([(o,) for o in Order.objects.all()], 3).group().delay()  # E: task-model-arg
    untyped.starmap((o, 1) for o in Order.objects.all())  # E: task-model-arg
    pairs = [(o.pk, o) for o in Order.objects.all()]
    untyped.starmap(pairs)  # E: task-model-arg
    signature(untyped, args=(order,))  # E: task-model-arg
    signature("teams.tasks.one", kwargs={"pk": order})  # E: task-model-arg
    Signature("x", args=(order,))  # E: task-model-arg
    app.signature("x", (1,), {"o": order})  # E: task-model-arg
    untyped.signature(kwargs={"a": order})  # E: task-model-arg
    steps = [one.s(1), one.s()]
    chain(steps).delay()
    chain(one.s(1), one.s(), two.s(), one.s())  # E: task-signature
    (one.s(1) | group(one.s(), one.s()) | total.s()).delay()
    (one.s(1) | group(one.s(), two.s()) | total.s()).delay()  # E: task-signature
    (group(one.s(1), one.s(2)) | total.s() | one.s()).delay()
    (group(one.s(1), one.s(2)) | total.s() | two.s(2)).delay()  # E: task-signature
    chain(one.s(1), chain(one.s(), two.s()), two.s())  # E: task-signature
    chain(one.si(1), one.si(2), two.si(3, "x"))
    chain(one.s("x"), one.s())  # E: task-signature


class Dto(BaseModel):
    pk: int
    when: dt.datetime


G = TypeVar("G")


class Gen(BaseModel, Generic[G]):
    value: G


@shared_task(pydantic=True)
def pyd(dto: Dto, maybe: Dto | None = None, gen: Gen[int] | None = None) -> Dto: ...


@shared_task(pydantic=True)
def pyd2(dtos: list[Dto], either: Dto | int) -> None:  # E: task-json-param, task-json-param
    ...


@shared_task
def pyd3(dto: Dto) -> None:  # E: task-json-param
    ...


@app.task(pydantic=True, bind=True)
def pyd4(self: Task[..., Any], dto: Dto, n: int) -> None: ...


class Sub(Dto): ...


def pydantics(dto: Dto, sub: Sub) -> None:
    pyd.delay(dto)  # O: task-json-arg
    pyd.delay(dto.model_dump())
    pyd.delay(sub)  # E: task-json-arg
    pyd.apply_async((dto,))  # O: task-json-arg
    pyd.apply_async((dto.model_dump(),))
    pyd.s(dto).delay()  # O: task-json-arg
    pyd4.delay(dto, 1)  # O: task-json-arg
    pyd4.apply_async((dto, 1))  # O: task-json-arg
    pyd4.apply_async(({"pk": 1, "when": "x"}, 1))
    pyd3.delay(dto)  # E: task-json-arg
    pyd3.apply_async((dto,))  # E: task-json-arg
    app.send_task("teams.canvases.pyd", (dto,))  # E: task-json-arg
    untyped.delay(dto)  # E: task-json-arg
    untyped.delay(dto.model_dump())
    untyped.delay(dto.model_dump(mode="json"))
    one.apply_async((1,), link=pyd.si(dto))  # E: task-json-arg


@app.task(bind=True, serializer="json")
def selfish(self: Task[..., Any], order_pk: int, when: dt.datetime) -> None:
    order = Order.objects.get(pk=order_pk)
    self.retry(args=(order, when))  # E: task-model-arg
    self.retry(kwargs={"order_pk": order.pk, "when": dt.timedelta(1)})  # E: task-json-arg
    self.replace(untyped.s(order))  # E: task-model-arg
    raise self.retry(countdown=3, args=[order.pk, when])


class Cbt(Task):  # type: ignore[type-arg]
    name = "cbt"

    def run(self, order: Order, *args: Any, **kwargs: Any) -> None:  # E: task-model-param
        self.apply_async((order,))  # E: task-model-arg
        self.retry(args=(order,))  # E: task-model-arg
        Cbt().delay(order)  # E: task-model-arg
        type(self)().s(order)  # E: task-model-arg


Cbt.delay(1)  # type: ignore[arg-type, call-arg]
lam = shared_task(lambda order: order)
made = app.task(name="made")(links)


def made_by_its_name(order: Order) -> None:
    Signature("made", args=(order,))  # E: task-model-arg, task-signature


def more(order: Order) -> None:
    lam.delay(order)  # E: task-model-arg
    made.delay(order, [1])  # E: task-model-arg
