# select: task-no-retry
"""What counts as a retry, and as a failure that is caught."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import requests
from celery import current_task, shared_task

URL = "https://example.org"


@shared_task  # E: task-no-retry
def retries_something_else(pk: int, queue: Any) -> None:
    requests.get(URL, timeout=3)
    queue.retry(pk)


@shared_task
def retries_itself() -> None:
    if requests.get(URL, timeout=3).status_code >= 500:
        current_task.retry()


@shared_task(bind=True)
def retries_unannotated(self, pk):
    try:
        requests.get(URL, timeout=3)
    except requests.Timeout as error:
        raise self.retry(exc=error)


@shared_task
def suppresses() -> None:
    with suppress(requests.RequestException):
        requests.get(URL, timeout=3)


@shared_task  # E: task-no-retry
def suppresses_a_part() -> None:
    with suppress(requests.Timeout):
        requests.get(URL, timeout=3)


@shared_task(autoretry_for=(Exception,), dont_autoretry_for=(requests.RequestException,))  # E: task-no-retry
def excepted() -> None:
    requests.get(URL, timeout=3)
