"""Calls in a block that mypy does not analyse, inside a function that it does."""

import sys

from celery import shared_task
from shop.models import Order


@shared_task
def ship(order_id: int) -> None: ...


def send(order: Order) -> None:
    if sys.version_info < (3,):
        ship.delay(order.pk)
    else:
        ship.apply_async((order.pk,))
