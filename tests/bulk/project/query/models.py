# select: query-related-in-loop, query-in-loop
"""Managers, query sets and helpers that the programs of this folder use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, wraps
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Prefetch, QuerySet
from shop.models import Author, Book, Customer, Order, OrderLine

T = TypeVar("T")


class LineQuerySet(QuerySet[OrderLine]):
    def with_book(self) -> Self:
        return self.select_related("book")

    def with_author(self) -> Self:
        return self.with_book().select_related("book__author")

    def of(self, order: Order) -> Self:
        return self.filter(order=order)


def bare() -> QuerySet[OrderLine]:
    return OrderLine.objects.all()


def loaded() -> QuerySet[OrderLine]:
    return OrderLine.objects.select_related("order", "book")


def loaded_on_one_branch(fast: bool) -> QuerySet[OrderLine]:
    if fast:
        return OrderLine.objects.select_related("order")
    return OrderLine.objects.filter(quantity=1)


def loaded_by_steps(only_open: bool = False, limit: int | None = None) -> QuerySet[OrderLine]:
    lines = OrderLine.objects.all()
    lines = lines.select_related("order")
    if only_open:
        lines = lines.filter(order__status="new")
    try:
        lines = lines.order_by("pk")
    finally:
        print("ordered")
    return lines[:limit]


def add_order(lines: QuerySet[OrderLine]) -> QuerySet[OrderLine]:
    return lines.select_related("order")


def keep(lines: QuerySet[OrderLine]) -> QuerySet[OrderLine]:
    return lines


def pick(orders: QuerySet[Order], lines: QuerySet[OrderLine]) -> QuerySet[OrderLine]:
    return lines.filter(order__in=orders)


def of_unknown(load: Callable[[], QuerySet[OrderLine]]) -> QuerySet[OrderLine]:
    return load()


def as_list() -> list[OrderLine]:
    return list(OrderLine.objects.all())


def as_dict() -> dict[int, OrderLine]:
    return OrderLine.objects.select_related("order").in_bulk()


def one(pk: int) -> Order:
    return Order.objects.prefetch_related("lines__book").get(pk=pk)


def yielded() -> Iterator[OrderLine]:
    yield from OrderLine.objects.all()


def twice(function: Callable[..., T]) -> Callable[..., T]:
    @wraps(function)
    def called(*args: Any) -> T:
        function(*args)
        return function(*args)

    return called


@twice
def decorated() -> QuerySet[OrderLine]:
    return OrderLine.objects.all()


def recursive(depth: int) -> QuerySet[OrderLine]:
    return recursive(depth - 1) if depth else OrderLine.objects.all()


class Repository:
    """Methods of all kinds."""

    lines = OrderLine.objects.select_related("order")

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.kept = OrderLine.objects.all()

    def all(self) -> QuerySet[OrderLine]:
        return OrderLine.objects.all()

    def ordered(self) -> QuerySet[OrderLine]:
        return self.loaded().order_by("pk")

    def loaded(self) -> QuerySet[OrderLine]:
        return OrderLine.objects.select_related("order")

    @property
    def open(self) -> QuerySet[OrderLine]:
        return self.all().filter(order__status="new")

    @cached_property
    def cached(self) -> QuerySet[OrderLine]:
        return self.loaded()

    @classmethod
    def everything(cls) -> QuerySet[OrderLine]:
        return OrderLine.objects.select_related("order__customer")

    @classmethod
    def of_class(cls) -> QuerySet[OrderLine]:
        return cls.lines.filter(quantity=1)

    @staticmethod
    def plain() -> QuerySet[OrderLine]:
        return OrderLine.objects.all()


class Special(Repository):
    def loaded(self) -> QuerySet[OrderLine]:
        return super().loaded().select_related("book")


class Report(models.Model):
    """A model with methods that load."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="reports")
    lines = models.ManyToManyField(OrderLine, related_name="reports")

    @classmethod
    def of(cls, customer: Customer) -> QuerySet[Report]:
        return cls.objects.filter(customer=customer)

    @classmethod
    def loaded(cls) -> QuerySet[Report]:
        return cls._default_manager.select_related("customer")

    def with_orders(self) -> QuerySet[OrderLine]:
        return self.lines.select_related("order")

    @property
    def with_books(self) -> QuerySet[OrderLine]:
        return self.lines.select_related("book")

    def show(self) -> None:
        for line in self.with_orders():
            print(line.order.status)
            print(line.book.title)  # E: query-related-in-loop "book"
        for line in self.with_books:
            print(line.book.title)
        for line in self.lines.filter(quantity=1):
            print(line.order)  # E: query-related-in-loop


def authors() -> QuerySet[Author]:
    books = Book.objects.select_related("publisher")
    return Author.objects.prefetch_related(Prefetch("books", queryset=books), "edited")


def names(authors: Iterable[Author]) -> list[str]:
    return [author.name for author in authors]


class Receipt(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True)


class Slugged(models.Model):
    slug = models.SlugField()

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)


class Inherited(Slugged):
    class Meta:
        proxy = True


class Place(models.Model):
    name = models.CharField(max_length=9)


class Bar(Place):
    beers = models.IntegerField(default=1)


class Stamped(models.Model):
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Note(Stamped):
    text = models.CharField(max_length=9)


class OwnManager(models.Manager["Owned"]):
    def create(self, **kwargs: Any) -> Owned:
        return super().create(**kwargs)


class Owned(models.Model):
    name = models.CharField(max_length=9)

    objects = OwnManager()


class HotelManager(models.Manager["Hotel"]):
    pass


class Hotel(models.Model):
    name = models.CharField(max_length=9)

    objects = HotelManager()


class Hostel(Hotel):
    beds = models.IntegerField(default=1)


def slices(items, size=2):  # type: ignore[no-untyped-def]
    for start in range(0, len(items), size):
        yield items[start : start + size]


def chunks(items):  # type: ignore[no-untyped-def]
    chunk = []
    for item in items:
        chunk.append(item)
        if len(chunk) > 2:
            yield chunk
            chunk = []
    yield chunk


def singles(items):  # type: ignore[no-untyped-def]
    for item in items:
        yield item
