from datetime import datetime
from typing import Any, assert_type

from celery import Celery, shared_task
from celery.result import AsyncResult
from celery_once import AlreadyQueued, QueueOnce
from celery_once.backends import File
from celery_once.helpers import queue_once_key

app = Celery("shop")


@shared_task(base=QueueOnce, once={"graceful": True, "keys": ["order_id"]})
def ship(order_id: int) -> str:
    return str(order_id)


@app.task(base=QueueOnce, bind=True)
def weigh(self: QueueOnce[..., Any], order_id: int) -> float:
    return self.default_timeout / order_id


# celery-types drops the parameters where base= is given; mypy_deckrules restores them.
ship_task: QueueOnce[..., Any] = ship
weigh_task: QueueOnce[..., Any] = weigh
assert_type(ship.delay(1), AsyncResult[Any])
ship.apply_async([1], once={"graceful": False, "timeout": 60}, countdown=3)
ship.apply_async((1,), {"speed": 2}, eta=datetime.now(), queue="slow")
assert_type(ship.get_key([1]), str)
assert_type(ship.unlock_before_run(), bool)


class Pack(QueueOnce[[int], str]):
    once = {"graceful": True, "unlock_before_run": True}

    def run(self, order_id: int) -> str:
        return str(order_id)


class Loose(QueueOnce):
    def run(self, order_id: int) -> None: ...


pack = Pack()
assert_type(pack.delay(1), AsyncResult[str])
assert_type(pack.apply_async((1,), once={"timeout": 5}), AsyncResult[str])


def queued(error: AlreadyQueued) -> None:
    assert_type(error.countdown, float)
    assert_type(queue_once_key("shop.ship", {"order_id": 1}), str)
    File({"location": "locks"}).raise_or_lock("key", timeout=60)


def refused(task: QueueOnce[[int], str]) -> None:
    ship.dealy(1)  # E
    weigh.dealy(1)  # E
    pack.delay("one")  # E
    pack.delay()  # E
    task.delay(1, 2)  # E
    ship.apply_async([1], once={"gracefull": True})  # E
    ship.apply_async([1], once={"timeout": "an hour"})  # E
    ship.apply_async([1], onec={"timeout": 3})  # E
    ship.get_key(1)  # E
    ship.once = {"keys": 1}  # E
    AlreadyQueued()  # E
