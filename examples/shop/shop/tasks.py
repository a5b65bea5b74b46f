import logging
from datetime import timedelta

import requests
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from shop.celery import app, background
from shop.models import Book, Customer, Order, Reward
from shop.prices import PriceList

SENDER = "shop@example.com"
log = logging.getLogger(__name__)


@shared_task  # E: task-time-limit, task-untyped
def send_welcome(customer):
    send_mail("Welcome", f"Hello {customer.name}!", SENDER, [customer.email])


@shared_task  # E: task-time-limit, task-untyped
def confirm_order(order_id):
    order = Order.objects.get(pk=order_id)
    send_mail("Your order", f"We received your order {order_id}.", SENDER, [order.customer.email])


@shared_task  # E: task-no-retry, task-time-limit, task-untyped
def request_label(order_id):
    response = requests.post(f"{settings.CARRIER_URL}/labels", json={"order": order_id})  # E: http-timeout
    tracking = response.json()["tracking"]
    Order.objects.filter(pk=order_id).update(status=Order.Status.SHIPPED, tracking=tracking)
    return tracking


@app.task  # E: task-time-limit, task-untyped
def tell_customer(order_id):
    order = Order.objects.get(pk=order_id)
    send_mail("On its way", f"Track it: {order.tracking}", SENDER, [order.customer.email])


@shared_task  # E: task-time-limit
def remind_customer(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    send_mail("Still interested?", f"Order {order_id} is not paid yet.", SENDER, [order.customer.email])


@shared_task  # E: task-time-limit
def wrap_gift(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    if order.gift:  # E: task-guard
        log.info("Wrap order %s in gold paper", order_id)


@shared_task  # E: task-time-limit
def thank_customer(customer: Customer) -> None:  # E: task-model-param
    send_mail("Thank you", f"{customer.name}, you are our best customer.", SENDER, [customer.email])


@shared_task(acks_late=True)  # E: task-acks-late, task-time-limit
def give_reward(order_id: int, points: int) -> None:
    Reward.objects.create(order_id=order_id, points=points)


@shared_task  # E: task-time-limit
def restock(quantities: dict[int, int]) -> None:  # E: task-json-lossy
    for book in Book.objects.filter(pk__in=quantities):
        book.stock += quantities[book.pk]  # E: race-read-modify-write
        book.save()


@shared_task(autoretry_for=(requests.RequestException,))  # E: task-failure-unseen, task-retry-policy, task-time-limit
def update_prices() -> None:
    for book_id, price in PriceList(settings.PRICES_URL).latest().items():
        Book.objects.filter(pk=book_id).update(price=price)


@background  # E: task-time-limit, task-untyped
def reorder(book_ids):
    for title in Book.objects.filter(pk__in=book_ids).values_list("title", flat=True):
        log.info("Reorder %s", title)


@shared_task  # E: task-time-limit
def cancel_unpaid(older_than: timedelta) -> None:  # E: task-json-param
    unpaid = Order.objects.filter(status=Order.Status.OPEN, placed_at__lt=timezone.now() - older_than)
    unpaid.update(status=Order.Status.CANCELLED)


@shared_task  # E: task-time-limit
def find_unpaid(days: int) -> set[int]:  # E: task-json-result
    unpaid = Order.objects.filter(status=Order.Status.OPEN, placed_at__lt=timezone.now() - timedelta(days=days))
    return set(unpaid.values_list("pk", flat=True))


@shared_task  # E: task-time-limit, task-untyped
def remind_all(days):
    unpaid = find_unpaid.delay(days)
    for order_id in unpaid.get():  # E: task-blocking-result
        remind_customer.delay(order_id)
