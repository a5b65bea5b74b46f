from celery import shared_task


@shared_task
def weigh(order_id: int) -> float:
    return order_id / 2


@shared_task
def ship(order_id: int) -> float:
    return weigh.delay(order_id).get()  # row: `get` inside a task
