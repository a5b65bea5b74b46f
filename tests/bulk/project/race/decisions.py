# select: race-check-then-act
"""Decisions over the fields of rows, and what hangs on them."""

from functools import partial
from typing import ContextManager

import requests
from celery import chain
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from shop.celery import app
from shop.models import Customer, Order
from transaction.tasks import archive, ship


def every_act(pk: int, message: EmailMessage, session: requests.Session) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "new":  # E: race-check-then-act "order.status"
        order.status = "paid"
        order.save()
    if order.status == "new":  # E: race-check-then-act
        send_mail("", "", None, [])
    if order.status == "new":  # E: race-check-then-act
        mail.mail_admins("", "")
    if order.status == "new":  # E: race-check-then-act
        message.send()
    if order.status == "new":  # E: race-check-then-act
        EmailMultiAlternatives("").send()
    if order.status == "new":  # E: race-check-then-act
        requests.post("https://pay.example", timeout=3)
    if order.status == "new":  # E: race-check-then-act
        session.put("https://pay.example", timeout=3)
    if order.status == "new":  # E: race-check-then-act
        ship.delay(order.pk)
    if order.status == "new":  # E: race-check-then-act
        ship.delay_on_commit(order.pk)
    if order.status == "new":  # E: race-check-then-act
        chain(archive.s(order.pk), ship.s()).delay()
    if order.status == "new":  # E: race-check-then-act
        app.send_task("ship", (order.pk,))
    if order.status == "new":  # E: race-check-then-act
        transaction.on_commit(lambda: ship.delay(order.pk))
    if order.status == "new":  # E: race-check-then-act
        transaction.on_commit(partial(ship.delay, order.pk))
    if order.status == "new":
        print(order)
    if order.status == "new":
        print(ship.s(order.pk))
    if order.status == "new":
        Order.objects.filter(total=0).count()


def every_load(pk: int) -> None:
    first = get_object_or_404(Order, pk=pk)
    if first.status == "new":  # E: race-check-then-act
        ship.delay(first.pk)
    second = Order.objects.filter(pk=pk).first()
    if second and second.status == "new":  # E: race-check-then-act
        ship.delay(second.pk)
    for third in Order.objects.filter(total=0):
        if third.status == "new":  # E: race-check-then-act
            ship.delay(third.pk)
    if (fourth := Order.objects.get(pk=pk)) and fourth.total > 3:  # E: race-check-then-act
        ship.delay(fourth.pk)


def locked(pk: int) -> None:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=pk)
        if order.status == "new":
            order.status = "paid"
            order.save()
            ship.delay_on_commit(order.pk)


def parameters(order: Order) -> None:
    if order.status == "new":
        ship.delay(order.pk)


def built() -> None:
    order = Order(total=1)
    if order.total:
        order.save()
    other = Order.objects.create(total=1)
    if other.total > 3:
        ship.delay(other.pk)


def branches(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.total > 3:
        print(order)
    elif order.status == "new":  # E: race-check-then-act "order.status"
        ship.delay(order.pk)
    if order.status != "new":  # E: race-check-then-act
        print(order)
    else:
        ship.delay(order.pk)
    if pk > 3:
        ship.delay(order.pk)
    elif pk:
        print(order)
    if order.status == "new" and pk:  # E: race-check-then-act
        if pk > 2:
            ship.delay(order.pk)
    if pk:
        if not order.total > 3:  # E: race-check-then-act
            for _ in range(3):
                with transaction.atomic():
                    ship.delay(order.pk)


def guards(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "paid":  # E: race-check-then-act
        return
    order.status = "paid"
    order.save()


def raising_guards(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "paid":  # E: race-check-then-act
        raise Http404
    ship.delay(order.pk)
    order.status = "paid"
    order.save()


def guards_in_a_loop() -> None:
    for order in Order.objects.all():
        if order.status == "paid":  # E: race-check-then-act
            continue
        ship.delay(order.pk)
        order.status = "paid"
        order.save(update_fields=["status"])


def guards_of_other_fields(pk: int, customer: Customer) -> None:
    # Whose order it is does not change by what follows.
    order = Order.objects.get(pk=pk)
    if order.customer != customer:
        raise Http404
    order.status = "paid"
    order.save()


def other_fields(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "new":
        order.total = 3
        order.save(update_fields=["total"])
    if order.status == "new":  # E: race-check-then-act
        order.save(update_fields=["total", "status"])
    if order.status == "new":
        order.customer.save()


def other_rows(pk: int, other: Order) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "new":
        other.save()


def optimistic(pk: int) -> None:
    if Order.objects.filter(pk=pk, status="new").update(status="paid"):
        ship.delay(pk)
    order = Order.objects.get(pk=pk)
    if order.status == "new":
        changed = Order.objects.filter(pk=pk, status="new").update(status="paid")
        if changed:
            ship.delay(pk)
    if order.status == "new" and Order.objects.filter(pk=pk, status="new").update(status="paid") == 1:
        ship.delay(pk)
    if not Order.objects.filter(pk=pk, status="new").update(status="paid"):
        return
    ship.delay(pk)


def checked_again(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "new":
        with transaction.atomic():
            order = Order.objects.select_for_update().get(pk=pk)
            if order.status == "new":
                ship.delay_on_commit(order.pk)


def locked_and_not_checked_again(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "new":  # E: race-check-then-act
        with transaction.atomic():
            order = Order.objects.select_for_update().get(pk=pk)
            order.status = "paid"
            order.save()


def presence(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    if customer.email:
        send_mail("", "", None, [customer.email])
    if customer.email is not None and customer.name:
        send_mail(customer.name, "", None, [customer.email])
    if customer.name:  # E: race-check-then-act
        send_mail("", "", None, [customer.email])
    if customer is None:
        ship.delay(pk)
    if customer.pk:
        ship.delay(pk)


def defined(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "new":

        def later() -> None:
            ship.delay(order.pk)

        print(later)
        print(lambda: ship.delay(order.pk))


async def asynchronous(pk: int) -> None:
    order = await Order.objects.aget(pk=pk)
    if order.status == "new":  # E: race-check-then-act
        order.status = "paid"
        await order.asave()
    async for one in Order.objects.all():
        if one.status == "new":  # E: race-check-then-act
            ship.delay(one.pk)


class Checkout:
    def get_object(self) -> Order:
        return Order.objects.get(pk=1)

    def confirm(self, pk: int) -> None:
        order = Order.objects.get(pk=pk)
        if order.status == "new":  # E: race-check-then-act
            ship.delay(order.pk)

    def confirm_own(self) -> None:
        order = self.get_object()
        if order.status == "new":
            ship.delay(order.pk)


def behind_another_test(pk: int) -> None:
    # one process alone comes past the update, or past the locked row
    order = Order.objects.get(pk=pk)
    if Order.objects.filter(pk=pk, status="new").update(status="paid"):
        if order.total > 3:
            ship.delay(pk)
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=pk)
        if locked.status != "new":
            return
        locked.status = "paid"
        locked.save()
        customer = Customer.objects.get(pk=locked.customer_id)
        if customer.credit > 3:
            ship.delay_on_commit(pk)


@transaction.atomic
def behind_a_lock(pk: int, ids: list[int]) -> None:
    order = Order.objects.get(pk=pk)
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if order.status == "new":
        ship.delay_on_commit(pk)
    for one in Order.objects.select_for_update().in_bulk(ids).values():
        if one.status == "new":
            ship.delay_on_commit(one.pk)
    for one in Order.objects.in_bulk(ids).values():
        if one.status == "new":  # E: race-check-then-act
            ship.delay_on_commit(one.pk)


def mail_by_a_method(pk: int) -> None:
    user = User.objects.get(pk=pk)
    if user.is_active:  # E: race-check-then-act
        user.email_user("", "")


def under_another_lock(pk: int, mutex: ContextManager[None]) -> None:
    with mutex:
        order = Order.objects.get(pk=pk)
        if order.status == "new":
            ship.delay(pk)
