# select: race-get-or-create, race-read-modify-write
"""Models with all kinds of unique fields."""

from typing import Any

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.db.models.functions import Lower
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
