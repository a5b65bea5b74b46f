# select: task-acks-late
"""What a second run of a task would repeat, and what stops it."""

from __future__ import annotations

from functools import partial

import requests
from celery import chain, group, shared_task
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F
from shop.celery import app
from shop.models import Customer, Order, OrderLine


@shared_task
def step(pk: int) -> None: ...


@app.task(acks_late=True)  # E: task-acks-late "adds to a field"
def adds_longhand(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    customer.credit = customer.credit + 1
    customer.save()


@app.task(acks_late=True)  # E: task-acks-late "adds to a field"
def adds_in_the_database(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    customer.credit = F("credit") + 1
    customer.save(update_fields=["credit"])


@app.task(acks_late=True)
def computes(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    customer.name = customer.name.strip()  # as often as you like
    customer.save()
    Order.objects.filter(total__gt=F("id")).update(status="big", total=F("customer_id"))


@app.task(acks_late=True)  # E: task-acks-late "creates a row"
def saves_new(pk: int) -> None:
    order = Order(customer_id=pk)
    order.save()


@app.task(acks_late=True)
def saves_by_key(pk: int) -> None:
    order = Order(pk=pk, customer_id=1)
    order.save()


@app.task(acks_late=True)  # E: task-acks-late "makes an HTTP call"
def posts(url: str) -> None:
    requests.request("POST", url, timeout=3)


@app.task(acks_late=True)
def puts(url: str) -> None:
    requests.request("PUT", url, timeout=3)


@app.task(acks_late=True)  # E: task-acks-late "sends a task"
def calls_a_group() -> None:
    group(step.s(pk) for pk in range(3))()


@app.task(acks_late=True)  # E: task-acks-late "sends a task"
def calls_a_chain() -> None:
    steps = chain(step.si(1), step.si(2))
    steps()


@app.task(acks_late=True)  # E: task-acks-late "sends a task"
def calls_joined() -> None:
    (step.si(1) | step.si(2))()


@app.task(acks_late=True)
def runs_here() -> None:
    step(1)


@app.task(acks_late=True)
def counts_its_update(pk: int) -> None:
    updated = Order.objects.filter(pk=pk, status="new").update(status="done")
    if not updated:
        return
    send_mail("a", "b", None, ["c"])


def locked(pk: int) -> Order:
    return Order.objects.select_for_update().get(pk=pk)


@app.task(acks_late=True)
@transaction.atomic
def locks_in_a_helper(pk: int) -> None:
    order = locked(pk)
    match order.status:
        case "new":
            order.status = "done"
            order.save()
            send_mail("a", "b", None, ["c"])


@app.task(acks_late=True)
def is_refused(pk: int) -> None:
    OrderLine.objects.bulk_create([OrderLine(order_id=pk, book_id=1)], ignore_conflicts=True)
    try:
        OrderLine.objects.create(order_id=pk, book_id=2)
    except IntegrityError:
        return


# --- which look-ups stop a second run


@app.task(acks_late=True)  # E: task-acks-late
def needs_its_row(pk: int) -> None:
    order = Order.objects.filter(pk=pk).first()
    if order is None:
        return
    send_mail("a", "b", None, ["c"])


@app.task(acks_late=True)  # E: task-acks-late
def asks_the_made_row(pk: int) -> None:
    order, _ = Order.objects.get_or_create(pk=pk)
    if order.status == "new":
        send_mail("a", "b", None, ["c"])


@app.task(acks_late=True)
def has_made_none(pk: int) -> None:
    if OrderLine.objects.filter(order_id=pk).exists():
        return
    OrderLine.objects.create(order_id=pk, book_id=1)


@app.task(acks_late=True)  # E: task-acks-late
@transaction.atomic
def locks_and_asks_nothing(pk: int) -> None:
    for customer in Customer.objects.select_for_update(skip_locked=True).filter(pk=pk):
        customer.credit += 1
        customer.save()


@app.task(acks_late=True)
@transaction.atomic
def locks_by_state(pk: int) -> None:
    order = Order.objects.select_for_update().get(pk=pk, status="new")
    order.status = "done"
    order.save()
    send_mail("a", "b", None, ["c"])


@app.task(acks_late=True)  # E: task-acks-late "sends a task"
def sends_after_the_commit(pk: int) -> None:
    transaction.on_commit(partial(step.delay, pk))
