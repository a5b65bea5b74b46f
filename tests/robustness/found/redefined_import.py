"""A class with the name of an imported one: mypy knows the name for the imported one, which comes from its cache."""

from celery import Celery
from shop.models import Customer, Order

app = Celery("shop")


class Order(Order):
    pass


class Customer(app.Task):
    pass
