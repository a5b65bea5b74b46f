# select: task-failure-unseen
"""A receiver of task_failure, under another name and connected in a function."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import task_failure as failed


@shared_task(autoretry_for=(OSError,))
def seen() -> None: ...


def tell(**kwargs: Any) -> None: ...


def ready() -> None:
    failed.connect(tell)
