"""Methods that are not written to their end: they take nothing, not even the object."""

from celery import Task, shared_task
from django.db import models


class Sender:
    def __init__():
        self.order = order

    def send():
        self.order.save()


class Order(models.Model):
    def save():
        super().save()
        ship.delay()


class Base(Task):
    def run():
        pass

    def on_failure():
        pass

    def apply_async():
        pass


@shared_task(bind=True, base=Base)
def ship() -> None:
    self.retry()
