# select: transaction-dispatch
"""Functions that send a task, called in transactions of this and of other modules."""

from functools import partial

from celery import chain
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.celery import app
from shop.models import Order
from transaction import tasks
from transaction.tasks import archive, patient, ship


def notify(order: Order) -> None:
    ship.delay(order.pk)


def notify_if_new(order: Order) -> None:
    if order.status == "new":
        tasks.ship.apply_async((order.pk,))


def notify_late(order: Order) -> None:
    transaction.on_commit(partial(ship.delay, order.pk))


def notify_wisely(order: Order) -> None:
    if connection.in_atomic_block:
        transaction.on_commit(lambda: ship.delay(order.pk))
    else:
        ship.delay(order.pk)


def notify_through_a_canvas(order: Order) -> None:
    chain(archive.s(order.pk), ship.s()).apply_async()


def notify_by_name(order: Order) -> None:
    app.send_task("ship", (order.pk,))


def only_builds(order: Order) -> object:
    return ship.s(order.pk)


def only_defines(order: Order) -> object:
    return lambda: ship.delay(order.pk)


def sends_patiently(order: Order) -> None:
    patient.delay(order.pk)


def calls_a_helper(order: Order) -> None:
    notify(order)


async def notify_async(order: Order) -> None:
    ship.delay(order.pk)


@transaction.atomic
def reported_there(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch


def has_its_own_block(order: Order) -> None:
    with transaction.atomic():
        ship.delay(order.pk)  # E: transaction-dispatch


def imports_inside(order: Order) -> None:
    from transaction.tasks import archive as late

    late.delay(order.pk)


class Courier:
    def send(self, order: Order) -> None:
        ship.s(order.pk).delay()

    @classmethod
    def send_all(cls) -> None:
        ship.delay(1)

    @staticmethod
    def send_one() -> None:
        ship.delay(1)

    @transaction.atomic
    def confirm(self, order: Order) -> None:
        self.send(order)  # E: transaction-dispatch "transaction.on_commit(partial(self.send, ...))"
        transaction.on_commit(partial(self.send, order))
        transaction.on_commit(lambda: self.send(order))

    def check(self, order: Order) -> None:
        self.send(order)


class FastCourier(Courier):
    pass


class LazyCourier(Courier):
    def send(self, order: Order) -> None:
        transaction.on_commit(partial(super().send, order))


def called(order: Order, courier: FastCourier, lazy: LazyCourier) -> None:
    notify(order)
    with transaction.atomic():
        notify(order)  # E: transaction-dispatch "(in line 18) and is called inside a transaction"
        notify_if_new(order)  # E: transaction-dispatch
        notify_late(order)
        notify_wisely(order)
        notify_through_a_canvas(order)  # E: transaction-dispatch
        notify_by_name(order)  # E: transaction-dispatch
        only_builds(order)
        only_defines(order)
        sends_patiently(order)
        calls_a_helper(order)
        reported_there(order)
        has_its_own_block(order)
        imports_inside(order)  # E: transaction-dispatch
        courier.send(order)  # E: transaction-dispatch "transaction.helpers.Courier.send"
        lazy.send(order)
        Courier.send_all()  # E: transaction-dispatch
        Courier.send_one()  # E: transaction-dispatch
        transaction.on_commit(lambda: notify(order))
        transaction.on_commit(partial(notify, order))
        later_defined(order)  # E: transaction-dispatch
    notify(order)


def later_defined(order: Order) -> None:
    ship.delay(order.pk)


async def asynchronous(order: Order) -> None:
    with transaction.atomic():
        await notify_async(order)  # E: transaction-dispatch


@receiver(post_save, sender=Order)
def on_save(sender: type[Order], instance: Order, **kwargs: object) -> None:
    notify(instance)  # E: transaction-dispatch "in a receiver of"
