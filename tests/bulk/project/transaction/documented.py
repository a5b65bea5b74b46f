# select: transaction-dispatch, transaction-missing, race-read-modify-write, race-check-then-act, race-get-or-create
"""What the documentation of Django and Celery teaches on these topics, told with the shop: all of it is silent.

Django: "Database transactions", "select_for_update", "F() expressions", "get_or_create". Celery: "Using Celery with
Django" (trigger tasks at the end of the transaction), "Tasks" (database transactions, avoiding race conditions).
"""

from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from shop.models import Customer, Order, OrderLine
from transaction.tasks import ship


# Controlling transactions explicitly: as a decorator, as a context manager.


@transaction.atomic
def whole_view(request: HttpRequest) -> HttpResponse:
    order = Order.objects.create(status="new")
    OrderLine.objects.create(order=order)
    return HttpResponse()


def part_of_a_view(request: HttpRequest) -> HttpResponse:
    print("in autocommit mode")
    with transaction.atomic():
        order = Order.objects.create(status="new")
        OrderLine.objects.create(order=order)
    return HttpResponse()


@transaction.atomic
def with_an_inner_block(request: HttpRequest) -> HttpResponse:
    parent = Order.objects.create(status="new")
    try:
        with transaction.atomic():
            OrderLine.objects.create(order=parent)
    except IntegrityError:
        print("no line")
    parent.save()
    return HttpResponse()


# Performing actions after commit: functions, lambdas, partials; with savepoints, of another database.


def send_welcome_mail() -> None: ...


def after_commit(order: Order) -> None:
    transaction.on_commit(send_welcome_mail)
    for channel in ("mail", "fax"):
        transaction.on_commit(partial(print, channel))
    with transaction.atomic():
        transaction.on_commit(send_welcome_mail)
        with transaction.atomic():
            transaction.on_commit(lambda: ship.delay(order.pk))
    transaction.on_commit(send_welcome_mail, using="default", robust=True)


# Celery: the task is sent when the row is there, with its key; the worker loads it anew.


def publish(status: str) -> HttpResponse:
    with transaction.atomic():
        order = Order.objects.create(status=status)
        transaction.on_commit(lambda: ship.delay(order.pk))
    return HttpResponse()


def publish_with_a_django_task(status: str) -> HttpResponse:
    order = Order.objects.create(status=status)
    ship.delay_on_commit(order.pk)
    return HttpResponse()


# Locking rows until the end of the transaction.


def close_all(customer: Customer) -> None:
    orders = Order.objects.select_for_update().filter(customer=customer)
    with transaction.atomic():
        for order in orders:
            order.total = order.total + 1
            order.save()


def close_own(customer: Customer) -> None:
    with transaction.atomic():
        order = Order.objects.select_related("customer").select_for_update(of=("self", "customer")).get(customer=customer)
        if order.status == "new":
            order.status = "closed"
            order.save()


# Letting the database compute: on a row, on many, without a race.


def count(customer: Customer) -> None:
    customer.credit = F("credit") + 1
    customer.save()
    customer.refresh_from_db()


def count_all() -> None:
    Customer.objects.filter(credit=0).update(credit=F("credit") + 1)


# Creating what is missing: the database keeps the row unique.


def find(email: str, order: Order) -> Customer:
    customer, _ = Customer.objects.get_or_create(email=email, defaults={"name": email})
    return customer


def find_through_a_relation(order: Order, book_id: int) -> OrderLine:
    line, _ = OrderLine.objects.update_or_create(order=order, book_id=book_id, defaults={"quantity": 1})
    return line
