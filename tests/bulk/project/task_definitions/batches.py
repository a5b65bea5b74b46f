"""Tasks of celery_batches: the function is given a list of requests, a call sends what one request holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, assert_type

import requests as http
from celery import Celery, chain, group, shared_task, signature
from celery.result import AsyncResult
from celery_batches import Batches, SimpleRequest
from django.db import transaction
from shop.models import Order

app = Celery("shop")
app.conf.task_time_limit = 60


@shared_task(base=Batches, flush_every=100, flush_interval=10)
def count(requests: list[SimpleRequest]) -> None:  # not a parameter that callers give
    for request in requests:
        print(request.args)


@app.task(base=Batches, bind=True)
def bound(self: Batches[..., Any], requests: list[SimpleRequest]) -> None: ...


@app.task(bind=True, base=Batches)
def bound_untyped(self, requests: list[SimpleRequest]) -> None: ...


class Often(Batches):
    flush_every = 3


@shared_task(base=Often)
def often(requests: list[SimpleRequest]) -> None: ...


# The worker logs what the function returns, and stores nothing.
@shared_task(base=Batches)
def returning(requests: list[SimpleRequest]) -> set[Order]:
    return set()


@shared_task(base=Batches)  # E: task-untyped
def unannotated(requests) -> None: ...


class Clicks(Batches[[int, str], int]):
    """Says what a call sends."""

    def run(self, requests: list[SimpleRequest]) -> int:
        return len(requests)


class Views(Batches):
    """Says nothing of it."""

    def run(self, requests: list[SimpleRequest]) -> int:
        return len(requests)


# Retries do nothing in a batch: what fails is logged.
@shared_task(base=Batches, autoretry_for=(Exception,), retry_jitter=False)
def fetch(requests: list[SimpleRequest]) -> None:
    http.get("https://example.com", timeout=3)


# The message is acknowledged late all the same.
@shared_task(base=Batches, acks_late=True)  # E: task-acks-late
def late(requests: list[SimpleRequest]) -> None:
    Order.objects.create(status=requests[0].args[0])


def send(order: Order) -> None:
    # any arguments, and any result
    assert_type(count.delay(1, "a", loud=True), AsyncResult[Any])
    bound.delay(1)
    bound_untyped.delay(1, 2, 3)
    often.delay()
    count.apply_async((1, "a"), {"loud": True})
    count.apply_async(kwargs={"requests": 1})
    bound.s(1, 2)
    often.si(1, 2)
    count.signature((1,), {"a": 1})
    bound_untyped.signature((1, 2))
    signature("task_definitions.batches.count", args=(1, 2))
    app.send_task("task_definitions.batches.count", args=(1, 2))
    count.chunks([(1, 2), (3, 4)], 10)
    group(count.s(i) for i in range(3))
    chain(often.si(1), count.s(2)).delay()
    # the function called with its list
    count([])
    bound([])
    returning([]).add(order)
    Clicks()([])
    # what is sent is judged
    count.delay(order)  # E: task-model-arg "; send its primary key"
    count.delay(1, {1, 2})  # E: task-json-arg "which cannot be encoded as JSON"
    bound.delay(timedelta(1))  # E: task-json-arg
    bound_untyped.apply_async((order,))  # E: task-model-arg
    often.s(order)  # E: task-model-arg
    often.apply_async(kwargs={"requests": [order]})  # E: task-model-arg
    count.signature((order,))  # E: task-model-arg
    count.delay(requests={1})  # E: task-json-arg
    app.send_task("task_definitions.batches.count", args=(order,))  # E: task-model-arg
    # and the parameters, where the class says them
    Clicks().delay(1, "a")
    Clicks().apply_async((1, "a"))
    Clicks().apply_async((1,))  # E: task-signature "not sent its parameter"
    Clicks().apply_async(("a", "b"))  # E: task-signature "which takes"
    Clicks().s("a", "b")  # E: task-signature
    Clicks().delay(1, order)  # type: ignore[arg-type]  # E: task-model-arg
    Views().delay(1)
    Views().apply_async((1, 2, 3))
    Views().apply_async((order,))  # E: task-model-arg
    with transaction.atomic():
        count.delay(1)  # E: transaction-dispatch
