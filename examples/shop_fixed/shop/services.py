from celery import chain
from django.db import transaction
from django.db.models import F

from shop.models import Book, Customer, Order, OrderLine, Payment
from shop.tasks import (
    confirm_order,
    give_reward,
    remind_customer,
    request_label,
    restock,
    send_welcome,
    tell_customer,
    wrap_gift,
)


def register(email: str, name: str) -> Customer:
    customer, created = Customer.objects.get_or_create(email=email, defaults={"name": name})
    if created:
        send_welcome.delay_on_commit(customer.pk)
    return customer


@transaction.atomic
def place_order(customer_id: int, quantities: dict[int, int]) -> Order:
    order = Order.objects.create(customer_id=customer_id)
    books: dict[int, Book] = Book.objects.in_bulk(quantities)
    OrderLine.objects.bulk_create(
        OrderLine(order=order, book=book, quantity=quantities[book.pk], price=book.price) for book in books.values()
    )
    for book in books.values():
        book.stock = F("stock") - quantities[book.pk]
    Book.objects.bulk_update(books.values(), ["stock"])
    confirm_order.delay_on_commit(order.pk)
    return order


@transaction.atomic
def pay_order(order_id: int) -> Order:
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status == Order.Status.OPEN:
        order.status = Order.Status.PAID
        order.save(update_fields=["status"])
        Payment.objects.create(order=order, amount=order.total())
        give_reward.delay_on_commit(order_id, round(order.total()))
    return order


@transaction.atomic
def pack_as_gifts(order_ids: list[int]) -> None:
    Order.objects.filter(pk__in=order_ids).update(gift=True)
    for order_id in order_ids:
        wrap_gift.delay_on_commit(order_id)


def ship_order(order_id: int) -> None:
    chain(request_label.si(order_id), tell_customer.si(order_id)).delay()


def remind_later(order_id: int) -> None:
    remind_customer.apply_async(kwargs={"order_id": order_id}, countdown=24 * 60 * 60)


@transaction.atomic
def cancel_order(order_id: int) -> Order:
    order = Order.objects.select_for_update().get(pk=order_id)
    order.status = Order.Status.CANCELLED
    order.save(update_fields=["status"])
    order.payments.all().delete()
    restock.delay_on_commit(order_id)
    return order
