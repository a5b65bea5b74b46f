# select: race-get-or-create, race-read-modify-write, race-check-then-act
"""Models with all kinds of unique fields."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q, UniqueConstraint, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Collate, Lower
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from shop.models import Book, Customer


class Slugged(models.Model):
    slug = models.SlugField(unique=True)

    class Meta:
        abstract = True


class Page(Slugged):
    title = models.CharField(max_length=100)


class Scoped(models.Model):
    site = models.CharField(max_length=100)
    name = models.CharField(max_length=100)

    class Meta:
        abstract = True
        unique_together = ("site", "name")


class Menu(Scoped):
    pass


class OtherMenu(Scoped):
    class Meta(Scoped.Meta):
        ordering = ["name"]


class OpenMenu(Scoped):
    class Meta:
        ordering = ["name"]


class Profile(models.Model):
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE)
    nickname = models.CharField(max_length=100)


class Code(models.Model):
    code = models.CharField(max_length=10, primary_key=True)
    text = models.CharField(max_length=100)

    @classmethod
    def extend(cls, code: str) -> None:
        found = cls.objects.get(code=code)
        found.text += "!"  # E: race-read-modify-write
        found.save()

    @classmethod
    def extend_with_a_lock(cls, code: str) -> None:
        found = cls.objects.select_for_update().get(code=code)
        found.text += "!"
        found.save()


class Vote(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="votes")
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    active = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["customer", "book"], name="one_vote"),
            models.CheckConstraint(condition=Q(active=True), name="active"),
        ]


    @classmethod
    def of(cls, customer: Customer) -> "Vote":
        if not cls.objects.filter(customer=customer).exists():
            return cls.objects.create(customer=customer, active=True)  # E: race-get-or-create
        return type(cls.objects.get()).objects.get_or_create(customer=customer)[0]  # E: race-get-or-create


    @classmethod
    def withdraw(cls, pk: int) -> None:
        # with the Django plugin the row is a Self
        vote = cls.objects.get(pk=pk)
        if vote.active:  # E: race-check-then-act
            vote.active = False
            vote.save()

    @classmethod
    def withdraw_with_a_lock(cls, pk: int) -> None:
        vote = cls.objects.select_for_update().get(pk=pk)
        if vote.active:
            vote.active = False
            vote.save()


class Subscription(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    state = models.CharField(max_length=10)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(state="open"), name="one_open"),
            models.UniqueConstraint(fields=["state"], condition=Q(ended_at__isnull=True), name="one_running"),
        ]


class Tag(models.Model):
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=100)

    class Meta:
        unique_together = [["name", "kind"]]


class Special(Tag):
    pass


class Alias(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [UniqueConstraint(Lower("name"), name="alias_name")]


class Contact(models.Model):
    name = models.CharField(max_length=100)
    email = models.EmailField(null=True, blank=True)
    site = models.CharField(max_length=100)

    class Meta:
        constraints = [
            UniqueConstraint(
                Lower("email"),
                "site",
                name="contact_email",
                condition=Q(email__isnull=False) & ~Q(email=""),
            )
        ]


def constraints() -> list[models.BaseConstraint]:
    return []


class Unseen(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        constraints = constraints()


class CustomerManager(models.Manager["Client"]):
    def get_or_create(self, *args: Any, **kwargs: Any) -> Any:
        return super().get_or_create(*args, **kwargs)

    def named(self, name: str) -> "Client":
        client, _ = self.get_or_create(name=name)
        assert isinstance(client, Client)
        return client


class Client(models.Model):
    name = models.CharField(max_length=100)

    objects = CustomerManager()


class Place(models.Model):
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True)
    owner = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["name", "parent"], name="place_name", nulls_distinct=False),
            UniqueConstraint(fields=["parent", "owner"], name="place_owner"),
        ]


class Shelf(models.Model):
    pk = models.CompositePrimaryKey("room", "number")
    room = models.IntegerField()
    number = models.IntegerField()
    label = models.CharField(max_length=100)


class Label(models.Model):
    text = models.CharField(max_length=100)
    code = models.CharField(max_length=100)
    data = models.JSONField()

    class Meta:
        constraints = [
            UniqueConstraint("text", Coalesce("code", Value("")), name="label"),
            UniqueConstraint(Collate("code", "nocase"), KT("data__kind"), name="kind"),
        ]


class State(models.TextChoices):
    OPEN = "open"
    CLOSED = "closed"


class Loan(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    state = models.CharField(max_length=10)
    days = models.IntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["book"], condition=Q(state__in=["open", "late"]), name="one_loan"),
            UniqueConstraint(fields=["customer"], condition=Q(ended_at=None), name="one_book"),
            UniqueConstraint(fields=["book", "customer"], condition=Q(days__gt=30), name="one_long_loan"),
            UniqueConstraint(fields=["days"], condition=Q(state=State.OPEN), name="one_open_loan"),
        ]


class Story(models.Model):
    title = models.CharField(max_length=100)
    year = models.IntegerField()
    slug = models.SlugField(unique=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slugify(f"{self.title} {self.year}")
        super().save(*args, **kwargs)


class Ticket(models.Model):
    title = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = f"{slugify(self.title)}-{get_random_string(6)}"
        super().save(*args, **kwargs)


class Named:
    class Meta:
        unique_together = ("name", "kind")


class Club(Named, models.Model):
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=100)


class Report(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        managed = False


class Member(AbstractUser):
    phone = models.CharField(max_length=20)

    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]


class VehicleManager(models.Manager["Vehicle"]):
    pass


class Vehicle(models.Model):
    name = models.CharField(max_length=100)

    objects = VehicleManager()


class Ferry(Vehicle):
    harbour = models.CharField(max_length=100)
    number = models.CharField(max_length=100, unique=True)
