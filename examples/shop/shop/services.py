from celery import chain
from django.db import transaction

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


def register(email, name):  # E: service-return
    customer, created = Customer.objects.get_or_create(email=email, defaults={"name": name})  # E: race-get-or-create
    if created:
        send_welcome.delay(customer)  # E: task-model-arg
    return customer


@transaction.atomic
def place_order(customer_id, quantities):  # E: service-return
    order = Order.objects.create(customer_id=customer_id)
    for book_id, quantity in quantities.items():
        book = Book.objects.get(pk=book_id)  # E: query-in-loop
        OrderLine.objects.create(order=order, book=book, quantity=quantity, price=book.price)  # E: query-create-in-loop
        book.stock -= quantity  # E: race-read-modify-write
        book.save()
    confirm_order.delay(order.pk)  # E: transaction-dispatch
    return order


def pay_order(order_id):  # E: service-return
    order = Order.objects.get(pk=order_id)
    if order.status == Order.Status.OPEN:  # E: race-check-then-act
        order.status = Order.Status.PAID
        order.save()
        Payment.objects.create(order=order, amount=order.total())  # E: transaction-missing
        give_reward.delay(order_id, round(order.total()))
    return order


@transaction.atomic
def pack_as_gifts(order_ids):  # E: service-return
    Order.objects.filter(pk__in=order_ids).update(gift=True)
    for order_id in order_ids:
        transaction.on_commit(lambda: wrap_gift.delay(order_id))  # E: transaction-dispatch


def ship_order(order_id):  # E: service-return
    chain(request_label.s(order_id), tell_customer.s(order_id)).delay()  # E: task-signature


def remind_later(order_id):  # E: service-return
    remind_customer.apply_async(kwargs={"order": order_id}, countdown=24 * 60 * 60)  # E: task-signature


def cancel_order(order_id):  # E: service-return
    order = Order.objects.get(pk=order_id)
    order.status = Order.Status.CANCELLED
    order.save()
    order.payments.all().delete()  # E: transaction-missing
    restock.delay({line.book_id: line.quantity for line in order.lines.all()})
    return order
