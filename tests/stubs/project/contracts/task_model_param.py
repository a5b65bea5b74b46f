from celery import shared_task

from shop.models import Order


@shared_task
def ship(order: Order) -> None:  # row: a task's parameter is a model
    order.save()
