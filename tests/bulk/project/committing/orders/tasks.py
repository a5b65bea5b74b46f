# select: transaction-dispatch, task-signature
from __future__ import annotations

from celery import Task, shared_task

from committing.celery import app


@app.task
def ship(pk: int) -> None: ...


@shared_task
def tell(pk: int) -> None: ...


@shared_task(bind=True)
def fetch(self, pk: int) -> None: ...


@app.task(base=Task)
def at_once(pk: int) -> None: ...
