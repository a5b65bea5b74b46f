# select: task-model-arg, task-signature
"""Tasks that another module sends by their names."""

from __future__ import annotations

from celery import Task, shared_task
from pydantic import BaseModel
from shop.celery import app


@shared_task
def ship(pk: int) -> None: ...


class Parcel(BaseModel):
    weight: int


@shared_task(pydantic=True)
def weigh(parcel: Parcel) -> None: ...


class Bill(Task):
    def run(self, pk: int) -> None: ...


class Named(Task):
    name = "named"

    def run(self, pk: int) -> None: ...


class NoTask: ...


registered = app.register_task(Bill())
