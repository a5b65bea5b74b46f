from celery import shared_task


@shared_task(autoretry_for=(OSError,))  # row: retries without backoff
def ship(order_id: int) -> None: ...
