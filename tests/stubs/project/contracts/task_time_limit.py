from celery import shared_task


@shared_task  # row: no time limit
def ship(order_id: int) -> None: ...
