# select: transaction-dispatch
from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from shop.models import Order, OrderLine

from transaction.tasks import ship
from transaction.wrappers import (
    AfterCommit,
    after_commit,
    after_commit_of,
    after_commit_untyped,
    logged,
    not_atomic,
    traced_atomic,
)


@receiver(post_save, sender=Order)
@after_commit
def r1(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)


@receiver(post_save, sender=Order)
@after_commit_untyped
def r2(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)


@receiver([post_save, post_delete], sender=Order)
@after_commit_of("default")
def r3(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)


@receiver(post_save, sender=Order)
@AfterCommit
def r4(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)


@receiver(post_save, sender=Order)
@logged
def r5(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)  # E: transaction-dispatch


@after_commit
@receiver(post_save, sender=Order)
def r6(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)  # E: transaction-dispatch


@after_commit
def r7(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)


@logged
def r8(sender: Any, instance: Order, **kwargs: Any) -> None:
    ship.delay(instance.pk)  # E: transaction-dispatch


post_save.connect(r7, sender=OrderLine)
post_save.connect(r8, sender=OrderLine)


@after_commit
def notify(pk: int) -> None:
    ship.delay(pk)


@logged
def notify_now(pk: int) -> None:
    ship.delay(pk)


@transaction.atomic
@after_commit
def both(pk: int) -> None:
    ship.delay(pk)


@after_commit
@transaction.atomic
def both2(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@transaction.atomic
def place(pk: int) -> None:
    notify(pk)
    notify_now(pk)  # E: transaction-dispatch


def traced(pk: int) -> None:
    with traced_atomic("x"):
        ship.delay(pk)  # E: transaction-dispatch
    with not_atomic():
        ship.delay(pk)
    ship.delay(pk)


@traced_atomic()
def traced2(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch
