import logging
from datetime import timedelta

import requests
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shop.celery import ReportedTask, app
from shop.models import Book, Customer, Order, OrderLine, Reward
from shop.prices import latest_prices

SENDER = "shop@example.com"
log = logging.getLogger(__name__)


@shared_task
def send_welcome(customer_id: int) -> None:
    customer = Customer.objects.get(pk=customer_id)
    send_mail("Welcome", f"Hello {customer.name}!", SENDER, [customer.email])


@shared_task
def confirm_order(order_id: int) -> None:
    order = Order.objects.select_related("customer").get(pk=order_id)
    send_mail("Your order", f"We received your order {order_id}.", SENDER, [order.customer.email])


@shared_task(base=ReportedTask, autoretry_for=(requests.RequestException,), retry_backoff=True, max_retries=5)
def request_label(order_id: int) -> None:
    response = requests.post(f"{settings.CARRIER_URL}/labels", json={"order": order_id}, timeout=30)
    response.raise_for_status()
    tracking = response.json()["tracking"]
    Order.objects.filter(pk=order_id).update(status=Order.Status.SHIPPED, tracking=tracking)


@app.task
def tell_customer(order_id: int) -> None:
    order = Order.objects.select_related("customer").get(pk=order_id)
    send_mail("On its way", f"Track it: {order.tracking}", SENDER, [order.customer.email])


@shared_task
def remind_customer(order_id: int) -> None:
    order = Order.objects.select_related("customer").get(pk=order_id)
    send_mail("Still interested?", f"Order {order_id} is not paid yet.", SENDER, [order.customer.email])


@shared_task
def wrap_gift(order_id: int) -> None:
    log.info("Wrap order %s in gold paper", order_id)


@shared_task
def thank_customer(customer_id: int) -> None:
    customer = Customer.objects.get(pk=customer_id)
    send_mail("Thank you", f"{customer.name}, you are our best customer.", SENDER, [customer.email])


@shared_task(acks_late=True)
def give_reward(order_id: int, points: int) -> None:
    Reward.objects.get_or_create(order_id=order_id, defaults={"points": points})


@shared_task
def restock(order_id: int) -> None:
    with transaction.atomic():
        for line in OrderLine.objects.filter(order_id=order_id):
            Book.objects.filter(pk=line.book_id).update(stock=F("stock") + line.quantity)


@shared_task(base=ReportedTask, autoretry_for=(requests.RequestException,), retry_backoff=True)
def update_prices() -> None:
    for book_id, price in latest_prices(settings.PRICES_URL).items():
        Book.objects.filter(pk=book_id).update(price=price)


@shared_task(ignore_result=True)
def reorder(book_ids: list[int]) -> None:
    for title in Book.objects.filter(pk__in=book_ids).values_list("title", flat=True):
        log.info("Reorder %s", title)


@shared_task
def cancel_unpaid(days: int) -> None:
    unpaid = Order.objects.filter(status=Order.Status.OPEN, placed_at__lt=timezone.now() - timedelta(days=days))
    unpaid.update(status=Order.Status.CANCELLED)


@shared_task
def find_unpaid(days: int) -> list[int]:
    unpaid = Order.objects.filter(status=Order.Status.OPEN, placed_at__lt=timezone.now() - timedelta(days=days))
    return list(unpaid.values_list("pk", flat=True))


@shared_task
def remind_all(order_ids: list[int]) -> None:
    for order_id in order_ids:
        remind_customer.delay(order_id)
