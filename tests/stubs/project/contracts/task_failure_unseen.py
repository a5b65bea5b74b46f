from celery import shared_task


@shared_task(autoretry_for=(OSError,), retry_backoff=True)  # row: nobody sees the last failure
def ship(order_id: int) -> None: ...
