"""A call in a decorator that a rule looks at, as it looks at those in the decorated function."""

from celery import Celery
from shop.models import Order


def app_of(order: Order) -> Celery:
    return Celery(str(order.pk))


@app_of(Order.objects.create(total=1)).task
def ship(order_id: int) -> None:
    Order.objects.create(total=2)
