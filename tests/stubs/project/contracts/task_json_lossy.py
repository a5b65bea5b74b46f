from celery import shared_task


@shared_task
def ship(weights: dict[int, float]) -> None: ...  # row: a parameter comes back as another type
