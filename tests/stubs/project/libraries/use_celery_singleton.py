from typing import Any, assert_type

from celery import Celery, shared_task
from celery.result import AsyncResult
from celery_singleton import DuplicateTaskError, Singleton, clear_locks
from celery_singleton.backends import BaseBackend

from shop.models import Order

app = Celery("shop")


@shared_task(base=Singleton, unique_on=["order_id"], lock_expiry=60)
def ship(order_id: int) -> str:
    return str(order_id)


# celery-types drops the parameters where base= is given; mypy_deckrules restores them.
ship_task: Singleton[..., Any] = ship
assert_type(ship.delay(1), AsyncResult[Any])
assert_type(ship.generate_lock("shop.ship", [1], {"speed": None}), str)
assert_type(ship.lock_and_run("lock", task_id="id"), AsyncResult[Any] | None)
assert_type(ship.singleton_backend, BaseBackend)
ship.release_lock([1, {"a": [True]}])
clear_locks(app)


class Pack(Singleton[[int], str]):
    unique_on = "order_id"
    raise_on_duplicate = True
    lock_expiry = 60

    def run(self, order_id: int) -> str:
        return str(order_id)


pack = Pack()
assert_type(pack.delay(1), AsyncResult[str])
assert_type(pack.apply_async((1,)), AsyncResult[str])
assert_type(pack.on_duplicate("id"), AsyncResult[str])


def duplicate(error: DuplicateTaskError) -> None:
    assert_type(error.task_id, str)


class Backend(BaseBackend):
    def lock(self, lock: str, task_id: str, expiry: int | None = None) -> bool:
        return True

    def unlock(self, lock: str) -> None: ...
    def get(self, lock: str) -> str | None:
        return None

    def clear(self, key_prefix: str) -> None: ...


def refused(order: Order) -> None:
    ship.dealy(1)  # E
    pack.delay("one")  # E
    pack.delay()  # E
    ship.generate_lock("shop.ship", [order])  # E
    ship.release_lock(task_kwargs={"order": order})  # E
    ship.aquire_lock("lock")  # E
    clear_locks("shop")  # E
    DuplicateTaskError("queued")  # E
    BaseBackend()  # E
