# select: transaction-dispatch
"""Functions handed to on_commit in a loop."""

from functools import partial

from django.db import connection, transaction

from shop.models import Order
from transaction.tasks import ship


def in_a_transaction(orders: list[Order]) -> None:
    with transaction.atomic():
        for order in orders:
            transaction.on_commit(lambda: ship.delay(order.pk))  # E: transaction-dispatch "is the last one"
            transaction.on_commit(partial(ship.delay, order.pk))
            transaction.on_commit(ship.s(order.pk).delay)
            transaction.on_commit(lambda order_id=order.pk: ship.delay(order_id))  # type: ignore[misc]
            transaction.on_commit(lambda: ship.delay(1))

        for index, order in enumerate(orders):
            transaction.on_commit(lambda: print(index))  # E: transaction-dispatch
            pk = order.pk
            transaction.on_commit(lambda: ship.delay(pk))  # E: transaction-dispatch "is the last one"
            fixed = 3
            transaction.on_commit(lambda: ship.delay(fixed))
            connection.on_commit(lambda: ship.delay(pk))  # E: transaction-dispatch

            def send() -> None:  # E: transaction-dispatch
                ship.delay(order.pk)

            transaction.on_commit(send)

        [transaction.on_commit(lambda: ship.delay(one.pk)) for one in orders]  # E: transaction-dispatch
        transaction.on_commit(lambda: [ship.delay(one.pk) for one in orders])
        for order in orders:
            pass
        transaction.on_commit(lambda: ship.delay(order.pk))


def outside(orders: list[Order]) -> None:
    # Without a transaction each runs at once; with one in each turn, at the end of the turn.
    for order in orders:
        transaction.on_commit(lambda: ship.delay(order.pk))
    for order in orders:
        with transaction.atomic():
            order.save()
            transaction.on_commit(lambda: ship.delay(order.pk))


@transaction.atomic
def decorated(orders: list[Order]) -> None:
    for order in orders:
        with transaction.atomic():
            transaction.on_commit(lambda: ship.delay(order.pk))  # E: transaction-dispatch
        if order.total:
            continue
        for line in range(3):
            transaction.on_commit(lambda: print(line))  # E: transaction-dispatch
            transaction.on_commit(lambda: print(order))  # E: transaction-dispatch


@transaction.atomic
def left_in_the_first_turn(orders: list[Order], groups: list[list[Order]]) -> None:
    # what ends the loop leaves its variable as it is
    for order in orders:
        if order.total:
            transaction.on_commit(lambda: ship.delay(order.pk))
            break
    for group in groups:
        for order in group:
            transaction.on_commit(lambda: ship.delay(order.pk))
            break
    for group in groups:
        for order in group:
            transaction.on_commit(lambda: print(group))  # E: transaction-dispatch
            break
    for group in groups:
        for order in group:
            transaction.on_commit(lambda: ship.delay(order.pk))  # E: transaction-dispatch
        break
    for order in orders:
        transaction.on_commit(lambda: ship.delay(order.pk))  # E: transaction-dispatch
        if order.total:
            return
    for order in orders:
        if order.total:
            transaction.on_commit(lambda: ship.delay(order.pk))
            return
