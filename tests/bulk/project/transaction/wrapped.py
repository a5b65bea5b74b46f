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


def make(pk: int) -> int:
    ship.delay(pk)
    return pk


@transaction.atomic
def uses(pk: int) -> int:
    make(pk)  # E: transaction-dispatch "partial(make, ...)"
    return make(pk)  # E: transaction-dispatch "there"


def optional(pk: int, notify: bool = True) -> None:
    if notify:
        ship.delay(pk)


@transaction.atomic
def optionals(pk: int) -> None:
    optional(pk)  # E: transaction-dispatch
    optional(pk, notify=False)
    optional(pk, False)


class Notifier:
    def fire(self, pk: int, *, delay: bool = True, quiet: bool = False) -> None:
        if not delay or quiet:
            print(pk)
            return
        ship.delay(pk)

    def go(self, pk: int, send: bool = False, **kw: Any) -> None:
        if send and pk > 3:
            ship.delay(pk)


@transaction.atomic
def switched(n: Notifier, pk: int, kw: Any, flag: bool) -> None:
    n.fire(pk)  # E: transaction-dispatch
    n.fire(pk, delay=True)  # E: transaction-dispatch
    n.fire(pk, delay=False)
    n.fire(pk, quiet=True)
    n.fire(pk, **kw)
    n.fire(pk, delay=flag)
    n.go(pk)
    n.go(pk, True)  # E: transaction-dispatch


def maybe(pk: int | None, names: list[str], force: bool) -> None:
    if not pk:
        return
    if names or force:
        ship.delay(pk)


def forced(pk: int, force: bool, extra: Any = None) -> None:
    if not force:
        raise ValueError
    if extra is None:
        ship.delay(pk)


@transaction.atomic
def maybes(pk: int | None, names: list[str]) -> None:
    maybe(pk, names, False)  # E: transaction-dispatch
    forced(1, False)
    forced(1, force=True)  # E: transaction-dispatch
