"""The models of these programs, as teams write them."""

from __future__ import annotations

from typing import NewType, TypedDict

from django.contrib.auth.models import User
from django.db import models


class TimeStamped(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Customer(TimeStamped):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    balance = models.IntegerField(default=0)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="customer", null=True)


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> OrderQuerySet:
        return self.filter(status="open")


class Order(TimeStamped):
    class Status(models.TextChoices):
        OPEN = "open"
        PAID = "paid"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    number = models.CharField(max_length=20)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    total = models.IntegerField(default=0)
    objects = OrderQuerySet.as_manager()


class RushOrder(Order):
    class Meta:
        proxy = True


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    sku = models.CharField(max_length=20)
    slot = models.IntegerField()
    quantity = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "sku"], name="one_sku"),
            models.UniqueConstraint(fields=["slot"], condition=models.Q(quantity=1), name="one_slot"),
        ]


class Tag(models.Model):
    name = models.CharField(max_length=20)
    slug = models.SlugField(unique=True)
    orders = models.ManyToManyField(Order, related_name="tags")


class Coupon(models.Model):
    code = models.CharField(max_length=20, primary_key=True)
    year = models.IntegerField()
    serial = models.IntegerField()
    uses = models.IntegerField(default=0)

    class Meta:
        unique_together = ("year", "serial")


class Plan(models.Model):
    code = models.CharField(max_length=3)
    country = models.CharField(max_length=3)
    day = models.DateField()
    active = models.BooleanField(default=True)
    owner = models.OneToOneField(User, on_delete=models.CASCADE)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "country", name="u1"),
            models.UniqueConstraint(fields=("customer", "day"), name="u2"),
            models.UniqueConstraint(fields=["customer"], condition=models.Q(active=True), name="u3"),
            models.CheckConstraint(condition=models.Q(active=True), name="c1"),
        ]


class Base(models.Model):
    slug = models.SlugField(unique=True)
    label = models.CharField(max_length=3)

    class Meta:
        abstract = True
        unique_together = [["label", "slug"]]


class Child(Base):
    note = models.CharField(max_length=3)

    class Meta(Base.Meta):
        pass


class Multi(Order):
    extra = models.CharField(max_length=3)


OrderRef = NewType("OrderRef", Order)


class OrderBox(TypedDict):
    order: Order
    note: str


class IdBox(TypedDict):
    order_id: int
    note: str


class Bug(models.Model):
    number = models.IntegerField(null=True)
    jira = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=models.Q(number__isnull=False), name="b1"),
            models.UniqueConstraint(fields=["jira"], condition=models.Q(number__isnull=False), name="b2"),
        ]
