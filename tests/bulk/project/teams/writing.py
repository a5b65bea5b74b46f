# select: transaction-missing
from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.views import View
from transaction.wrappers import traced_atomic

from teams.models import Customer, Order, Tag


def a1(c: Customer, o: Order) -> None:
    c.save()
    o.save()  # E: transaction-missing


def a2(c: Customer, o: Order) -> None:
    with transaction.atomic():
        c.save()
        o.save()


@transaction.atomic
def a3(c: Customer, o: Order) -> None:
    c.save()
    o.save()


def a4(c: Customer, o: Order, flag: bool) -> None:
    if flag:
        c.save()
    else:
        o.save()


def a5(c: Customer, o: Order, flag: bool) -> None:
    if flag:
        c.save()
    o.save()  # E: transaction-missing


def a6(c: Customer, o: Order) -> None:
    try:
        c.save()
    except Exception:
        o.delete()


def a7(orders: list[Order]) -> None:
    for o in orders:
        o.save()


def a8(orders: list[Order]) -> None:
    for o in orders:
        o.save()
        o.delete()  # E: transaction-missing


def a9(c: Customer) -> None:
    with transaction.atomic():
        c.save()
    c.delete()


def a10(c: Customer, o: Order) -> None:
    Order.objects.create(number="x")
    Order.objects.filter(pk=1).update(total=F("total") + 1)  # E: transaction-missing
    o.tags.add(1)


def a11(c: Customer, o: Order) -> None:
    c.save()
    helper(o)


def helper(o: Order) -> None:
    o.save()


async def a12(c: Customer, o: Order) -> None:
    await c.asave()
    await Order.objects.acreate(number="x")  # E: transaction-missing


def a13(c: Customer, flag: bool) -> None:
    if flag:
        c.save()
        return
    c.delete()


def a14(c: Customer, flag: bool) -> None:
    if flag:
        c.save()
        raise ValueError
    c.delete()


def a15(c: Customer) -> None:
    def inner() -> None:
        c.save()

    c.delete()
    inner()


def a16(c: Customer) -> None:
    with traced_atomic():
        c.save()
        c.delete()


class V(View):
    def post(self, request: HttpRequest, c: Customer) -> None:
        c.save()
        c.delete()  # E: transaction-missing


def a17(c: Customer, d: dict[str, Any], s: set[int]) -> None:
    d.update(a=1)
    s.add(1)
    s.remove(1)
    s.clear()
    c.save()


def a18(qs: Any, o: Order) -> None:
    Order.objects.bulk_create([o])
    Order.objects.bulk_update([o], ["total"])  # E: transaction-missing


def a19(o: Order) -> None:
    Tag.objects.get_or_create(slug="x")
    Tag.objects.update_or_create(slug="y")  # E: transaction-missing


def a20(o: Order, x: int) -> None:
    match x:
        case 1:
            o.save()
        case 2:
            o.delete()


def a21(o: Order, c: Customer) -> None:
    while True:
        o.save()
        break
    c.save()  # E: transaction-missing
