# select: task-guard
"""How a task comes to its row, and what it asks of it."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from shop.models import Customer, Order


@shared_task
def expects_none(order_id: int) -> None:
    try:
        order = Order.objects.get(pk=order_id)
    except Order.DoesNotExist:
        return
    if order.status == "open":  # E: task-guard
        print(order)


@shared_task
def two_rows(order_id: int, customer_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        return
    if order.status != "open":  # E: task-guard "order"
        return
    print(order, customer)


@shared_task
def asks_for_other_rows(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    if order.lines.exists():
        print(order)


@shared_task
def loads_no_row(key: str, values: dict[str, Any]) -> None:
    value = values.get(key)
    if value.ready:
        print(value)
