# select: task-acks-late
"""What a second run would repeat, and what keeps it from doing so."""

from __future__ import annotations

import requests
from celery import Task, shared_task
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.db.models import F
from shop.celery import app
from shop.models import Customer, Order, OrderLine


class Late(Task):
    acks_late = True


@shared_task(acks_late=True)  # E: task-acks-late "creates a row"
def creates(pk: int) -> None:
    OrderLine.objects.create(order_id=pk, book_id=1)


@shared_task(acks_late=True)  # E: task-acks-late "creates a row"
def creates_many(pk: int) -> None:
    OrderLine.objects.bulk_create([OrderLine(order_id=pk)])


@shared_task(acks_late=True)  # D: task-acks-late
def creates_related(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    order.lines.create(book_id=1)


@app.task(acks_late=True)  # E: task-acks-late "sends mail"
def mails(address: str) -> None:
    send_mail("a", "b", None, [address])


@app.task(acks_late=True)  # E: task-acks-late "sends mail"
def mails_message(address: str) -> None:
    message = EmailMessage("a", "b", None, [address])
    message.send()


@app.task(acks_late=True)  # E: task-acks-late "HTTP"
def posts(url: str) -> None:
    requests.post(url, timeout=3)


@app.task(acks_late=True)
def reads(url: str) -> None:
    requests.get(url, timeout=3)


@app.task(acks_late=True)  # E: task-acks-late "sends a task"
def sends(url: str) -> None:
    posts.delay(url)


@app.task(base=Late)  # E: task-acks-late
def sends_by_base(url: str) -> None:
    posts.delay(url)


@app.task(acks_late=True)  # E: task-acks-late "adds to a field"
def adds(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    order.total += 1
    order.save()


@app.task(acks_late=True)  # E: task-acks-late "adds to a field"
def adds_in_database(pk: int) -> None:
    Order.objects.filter(pk=pk).update(total=F("total") + 1)


@app.task(acks_late=True)  # E: task-acks-late "line 80"
def two_acts(pk: int) -> None:
    posts.delay("a")
    Order.objects.create(customer_id=pk)


@app.task(acks_late=True)
def sets(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    order.status = "done"
    order.save()
    Order.objects.filter(pk=pk).update(status="done")


@app.task(acks_late=True)
def once(email: str) -> None:
    customer, created = Customer.objects.get_or_create(email=email)
    if created:
        send_mail("Welcome", "b", None, [customer.email])


@app.task(acks_late=True)  # E: task-acks-late
def not_once(email: str) -> None:
    customer, created = Customer.objects.get_or_create(email=email)
    send_mail("Welcome", "b", None, [customer.email])


@app.task(acks_late=True)
def asks(pk: int) -> None:
    if OrderLine.objects.filter(order_id=pk).exists():
        return
    OrderLine.objects.create(order_id=pk, book_id=1)


@app.task(acks_late=True)
def asks_around(pk: int) -> None:
    if not OrderLine.objects.filter(order_id=pk).exists():
        OrderLine.objects.create(order_id=pk, book_id=1)


@app.task(acks_late=True)
def asks_variable(pk: int) -> None:
    existing = OrderLine.objects.filter(order_id=pk).first()
    if existing is None:
        OrderLine.objects.create(order_id=pk, book_id=1)


@app.task(acks_late=True)
def asks_exception(pk: int) -> None:
    try:
        OrderLine.objects.get(order_id=pk)
    except OrderLine.DoesNotExist:
        OrderLine.objects.create(order_id=pk, book_id=1)


@app.task(acks_late=True)
def asks_and_returns(pk: int) -> None:
    try:
        OrderLine.objects.get(order_id=pk)
        return
    except OrderLine.DoesNotExist:
        pass
    OrderLine.objects.create(order_id=pk, book_id=1)


@app.task(acks_late=True)
def locks(pk: int) -> None:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=pk)
        if order.status == "paid":
            return
        order.total += 1
        order.status = "paid"
        order.save()
        posts.delay("a")


@app.task(acks_late=True)  # E: task-acks-late
def tests_without_lock(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "paid":
        return
    posts.delay("a")


@app.task(acks_late=False)
def early(url: str) -> None:
    posts.delay(url)


@app.task
def early_by_default(url: str) -> None:
    posts.delay(url)


def no_task(url: str) -> None:
    posts.delay(url)


class Push(Task):  # E: task-acks-late
    acks_late = True

    def run(self, url: str) -> None:
        requests.post(url, timeout=3)
