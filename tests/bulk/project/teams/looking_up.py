# select: race-get-or-create
from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import QuerySet

from teams.models import Child, Coupon, Customer, Line, Multi, Order, Plan, RushOrder, Tag


def basic(order: Order, customer: Customer, user: User, kw: dict[str, Any], qs: QuerySet[Customer]) -> None:
    Customer.objects.get_or_create(email="x")
    Customer.objects.get_or_create(email="x", name="y")
    Customer.objects.get_or_create(name="x")  # E: race-get-or-create "name"
    Customer.objects.get_or_create(name="x", defaults={"email": "x"})  # E: race-get-or-create
    Customer.objects.get_or_create(defaults={"name": "x"}, email="x")
    Customer.objects.get_or_create({"name": "x"}, email="x")
    Customer.objects.get_or_create({"email": "x"}, name="x")  # E: race-get-or-create
    Customer.objects.update_or_create(name="x", defaults={"balance": 1})  # E: race-get-or-create
    Customer.objects.update_or_create(email="x", defaults={"balance": 1}, create_defaults={"name": "x"})
    Customer.objects.update_or_create(name="x", create_defaults={"email": "x"})  # E: race-get-or-create
    Customer.objects.get_or_create(pk=1)
    Customer.objects.get_or_create(id=1)
    Customer.objects.get_or_create(user=user)
    Customer.objects.get_or_create(user_id=user.pk)
    Customer.objects.get_or_create(user__pk=user.pk)
    Customer.objects.get_or_create(user__id=user.pk)
    Customer.objects.get_or_create(user__username="x")
    Customer.objects.get_or_create(email__exact="x")
    Customer.objects.get_or_create(email__iexact="x", defaults={"email": "x"})  # E: race-get-or-create
    Customer.objects.get_or_create(**kw)
    Customer.objects.get_or_create(name="x", **kw)
    Customer.objects.get_or_create(name="x")  # E: race-get-or-create
    Customer.objects.filter(balance=1).get_or_create(name="x")  # E: race-get-or-create
    Customer.objects.filter(balance=1).get_or_create(email="x")
    Customer.objects.get_or_create()  # E: race-get-or-create
    qs.get_or_create(name="x")
    Line.objects.get_or_create(order=order, sku="x")
    Line.objects.get_or_create(order_id=order.pk, sku="x", slot=1)
    Line.objects.get_or_create(order=order)  # E: race-get-or-create
    Line.objects.get_or_create(slot=1)  # E: race-get-or-create
    Line.objects.get_or_create(slot=1, quantity=1)
    Line.objects.get_or_create(slot=1, quantity=2)  # E: race-get-or-create
    Coupon.objects.get_or_create(code="x")
    Coupon.objects.get_or_create(pk="x")
    Coupon.objects.get_or_create(year=1, serial=2)
    Coupon.objects.get_or_create(year=1)  # E: race-get-or-create
    Tag.objects.get_or_create(slug="x")
    Tag.objects.get_or_create(name="x")  # E: race-get-or-create
    Tag.objects.get_or_create(name="x", defaults=dict(slug="x"))  # E: race-get-or-create
    RushOrder.objects.get_or_create(number="x")  # E: race-get-or-create
    Order.objects.get_or_create(number="x")  # E: race-get-or-create
    Order.objects.open().get_or_create(number="x")
    Plan.objects.get_or_create(code="a", country="b")
    Plan.objects.get_or_create(code="a")  # E: race-get-or-create
    Plan.objects.get_or_create(owner=user)
    Plan.objects.get_or_create(customer=customer, day=1)
    Plan.objects.get_or_create(customer_id=1, day=1)
    Plan.objects.get_or_create(customer=customer, active=True)
    Plan.objects.get_or_create(customer=customer, active=False)  # E: race-get-or-create
    Plan.objects.get_or_create(customer=customer)  # E: race-get-or-create
    Child.objects.get_or_create(slug="x")
    Child.objects.get_or_create(label="x")  # E: race-get-or-create
    Multi.objects.get_or_create(order_ptr=order)
    Multi.objects.get_or_create(number="x")  # E: race-get-or-create
    Order.objects.annotate(n=models.F("total")).get_or_create(n=1)
    Order.objects.get_or_create(nonsense=1)
    Multi.objects.get_or_create(id=1)
    User.objects.get_or_create(username="x")
    User.objects.get_or_create(email="x")
    Group.objects.get_or_create(name="x")
    get_user_model().objects.get_or_create(username="x")
    User._default_manager.get_or_create(email="x")


def related(order: Order, customer: Customer, tag: Tag, user: User) -> None:
    order.lines.get_or_create(sku="x")
    order.lines.get_or_create(slot=1)  # D: race-get-or-create
    order.lines.update_or_create(sku="x", defaults={"quantity": 1})
    customer.orders.get_or_create(number="x")  # D: race-get-or-create
    customer.orders.get_or_create(pk=1)
    tag.orders.get_or_create(number="x")  # E: race-get-or-create
    order.tags.get_or_create(slug="x")
    order.tags.get_or_create(name="x")  # D: race-get-or-create


async def async_(order: Order) -> None:
    await Customer.objects.aget_or_create(name="x")  # E: race-get-or-create
    await Customer.objects.aget_or_create(email="x")
    await Line.objects.aupdate_or_create(order=order, defaults={})  # E: race-get-or-create


def by_hand(order: Order, number: str, kw: dict[str, Any]) -> None:
    if not Order.objects.filter(number=number).exists():
        Order.objects.create(number=number)  # E: race-get-or-create
    if not Customer.objects.filter(email="x").exists():
        Customer.objects.create(email="x")
    if Order.objects.filter(number=number).exists():
        print("x")
    else:
        Order.objects.create(number=number)  # E: race-get-or-create
    if Order.objects.filter(number=number).count() == 0:
        Order.objects.create(number=number)  # E: race-get-or-create
    if not Order.objects.filter(number=number):
        Order.objects.create(number=number)  # E: race-get-or-create
    if not Order.objects.filter(number=number).exists():
        Order(number=number).save()
    if not Order.objects.filter(number=number).exists():
        Customer.objects.create(name="x")
    if not Order.objects.filter(**kw).exists():
        Order.objects.create(**kw)
    try:
        Order.objects.get(number=number)
    except Order.DoesNotExist:
        Order.objects.create(number=number)  # E: race-get-or-create
    try:
        o = Order.objects.get(number=number)
    except ObjectDoesNotExist:
        o = Order.objects.create(number=number, total=0)  # E: race-get-or-create
    try:
        c = Customer.objects.get(email="x")
    except Customer.DoesNotExist:
        c = Customer.objects.create(email="x")
    try:
        Order.objects.get(number=number)
    except Order.MultipleObjectsReturned:
        Order.objects.create(number=number)
    try:
        Order.objects.get(number=number)
    except Order.DoesNotExist:
        Customer.objects.create(name="x")
    first = Order.objects.filter(number=number).first()
    if first is None:
        first = Order.objects.create(number=number)  # E: race-get-or-create
    last = Order.objects.filter(number=number).last()
    if not last:
        Order.objects.create(number=number)  # E: race-get-or-create
    exists = Order.objects.filter(number=number).exists()
    if not exists:
        Order.objects.create(number=number)  # E: race-get-or-create
    with transaction.atomic():
        if not Order.objects.filter(number=number).exists():
            Order.objects.create(number=number)  # E: race-get-or-create
    with transaction.atomic():
        Customer.objects.select_for_update().get(pk=1)
        if not Order.objects.filter(number=number).exists():
            Order.objects.create(number=number)  # E: race-get-or-create
    with transaction.atomic():
        customer = Customer.objects.select_for_update().get(pk=1)
        if not Order.objects.filter(number=number, customer=customer).exists():
            Order.objects.create(number=number, customer=customer)
    found = Order.objects.filter(number=number)
    if not found:
        Order.objects.create(number=number)  # E: race-get-or-create
    if Order.objects.filter(number=number).exists():
        return
    Order.objects.create(number=number)  # E: race-get-or-create


async def aby_hand(number: str) -> None:
    if not await Order.objects.filter(number=number).aexists():
        await Order.objects.acreate(number=number)  # E: race-get-or-create
    try:
        await Order.objects.aget(number=number)
    except Order.DoesNotExist:
        await Order.objects.acreate(number=number)  # E: race-get-or-create


class Svc:
    model = Order

    def run(self) -> None:
        self.model.objects.get_or_create(number="x")  # E: race-get-or-create

    @classmethod
    def of(cls, model: type[Order]) -> None:
        # what a subclass adds cannot make a field of its parent unique
        model.objects.get_or_create(number="x")  # E: race-get-or-create

    def any(self, model: type[models.Model]) -> None:
        model._default_manager.get_or_create(number="x")


class Lookup(TypedDict):
    number: str


def unpack(**kw: Unpack[Lookup]) -> None:
    Order.objects.get_or_create(**kw)
