from celery import shared_task


@shared_task
def ship(order_id: int) -> set[int]:  # row: a task returns a `set`
    return {order_id}
