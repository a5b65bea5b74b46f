from urllib.request import urlopen

from celery import shared_task


@shared_task
def ship(url: str) -> None:
    urlopen(url, timeout=30)  # row: an HTTP call in a task that does not retry
