# select: task-model-arg, task-json-arg, task-signature, task-blocking-result, transaction-dispatch, http-timeout
"""Methods that are called through a variable."""

from __future__ import annotations

import requests
from celery import group, shared_task
from celery.result import AsyncResult
from django.db import transaction
from shop.celery import app
from shop.models import Order


@app.task
def ship(pk: int, note: object = None) -> int:
    return pk


@shared_task
def tell(address: str) -> None: ...


session = requests.Session()
send = ship.delay
fetch = session.get


def of_the_module(order: Order, url: str) -> None:
    send(1, order)  # E: task-model-arg
    send(1)
    fetch(url)  # E: http-timeout
    fetch(url, timeout=3)


def of_the_function(order: Order, url: str, quiet: bool) -> None:
    delay = ship.delay
    delay(1, {1})  # E: task-json-arg
    delay(1, [1])
    apply_async = ship.apply_async
    apply_async((1, 2, 3))  # E: task-signature
    apply_async((1, order))  # E: task-model-arg
    apply_async((1,), countdown=3)
    sign = ship.s
    group(sign(1, order) for _ in range(3))()  # E: task-model-arg
    by_name = app.send_task
    by_name("other.task", (order,))  # E: task-model-arg
    signature = ship.s(1)
    later = signature.delay
    later(order)  # E: task-model-arg
    with transaction.atomic():
        delay(1)  # E: transaction-dispatch
    get = requests.Session().get
    get(url)  # E: http-timeout
    get(url, timeout=quiet or 3)
    either = ship.delay if quiet else print
    either(1, order)
    row = Order.objects.get
    row(pk=1)


def of_either(order: Order, quiet: bool) -> None:
    # which of them is called does not show
    delay = tell.delay
    if quiet:
        delay = ship.delay
    delay(order.pk)


class Timed(requests.Session):
    def request(self, *args, **options):
        return super().request(*args, timeout=3, **options)


def of_a_subclass(url: str) -> None:
    get = Timed().get
    get(url)


@shared_task
def waits(key: str) -> int:
    get = AsyncResult[int](key).get
    return get()  # E: task-blocking-result
