# select: transaction-dispatch, transaction-missing
"""The tasks that the marked programs of this family send."""

from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import transaction

from shop.celery import app


@shared_task
def ship(order_id: int) -> None: ...


@shared_task(bind=True)
def bill(self: Any, order_id: int) -> None: ...


@app.task
def archive(order_id: int) -> int:
    return order_id


class CommittedTask(Task[Any, Any]):
    """Waits for the commit by itself."""

    def apply_async(self, *args: Any, **options: Any) -> Any:
        transaction.on_commit(partial(super().apply_async, *args, **options))


class QuietTask(CommittedTask):
    pass


class LoudTask(Task[Any, Any]):
    """Overrides apply_async and does not wait."""

    def apply_async(self, *args: Any, **options: Any) -> Any:
        print("sent", args)
        return super().apply_async(*args, **options)


@shared_task(base=CommittedTask)
def patient(order_id: int) -> None: ...


@shared_task(base=QuietTask)
def quiet(order_id: int) -> None: ...


@shared_task(base=LoudTask)
def loud(order_id: int) -> None: ...
