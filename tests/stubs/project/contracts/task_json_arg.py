from datetime import timedelta
from typing import Any

from celery import shared_task
from redbeat import RedBeatSchedulerEntry


@shared_task
def ship(order_ids: list[int], options: Any) -> None: ...


ship.delay({1, 2}, None)  # row: `delay` of a set, the parameter says `list[int]`
ship.delay([1], timedelta(1))  # row: `delay` of a `timedelta`, the parameter says nothing
ship.apply_async(([1], timedelta(1)))  # row: `apply_async(args=...)`
RedBeatSchedulerEntry("ship", "shop.ship", 60, args=[[1], timedelta(1)])  # row: `RedBeatSchedulerEntry(args=...)`
