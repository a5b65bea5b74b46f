from typing import Any

from celery import Celery, shared_task
from django_celery_beat.models import PeriodicTask
from redbeat import RedBeatSchedulerEntry

from shop.models import Order

app = Celery("shop")


@shared_task
def ship(order_id: int) -> None: ...


@app.task
def weigh(order_id: int) -> None: ...


@shared_task
def pack(order_id: Any) -> None: ...


def buy(order: Order) -> None:
    ship.delay(order)  # row: `delay` of a `@shared_task` whose parameter says `int`
    ship.si(order)  # row: `si` of it
    weigh.delay(order)  # row: `delay` of an `@app.task` whose parameter says `int`
    pack.delay(order)  # row: `delay` of a task whose parameter says nothing
    ship.apply_async(args=(order,))  # row: `apply_async(args=...)`
    ship.s(order)  # row: `s`
    app.send_task("shop.ship", kwargs={"order": order})  # row: `send_task`
    RedBeatSchedulerEntry("ship", "shop.ship", 60, args=[order])  # row: `RedBeatSchedulerEntry(args=...)`
    PeriodicTask(name="ship", task="shop.ship", kwargs={"order": order})  # row: `PeriodicTask(kwargs=...)`
