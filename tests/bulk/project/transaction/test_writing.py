"""Tests are left alone."""

from shop.models import Customer, Order


def test_orders(order: Order, customer: Customer) -> None:
    order.save()
    customer.save()
