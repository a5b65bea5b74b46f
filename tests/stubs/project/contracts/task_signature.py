from typing import Any

from celery import Celery, chain, shared_task
from celery.app.task import Task
from celery_once import QueueOnce

app = Celery("shop")


@shared_task
def ship(order_id: int) -> None: ...


@shared_task(bind=True)
def retry(self: Task[[int], None], order_id: int) -> None: ...


@app.task
def weigh(order_id: int) -> float:
    return order_id / 2


@shared_task(base=QueueOnce)
def pack(order_id: int) -> None: ...


class Wrap(QueueOnce[[int], str]):
    def run(self, order_id: int) -> str:
        return str(order_id)


def buy(wrap: Wrap, anything: Any) -> None:
    ship.delay("one")  # row: `delay` of a `@shared_task`
    ship.si()  # row: `si` of a `@shared_task`
    retry.delay("one")  # row: `delay` with `bind=True`, where `self` has its whole type
    wrap.delay("one")  # row: `delay` of a class with `QueueOnce[[int], str]` as its base
    weigh.delay("one")  # row: `delay` of an `@app.task`
    pack.delay("one")  # row: `delay` with `base=QueueOnce`
    ship.apply_async(("one",))  # row: `apply_async`
    ship.s(1, 2)  # row: `s`
    ship.signature(("one",))  # row: `signature`
    app.send_task("contracts.task_signature.ship", ("one",))  # row: `send_task`
    chain(wrap.s(1), ship.s())  # row: a chain whose step does not take the result before it
