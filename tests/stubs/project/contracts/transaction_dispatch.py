from celery import shared_task
from django.db import transaction


@shared_task
def ship(order_id: int) -> None: ...


@transaction.atomic
def buy(order_id: int) -> None:
    ship.delay(order_id)  # row: `delay` inside `atomic`
