from celery import shared_task


@shared_task
def ship(order_ids: set[int]) -> None: ...  # row: a task's parameter is a `set`
