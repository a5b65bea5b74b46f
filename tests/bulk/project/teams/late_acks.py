# select: task-acks-late, task-failure-unseen, task-guard
from __future__ import annotations

from typing import Any

import requests
from celery import Task, shared_task
from celery.exceptions import MaxRetriesExceededError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

from teams.celery import app
from teams.models import Customer, Order, Tag


@shared_task(acks_late=True)  # E: task-acks-late
def a1(pk: int) -> None:
    Order.objects.create(number="x")


@shared_task
def a2(pk: int) -> None:
    Order.objects.create(number="x")


@shared_task(acks_late=False)
def a3(pk: int) -> None:
    Order.objects.create(number="x")


@shared_task(acks_late=True)  # E: task-acks-late
def a4(pk: int) -> None:
    Customer.objects.filter(pk=pk).update(balance=F("balance") + 1)


@shared_task(acks_late=True)  # E: task-acks-late
def a5(pk: int) -> None:
    c = Customer.objects.get(pk=pk)
    c.balance += 1
    c.save()


@shared_task(acks_late=True)  # E: task-acks-late
def a6(pk: int) -> None:
    send_mail("a", "b", "c", ["d"])


@shared_task(acks_late=True)  # E: task-acks-late
def a7(pk: int) -> None:
    requests.post("x", timeout=3)


@shared_task(acks_late=True)
def a8(pk: int) -> None:
    requests.get("x", timeout=3)


@shared_task(acks_late=True)  # E: task-acks-late
def a9(pk: int) -> None:
    a1.delay(pk)


@shared_task(acks_late=True)
def a10(pk: int) -> None:
    Tag.objects.get_or_create(slug="x")
    Customer.objects.filter(pk=pk).update(balance=3)
    Order.objects.filter(pk=pk).delete()


@shared_task(acks_late=True)
def a11(pk: int) -> None:
    with transaction.atomic():
        o = Order.objects.select_for_update().get(pk=pk)
        if o.status == "open":
            send_mail("a", "b", "c", ["d"])
            o.status = "sent"
            o.save()


@shared_task(acks_late=True)
def a12(pk: int) -> None:
    tag, created = Tag.objects.get_or_create(slug="x")
    if created:
        send_mail("a", "b", "c", ["d"])


class Late(Task):  # type: ignore[type-arg]
    acks_late = True


@app.task(base=Late)  # E: task-acks-late
def a13(pk: int) -> None:
    Order.objects.create(number="x")


@app.task(base=Late, acks_late=False)
def a14(pk: int) -> None:
    Order.objects.create(number="x")


@shared_task(acks_late=True)  # E: task-acks-late
def a15(pks: list[int]) -> None:
    Order.objects.bulk_create([Order(number="x")])


@shared_task(acks_late=True)
def a16(pks: list[int]) -> None:
    for pk in pks:
        print(pk)


# failures
@shared_task(autoretry_for=(OSError,))  # E: task-failure-unseen
def f1(pk: int) -> None: ...


@shared_task(bind=True)  # E: task-failure-unseen
def f2(self: Task[..., Any], pk: int) -> None:
    try:
        print(pk)
    except OSError as exc:
        raise self.retry(exc=exc)


@shared_task(bind=True)
def f3(self: Task[..., Any], pk: int) -> None:
    try:
        print(pk)
    except OSError as exc:
        try:
            raise self.retry(exc=exc)
        except MaxRetriesExceededError:
            print("x")


class Failing(Task):  # type: ignore[type-arg]
    def on_failure(self, *args: Any) -> None: ...


@shared_task(base=Failing, autoretry_for=(OSError,))
def f4(pk: int) -> None: ...


@shared_task(autoretry_for=(OSError,), on_failure=print)
def f5(pk: int) -> None: ...


@shared_task
def f6(pk: int) -> None: ...


@shared_task(bind=True)
def f7(self: Task[..., Any], pk: int) -> None:
    o = Order.objects.get(pk=pk)
    try:
        print(pk)
    except OSError as exc:
        o.status = "failed"
        o.save(update_fields=["status"])
        raise self.retry(exc=exc)


# guards
@shared_task
def g1(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":  # E: task-guard
        send_mail("a", "b", "c", ["d"])


@shared_task
def g2(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status != "open":  # E: task-guard
        return
    send_mail("a", "b", "c", ["d"])


@shared_task
def g3(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":
        send_mail("a", "b", "c", ["d"])
    else:
        print("x")


@shared_task
def g4(pk: int) -> None:
    o = Order.objects.select_for_update().get(pk=pk)
    if o.status == "open":
        send_mail("a", "b", "c", ["d"])


@shared_task
def g5(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    print(o)
    if o.status == "open":
        send_mail("a", "b", "c", ["d"])
    print(o)


@shared_task
def g6(pk: int, force: bool) -> None:
    o = Order.objects.get(pk=pk)
    if force:
        send_mail("a", "b", "c", ["d"])


@shared_task
def g7(pk: int) -> None:
    o = Order.objects.filter(pk=pk).first()
    if o is None:
        return
    send_mail("a", "b", "c", ["d"])


@shared_task
def g8(pk: int) -> None:
    """Doc."""
    o = Order.objects.select_related("customer").get(id=pk)
    if not o.customer.email:  # E: task-guard
        return
    send_mail("a", "b", "c", ["d"])


def g9(pk: int) -> None:
    o = Order.objects.get(pk=pk)
    if o.status == "open":
        send_mail("a", "b", "c", ["d"])
