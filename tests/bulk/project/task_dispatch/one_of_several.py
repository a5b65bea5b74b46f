# select: task-model-arg, task-signature, task-blocking-result, transaction-dispatch
"""Tasks of different parameters in one variable, attribute or container: what is sent is judged all the same."""

from __future__ import annotations

from typing import Any

from celery import Task, chain, group, shared_task
from django.db import transaction

from shop.celery import app
from shop.models import Order


@app.task
def ship(pk: int) -> int:
    return pk


@app.task
def tell(address: str, loud: bool = False) -> str:
    return address


@shared_task(bind=True)
def bill(self: Task[..., None], pk: int, amount: float) -> None: ...


BY_NAME = {"ship": ship, "tell": tell}
ALL = [ship, tell, bill]


def containers(name: str, order: Order) -> None:
    BY_NAME[name].delay(order.pk)
    BY_NAME[name].delay(order)  # E: task-model-arg
    BY_NAME[name].apply_async((order,))  # E: task-model-arg
    BY_NAME[name].delay_on_commit(order.pk)
    for task in ALL:
        task.delay(order)  # E: task-model-arg
        with transaction.atomic():
            task.delay(order.pk)  # E: transaction-dispatch


def variables(kind: str, order: Order) -> None:
    if kind == "ship":
        task = ship
        task.apply_async((order.pk,))
    elif kind == "tell":
        task = tell
        task.apply_async(("x",))
        task.apply_async((1,))  # E: task-signature
    else:
        task = bill
    task.apply_async((order.pk,))
    task.delay(order)  # E: task-model-arg


def lists(order: Order) -> None:
    steps = []
    steps.append(ship.si(order.pk))
    steps.append(tell.si(order))  # E: task-model-arg
    steps.append(tell.s(loud="x"))  # E: task-signature
    chain(*steps)()
    group(steps).delay()


class Sender:
    task = ship

    def send(self, order: Order) -> None:
        self.task.delay(order.pk)
        self.task.delay(order)  # E: task-model-arg
        self.task.apply_async(("x",))  # E: task-signature


class Teller(Sender):
    task = tell


class Biller(Sender):
    task = bill

    def send_again(self, order: Order) -> None:
        self.task.delay(order)  # E: task-model-arg


@shared_task
def waits(flag: bool, options: dict[str, Any]) -> None:
    if flag:
        result = ship.delay(1)
    else:
        result = tell.delay("x")
    result.get()  # E: task-blocking-result
    results = []
    results.append(ship.delay(1))
    results.append(tell.delay("x"))
    for one in results:
        one.get()  # E: task-blocking-result
    options.get("x")
