# select: transaction-dispatch
"""Helpers of another module."""

from functools import partial

from django.db import transaction

from shop.models import Order
from transaction import helpers
from transaction.helpers import Courier, notify as tell, notify_late


@transaction.atomic
def confirm(order: Order, courier: Courier) -> None:
    tell(order)  # E: transaction-dispatch "transaction.helpers.notify"
    helpers.notify_if_new(order)  # E: transaction-dispatch
    notify_late(order)
    courier.send(order)  # E: transaction-dispatch
    helpers.calls_a_helper(order)
    transaction.on_commit(partial(tell, order))
    transaction.on_commit(lambda: courier.send(order))


def outside(order: Order) -> None:
    tell(order)
