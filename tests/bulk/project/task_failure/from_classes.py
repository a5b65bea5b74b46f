# select: task-time-limit, task-retry-policy, task-acks-late
"""Options that a class in another module, a constant, or a 0 sets."""

from __future__ import annotations

from celery import shared_task
from django.core.mail import send_mail
from shop.models import Customer
from task_failure.task_classes import Eager, Short

HARD = 5 * 60
SOFT = 4 * 60


@shared_task(time_limit=HARD, soft_time_limit=SOFT)
def below() -> None: ...


@shared_task(time_limit=SOFT, soft_time_limit=HARD)  # E: task-time-limit "killed at time_limit=240"
def above() -> None: ...


@shared_task(base=Short, soft_time_limit=40)  # E: task-time-limit, task-retry-policy
def above_the_class() -> None: ...


@shared_task(time_limit=0)  # E: task-time-limit
def no_limit() -> None: ...


@shared_task(time_limit=30, autoretry_for=(OSError,), retry_backoff=0)  # E: task-retry-policy
def no_backoff() -> None: ...


@shared_task(base=Eager, time_limit=30)  # E: task-retry-policy "retry_backoff=900 starts there"
def early(customer_id: int) -> None:
    send_mail("a", "b", None, [Customer.objects.get(pk=customer_id).email])
