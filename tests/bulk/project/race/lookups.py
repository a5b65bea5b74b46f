# select: race-get-or-create
"""Lookups of rows that may be created, and what is unique in the models."""

from typing import Any, TypedDict, TypeVar

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from shop.models import Author, Book, Customer, Order, OrderLine

from race.models import (
    Alias,
    Client,
    Club,
    Code,
    Contact,
    Ferry,
    Label,
    Loan,
    Member,
    Menu,
    OpenMenu,
    OtherMenu,
    Page,
    Place,
    Profile,
    Report,
    Shelf,
    Special,
    State,
    Story,
    Subscription,
    Tag,
    Ticket,
    Unseen,
    Vote,
)

M = TypeVar("M", bound=models.Model)


class Query(TypedDict):
    name: str


def fields(customer: Customer, name: str) -> None:
    Customer.objects.get_or_create(email=name)
    Customer.objects.get_or_create(email=name, name=name)
    Customer.objects.get_or_create(email__exact=name)
    Customer.objects.get_or_create(email__iexact=name)  # E: race-get-or-create "email__iexact"
    Alias.objects.get_or_create(name__iexact=name, defaults={"name": name})
    Customer.objects.get_or_create(name=name)  # E: race-get-or-create
    Customer.objects.get_or_create(name=name, defaults={"email": name})  # E: race-get-or-create
    Customer.objects.get_or_create({"email": name}, name=name)  # E: race-get-or-create
    Customer.objects.update_or_create(name=name, create_defaults={"email": name})  # E: race-get-or-create
    Customer.objects.update_or_create(email=name, defaults={"name": name})
    Customer.objects.get_or_create(pk=1)
    Customer.objects.get_or_create(id=1)
    Customer.objects.get_or_create(id__exact=1, name=name)
    Customer.objects.get_or_create(email__in=[name])  # E: race-get-or-create
    Customer.objects.get_or_create(defaults={"name": name})  # E: race-get-or-create
    customers = Customer.objects
    customers.get_or_create(name=name)  # E: race-get-or-create
    customers.get_or_create(email=name)


def keys(customer: Customer, name: str) -> None:
    Profile.objects.get_or_create(customer=customer)
    Profile.objects.get_or_create(customer_id=customer.pk)
    Profile.objects.get_or_create(customer__pk=customer.pk)
    Profile.objects.get_or_create(customer__id=customer.pk)
    Profile.objects.get_or_create(customer__id__exact=customer.pk)
    Profile.objects.get_or_create(nickname=name)  # E: race-get-or-create
    Code.objects.get_or_create(code=name)
    Code.objects.get_or_create(pk=name)
    Code.objects.get_or_create(text=name)  # E: race-get-or-create


def abstract_parents(name: str) -> None:
    Page.objects.get_or_create(slug=name)
    Page.objects.get_or_create(title=name)  # E: race-get-or-create
    Menu.objects.get_or_create(site=name, name=name)
    Menu.objects.get_or_create(name=name)  # E: race-get-or-create
    OtherMenu.objects.get_or_create(site=name, name=name)
    OpenMenu.objects.get_or_create(site=name, name=name)  # E: race-get-or-create


def together(order: Order, book: Book, name: str) -> None:
    OrderLine.objects.get_or_create(order=order, book=book)
    OrderLine.objects.get_or_create(order_id=order.pk, book__pk=book.pk, quantity=1)
    OrderLine.objects.get_or_create(order=order, defaults={"book": book})  # E: race-get-or-create
    Tag.objects.get_or_create(name=name, kind=name)
    Tag.objects.get_or_create(name=name)  # E: race-get-or-create
    Special.objects.get_or_create(name=name, kind=name)
    Special.objects.get_or_create(kind=name)  # E: race-get-or-create


def conditions(customer: Customer, book: Book, state: str) -> None:
    Vote.objects.get_or_create(customer=customer, book=book)
    Vote.objects.get_or_create(customer=customer)  # E: race-get-or-create
    Vote.objects.get_or_create(customer=customer, active=True)  # E: race-get-or-create
    Subscription.objects.get_or_create(customer=customer, state="open")
    Subscription.objects.get_or_create(customer=customer, state__exact="open")
    Subscription.objects.get_or_create(customer=customer, state=state)
    Subscription.objects.get_or_create(customer=customer, state="closed")  # E: race-get-or-create
    Subscription.objects.get_or_create(customer=customer)  # E: race-get-or-create
    Subscription.objects.get_or_create(state="closed", ended_at__isnull=True)
    Subscription.objects.get_or_create(state="closed", ended_at=None)
    Subscription.objects.get_or_create(state="closed", ended_at__isnull=False)  # E: race-get-or-create
    Contact.objects.get_or_create(site="a", email=state)
    Contact.objects.get_or_create(site="a", email__iexact=state, defaults={"email": state})
    Contact.objects.get_or_create(site__iexact="a", email=state)  # E: race-get-or-create
    Contact.objects.get_or_create(site="a", name=state)  # E: race-get-or-create


def conditions_that_a_value_meets(customer: Customer, book: Book, days: int) -> None:
    Loan.objects.get_or_create(book=book, state="open")
    Loan.objects.get_or_create(book=book, state=State.OPEN)
    Loan.objects.get_or_create(book=book, state="closed")  # E: race-get-or-create
    Loan.objects.get_or_create(customer=customer, ended_at__isnull=True)
    Loan.objects.get_or_create(customer=customer, ended_at__isnull=False)  # E: race-get-or-create
    Loan.objects.get_or_create(customer=customer, book=book, days=days)
    Loan.objects.get_or_create(customer=customer, book=book)  # E: race-get-or-create
    Loan.objects.get_or_create(days=days, state=State.OPEN)
    Loan.objects.get_or_create(days=days, state="open")
    Loan.objects.get_or_create(days=days, state=State.CLOSED)  # E: race-get-or-create


def several_columns(name: str) -> None:
    Shelf.objects.get_or_create(room=1, number=2)
    Shelf.objects.get_or_create(pk=(1, 2))
    Shelf.objects.get_or_create(room=1, label=name)  # E: race-get-or-create
    Label.objects.get_or_create(text=name, code=name)
    Label.objects.get_or_create(code=name, data={})
    Label.objects.get_or_create(text=name)  # E: race-get-or-create


def computed_by_save(name: str) -> None:
    # the second row would get the slug of the first one
    Story.objects.get_or_create(title=name, year=2020)
    Story.objects.get_or_create(title=name)  # E: race-get-or-create
    Ticket.objects.get_or_create(title=name)  # E: race-get-or-create


def unreadable(model: type[M], rows: "QuerySet[Customer]", kwargs: dict[str, Any], query: Query, name: str) -> None:
    Customer.objects.get_or_create(**kwargs)
    Customer.objects.get_or_create(name=name, **kwargs)
    Customer.objects.get_or_create(name=name)  # E: race-get-or-create
    Customer.objects.get_or_create(email=name)
    Customer.objects.get_or_create(name__sounds_like=name)
    Order.objects.get_or_create(customer__email=name)
    Unseen.objects.get_or_create(name=name)
    model._default_manager.get_or_create(pk=1)
    model._default_manager.get_or_create()
    rows.get_or_create(name=name)
    Alias.objects.get_or_create(name=name)


def related(customer: Customer, order: Order, book: Book, author: Author) -> None:
    order.lines.get_or_create(book=book)
    order.lines.get_or_create(quantity=3)  # D: race-get-or-create
    customer.orders.get_or_create(status="new")  # D: race-get-or-create
    order.lines.filter(quantity=1).get_or_create(book=book)
    lines = order.lines
    lines.get_or_create(book=book)
    author.books.get_or_create(title="a")  # D: race-get-or-create
    book.editors.get_or_create(name="a")  # E: race-get-or-create


def narrowed(order: Order, book: Book) -> None:
    OrderLine.objects.filter(order=order).get_or_create(book=book)
    OrderLine.objects.filter(quantity=1).get_or_create(book=book)  # E: race-get-or-create
    OrderLine.objects.select_for_update().get_or_create(book=book)  # E: race-get-or-create
    OrderLine.objects.using("replica").order_by("pk").get_or_create(book=book)  # E: race-get-or-create
    OrderLine.objects.exclude(quantity=1).get_or_create(book=book)


def locked(pk: int) -> None:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=pk)
        OrderLine.objects.get_or_create(order=order)
        OrderLine.objects.get_or_create(order_id=order.pk)
        order.lines.get_or_create(quantity=2)
        OrderLine.objects.get_or_create(quantity=1)  # E: race-get-or-create


def lock(order: Order) -> Order:
    return Order.objects.select_for_update().get(pk=order.pk)


def locked_by_key(pk: int, order: Order) -> None:
    with transaction.atomic():
        list(Order.objects.select_for_update().filter(pk=pk))
        OrderLine.objects.get_or_create(order_id=pk)
        if not OrderLine.objects.filter(order_id=pk, quantity=1).exists():
            OrderLine.objects.create(order_id=pk, quantity=1)
        OrderLine.objects.get_or_create(order=order)  # E: race-get-or-create
    OrderLine.objects.get_or_create(order_id=pk)  # E: race-get-or-create
    with transaction.atomic():
        lock(order)
        order.lines.get_or_create(quantity=2)
        OrderLine.objects.get_or_create(order_id=order.pk)


def locked_too_late(pk: int, name: str) -> None:
    with transaction.atomic():
        OrderLine.objects.get_or_create(order_id=pk)  # E: race-get-or-create
        get_object_or_404(Order.objects.select_for_update(), pk=pk)
        OrderLine.objects.get_or_create(order_id=pk)
        # what is not there cannot be locked
        if not Customer.objects.select_for_update().filter(name=name).exists():
            Customer.objects.create(name=name)  # E: race-get-or-create


async def asynchronous(name: str) -> None:
    await Customer.objects.aget_or_create(name=name)  # E: race-get-or-create
    await Customer.objects.aupdate_or_create(name=name)  # E: race-get-or-create
    await Customer.objects.aget_or_create(email=name)


def by_hand(name: str, order: Order) -> None:
    if not Customer.objects.filter(name=name).exists():
        Customer.objects.create(name=name)  # E: race-get-or-create "Customer"
    if not Customer.objects.filter(name=name).exists():
        with transaction.atomic():
            Customer.objects.create(name=name, email="a@b.example")  # E: race-get-or-create
    if Customer.objects.filter(name=name).exists():
        print("there")
    else:
        Customer.objects.create(name=name)  # E: race-get-or-create
    if Customer.objects.filter(name=name).count() == 0:
        Customer.objects.create(name=name)  # E: race-get-or-create
    if Customer.objects.filter(name=name).first() is None:
        Customer.objects.create(name=name)  # E: race-get-or-create
    found = Customer.objects.filter(name=name).first()
    if not found:
        Customer.objects.create(name=name)  # E: race-get-or-create
    if not Customer.objects.filter(email=name).exists():
        Customer.objects.create(email=name)
    if not OrderLine.objects.filter(order_id=order.pk, quantity=1).exists():
        OrderLine.objects.create(order=order, quantity=1)  # E: race-get-or-create


def by_hand_with_a_guard(name: str) -> None:
    if Customer.objects.filter(name=name).exists():
        return
    Customer.objects.create(name=name)  # E: race-get-or-create


def by_hand_with_an_exception(name: str) -> Customer:
    try:
        return Customer.objects.get(name=name)
    except Customer.DoesNotExist:
        return Customer.objects.create(name=name)  # E: race-get-or-create


def by_hand_after_an_exception(name: str) -> Customer:
    try:
        return Customer.objects.get(name=name)
    except Customer.DoesNotExist:
        pass
    return Customer.objects.create(name=name)  # E: race-get-or-create


def by_hand_with_other_exceptions(name: str) -> None:
    try:
        Customer.objects.get(name=name)
    except (ObjectDoesNotExist, ValueError):
        Customer.objects.create(name=name)  # E: race-get-or-create
    try:
        Customer.objects.filter(name=name).get()
    except ObjectDoesNotExist as error:
        print(error)
        Customer.objects.create(name=name)  # E: race-get-or-create
    try:
        Customer.objects.get(email=name)
    except Customer.DoesNotExist:
        Customer.objects.create(email=name)
    try:
        Customer.objects.get(name=name)
    except Customer.MultipleObjectsReturned:
        Customer.objects.create(name=name)
    try:
        Customer.objects.get(name=name)
    except IntegrityError:
        Customer.objects.create(name=name)
    try:
        customer = Customer.objects.get(name=name)
    except Customer.DoesNotExist:
        customer = None
    if customer is None:
        Customer.objects.create(name=name)  # E: race-get-or-create


def other_rows(name: str, other: str) -> None:
    if not Customer.objects.filter(name=name).exists():
        Customer.objects.create(name=other)
    if not Customer.objects.filter(name=name).exists():
        Author.objects.create(name=name)
    if not Customer.objects.filter(name=name).exists():
        Customer.objects.create(email=name)
    if Customer.objects.filter(name=name).exists():
        Customer.objects.create(name=name)
    if not Customer.objects.filter(name=name).exists():
        print("nobody")
    Customer.objects.create(name=name)
    if not Customer.objects.exists():
        Customer.objects.create(name=name)
    if not Customer.objects.filter(credit__gt=3, name=name).exists():
        Customer.objects.create(name=name)
    if not Customer.objects.filter(Q(name=name)).exists():
        Customer.objects.create(name=name)
    if not Customer.objects.filter(name=name).exclude(credit=3).exists():
        Customer.objects.create(name=name)


def several_rows(name: str, titles: list[str]) -> None:
    # A row for each item cannot be unique by what the test asks for.
    if Customer.objects.filter(name=name).exists():
        return
    for title in titles:
        Customer.objects.create(name=name, email=title)
    for title in titles:
        if not Customer.objects.filter(name=title).exists():
            Customer.objects.create(name=title)  # E: race-get-or-create
    else:
        Customer.objects.create(name=name)  # E: race-get-or-create


async def by_hand_asynchronous(name: str) -> None:
    if not await Customer.objects.filter(name=name).aexists():
        await Customer.objects.acreate(name=name)  # E: race-get-or-create
    try:
        await Customer.objects.aget(name=name)
    except Customer.DoesNotExist:
        await Customer.objects.acreate(name=name)  # E: race-get-or-create


def overridden(name: str) -> None:
    Client.objects.get_or_create(name=name)


def other_things(cache: dict[str, int]) -> None:
    class Store:
        def get_or_create(self, **kwargs: object) -> None: ...

    Store().get_or_create(name="a")


def empty_columns(name: str, place: Place, customer: Customer) -> None:
    # PostgreSQL 15 refuses a second row without a parent as well
    Place.objects.get_or_create(name=name)
    Place.objects.get_or_create(parent=place)  # E: race-get-or-create
    Place.objects.get_or_create(owner=customer)  # E: race-get-or-create


def by_the_meta_of_a_mixin(name: str) -> None:
    Club.objects.get_or_create(name=name, kind="chess")
    Club.objects.get_or_create(name=name)  # E: race-get-or-create


def of_a_table_that_django_does_not_manage(name: str) -> None:
    Report.objects.get_or_create(name=name)


def under_another_lock(name: str, redis: Any) -> None:
    with cache.lock(f"author-{name}"):  # type: ignore[attr-defined]
        Author.objects.get_or_create(name=name)
    with redis.lock(name) as is_locked, transaction.atomic():
        if is_locked and not Author.objects.filter(name=name).exists():
            Author.objects.create(name=name)
    with open("clock") as block:
        print(block, Author.objects.get_or_create(name=name))  # E: race-get-or-create


def of_a_model_of_users(name: str) -> None:
    Member.objects.get_or_create(username=name)
    Member.objects.get_or_create(email=name)  # E: race-get-or-create
    Member.objects.get_or_create(phone=name)  # E: race-get-or-create


def by_the_manager_of_a_parent(name: str) -> None:
    Ferry.objects.get_or_create(number=name)
    Ferry.objects.get_or_create(harbour=name)  # E: race-get-or-create "Ferry"
    if not Ferry.objects.filter(harbour=name).exists():
        Ferry.objects.create(harbour=name)  # E: race-get-or-create
