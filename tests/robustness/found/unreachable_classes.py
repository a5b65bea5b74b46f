"""mypy does not analyse blocks for other versions: their classes have no information."""

import sys
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from shop.models import Order
else:

    class Order(models.Model):
        total = models.IntegerField()

        def save(self):
            raise NotImplementedError


if sys.version_info < (3, 8):

    class Gone:
        def __init__(self, order):
            self.order = order

        def send(self):
            self.order.save()


def save(order: Order) -> None:
    if sys.platform == "plan9":

        class Local:
            def send(self): ...

    order.save()
