# select: race-read-modify-write, race-check-then-act
from __future__ import annotations

import requests
from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models import F
from django.shortcuts import get_object_or_404

from teams.models import Coupon, Customer, Line, Order
from teams.tasks import one


def m1(pk: int) -> None:
    c = Customer.objects.get(pk=pk)
    c.balance += 1  # E: race-read-modify-write
    c.save()


def m2(pk: int) -> None:
    c = Customer.objects.get(pk=pk)
    c.balance = c.balance - 5  # E: race-read-modify-write
    c.save(update_fields=["balance"])


def m3(pk: int) -> None:
    c = Customer.objects.get(pk=pk)
    c.balance = max(0, c.balance - 5)  # E: race-read-modify-write
    c.save()


def m4(pk: int) -> None:
    c = Customer.objects.get(pk=pk)
    c.balance = F("balance") + 1
    c.save()


def m5(pk: int) -> None:
    with transaction.atomic():
        c = Customer.objects.select_for_update().get(pk=pk)
        c.balance += 1
        c.save()


def m6() -> None:
    c = Customer(name="x")
    c.balance += 1
    c.save()
    d = Customer.objects.create(name="x")
    d.balance += 1
    d.save()


def m7(c: Customer) -> None:
    c.balance += 1  # E: race-read-modify-write
    c.save()


def m8(c: Customer) -> None:
    c.balance += 1


def m9(c: Customer, d: Customer) -> None:
    c.balance = d.balance + 1
    c.save()


def m10(c: Customer) -> None:
    c.balance += 1
    c.save(update_fields=["name"])


def m11(c: Customer) -> None:
    b = c.balance
    c.balance = b + 1
    c.save()


def m12(c: Customer) -> None:
    setattr(c, "balance", c.balance + 1)
    c.save()


def m13(orders: list[Order]) -> None:
    for o in orders:
        o.total += 1  # E: race-read-modify-write
        o.save()
    for o in Order.objects.all():
        o.total *= 2  # E: race-read-modify-write
        o.save()
    for o in Order.objects.select_for_update():
        o.total *= 2
        o.save()


async def m14(pk: int) -> None:
    c = await Customer.objects.aget(pk=pk)
    c.balance += 1  # E: race-read-modify-write
    await c.asave()


def m15(pk: int) -> None:
    c = get_object_or_404(Customer, pk=pk)
    c.balance -= 1  # E: race-read-modify-write
    c.save()
    e = get_object_or_404(Customer.objects.select_for_update(), pk=pk)
    e.balance -= 1
    e.save()


class Wallet(models.Model):
    amount = models.IntegerField()

    def pay(self, n: int) -> None:
        self.amount -= n  # E: race-read-modify-write
        self.save()

    def only(self, n: int) -> None:
        self.amount -= n

    class Meta:
        app_label = "shop"


def m16(line: Line) -> None:
    line.order.total += 1  # D: race-read-modify-write
    line.order.save()


def m17(pks: list[int]) -> None:
    cs = list(Customer.objects.filter(pk__in=pks))
    for c in cs:
        c.balance += 1  # E: race-read-modify-write
    Customer.objects.bulk_update(cs, ["balance"])


def m18(c: Customer) -> None:
    c.name = c.name.strip()  # E: race-read-modify-write
    c.save()


def m19(c: Customer) -> None:
    c.balance += 1
    c = Customer.objects.get(pk=1)
    c.save()


def c1(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":  # E: race-check-then-act
        o.status = "paid"
        o.save()


def c2(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":  # E: race-check-then-act
        send_mail("a", "b", "c", ["d"])


def c3(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":  # E: race-check-then-act
        one.delay(pk)


def c4(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":  # E: race-check-then-act
        requests.post("x", timeout=3)


def c5(pk: int) -> None:
    with transaction.atomic():
        o = Order.objects.select_for_update().get(pk=pk)
        if o.status == "open":
            o.status = "paid"
            o.save()


def c6(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":
        o.number = "x"
        o.save(update_fields=["number"])


def c7(pk: int) -> None:
    if Order.objects.filter(pk=pk, status="open").update(status="paid"):
        send_mail("a", "b", "c", ["d"])


def c8(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "a":
        print("x")
    elif o.total > 3:  # E: race-check-then-act
        send_mail("a", "b", "c", ["d"])


def c9(o: Order) -> None:
    if o.status == "open":
        send_mail("a", "b", "c", ["d"])


def c10(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status != "open":  # E: race-check-then-act
        return
    o.status = "paid"
    o.save()


def c11(pk: int, flag: bool) -> None:
    o = Order.objects.get(pk=pk)
    if flag:
        o.status = "paid"
        o.save()


def c12(pk: int) -> None:
    o = Order.objects.filter(pk=pk).first()
    if o:
        o.status = "paid"
        o.save()


async def c13(pk: int) -> None:
    o = await Order.objects.aget(pk=pk)
    if o.status == "open":  # E: race-check-then-act
        o.status = "paid"
        await o.asave()


def c14(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":
        print(o)


def c15(code: str) -> None:
    coupon = Coupon.objects.get(code=code)
    if coupon.uses < 3:  # E: race-check-then-act
        coupon.uses = F("uses") + 1
        coupon.save()
