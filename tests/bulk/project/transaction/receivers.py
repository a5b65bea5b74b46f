# select: transaction-dispatch
"""Receivers of signals, and the methods of a model that write it."""

from functools import partial
from typing import Any

from django.apps import AppConfig
from django.core.signals import request_finished
from django.db import connection, models, transaction
from django.db.models import signals
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_delete, pre_save
from django.db.models.signals import post_save as saved
from django.dispatch import Signal, receiver

from shop.models import Book, Order
from transaction.tasks import archive, ship

paid = Signal()


@receiver(post_save, sender=Order)
def on_save(sender: type[Order], instance: Order, created: bool, **kwargs: Any) -> None:
    if created:
        ship.delay(instance.pk)  # E: transaction-dispatch "in a receiver of"
    transaction.on_commit(partial(ship.delay, instance.pk))
    transaction.on_commit(lambda: ship.delay(instance.pk))
    ship.delay_on_commit(instance.pk)


@receiver(post_save, sender=Book)
def on_save_wisely(sender: type[Book], instance: Book, **kwargs: Any) -> None:
    if connection.in_atomic_block:
        transaction.on_commit(partial(ship.delay, instance.pk))
    else:
        ship.delay(instance.pk)


@receiver([pre_save, post_delete], sender=Order)
def on_several(sender: type[Order], instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)  # E: transaction-dispatch "in a receiver of"


@receiver((pre_delete, m2m_changed))
def on_tuple(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)  # E: transaction-dispatch


@receiver(signals.pre_delete, sender=Book, dispatch_uid="books")
def on_attribute(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)  # E: transaction-dispatch


@receiver(signal=models.signals.m2m_changed, sender=Book.editors.through)
def by_keyword(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)  # E: transaction-dispatch


@receiver(request_finished)
@receiver(saved)
def on_both(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)  # E: transaction-dispatch


@receiver(paid)
@receiver(request_finished)
@receiver(post_init)
def on_other_signals(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)


def connected(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)  # E: transaction-dispatch "in a receiver of"


def connected_elsewhere(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)  # E: transaction-dispatch


def connected_to_ours(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)


def not_connected(sender: Any, **kwargs: Any) -> None:
    archive.delay(1)


post_delete.connect(connected, sender=Order)
paid.connect(connected_to_ours)
signals.post_save.connect(lambda sender, **kwargs: archive.delay(1))  # E: transaction-dispatch


class ShopConfig(AppConfig):
    def ready(self) -> None:
        pre_save.connect(receiver=connected_elsewhere, sender=Order)
        post_save.connect(self.on_order)
        post_save.connect(ShopConfig.on_book, sender=Book)

    def on_order(self, sender: Any, **kwargs: Any) -> None:
        archive.delay(1)  # E: transaction-dispatch

    @staticmethod
    def on_book(sender: Any, **kwargs: Any) -> None:
        archive.delay(1)  # E: transaction-dispatch

    def on_nothing(self, sender: Any, **kwargs: Any) -> None:
        archive.delay(1)


class Invoice(models.Model):
    total = models.IntegerField(default=0)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        ship.delay(self.pk)  # E: transaction-dispatch "Invoice.save"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        archive.delay(self.pk)  # E: transaction-dispatch
        return super().delete(*args, **kwargs)

    async def asave(self, *args: Any, **kwargs: Any) -> None:
        await super().asave(*args, **kwargs)
        ship.delay(self.pk)  # E: transaction-dispatch

    def pay(self) -> None:
        self.save()
        ship.delay(self.pk)


class Patient(models.Model):
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        transaction.on_commit(lambda: ship.delay(self.pk))


class Document:
    def save(self) -> None:
        ship.delay(1)

    def delete(self) -> None:
        ship.delay(1)


@receiver(sender=Order, signal=post_save)
def order_received(sender: Any, **kwargs: Any) -> None:
    ship.delay(1)  # E: transaction-dispatch


def order_connected(sender: Any, **kwargs: Any) -> None:
    ship.delay(1)  # E: transaction-dispatch


post_save.connect(sender=Order, receiver=order_connected)


CHANGES = (post_save, post_delete)


@receiver(CHANGES, sender=Order)
def order_changed(sender: Any, **kwargs: Any) -> None:
    ship.delay(1)  # E: transaction-dispatch
