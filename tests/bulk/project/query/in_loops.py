# select: query-in-loop, query-create-in-loop
"""Queries and inserts of a turn of a loop."""

from __future__ import annotations

import csv
import enum
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import aget_object_or_404, get_list_or_404, get_object_or_404
from query import models as library
from shop.models import Author, Book, Customer, Order, OrderLine, Publisher

STATES = ("new", "paid")
FIRST: Final = {"new": 1}


class State(models.TextChoices):
    NEW = "new"
    PAID = "paid"


class Size(enum.IntEnum):
    SMALL = 1


class Config:
    STATES = ["new"]
    kinds: Final = ("a",)


def methods(keys: list[int]) -> None:
    for key in keys:
        print(Order.objects.get(pk=key))  # E: query-in-loop "in_bulk"
        print(Order.objects.get(id=key))  # E: query-in-loop "in_bulk"
        print(Order.objects.get(customer_id=key))  # E: query-in-loop "customer_id__in"
        print(Order.objects.filter(pk=key).get())  # E: query-in-loop
        print(Order.objects.filter(total=key).first())  # E: query-in-loop
        print(Order.objects.filter(total=key).last())  # E: query-in-loop
        print(Order.objects.filter(total=key).latest("pk"))  # E: query-in-loop
        print(Order.objects.filter(total=key).earliest("pk"))  # E: query-in-loop
        print(Order.objects.filter(total=key).exists())  # E: query-in-loop "values_list"
        print(Order.objects.filter(total=key).count())  # E: query-in-loop "annotate"
        print(Order.objects.filter(total=key).aggregate(n=models.Max("pk")))  # E: query-in-loop
        print(Order._default_manager.get(pk=key))  # E: query-in-loop


def evaluated(keys: Iterable[int]) -> None:
    for key in keys:
        print(list(Order.objects.filter(total=key)))  # E: query-in-loop
        print(len(Order.objects.exclude(total=key)))  # E: query-in-loop
        print([order.pk for order in Order.objects.filter(total=key)])  # E: query-in-loop
        print(Order.objects.filter(total=key)[0])  # E: query-in-loop
        print(Order.objects.filter(total=key).order_by("pk")[0])  # E: query-in-loop
        print(set(Order.objects.filter(total=key).values_list("pk", flat=True)))  # E: query-in-loop
        if Order.objects.filter(total=key):  # E: query-in-loop
            print(key)
        for order in Order.objects.filter(total=key).select_related("customer"):  # E: query-in-loop
            print(order)
        orders = Order.objects.filter(total=key)  # E: query-in-loop
        for order in orders:
            print(order)


def not_evaluated(keys: list[int], orders: QuerySet[Order]) -> QuerySet[Order]:
    for key in keys:
        orders = orders.filter(total=key)
        print(Order.objects.filter(total=key).query, Q(total=key))
        Order.objects.filter(pk__in=Order.objects.filter(total=key)).update(total=1)
        Order.objects.filter(pk=key).update(total=1)
        Order.objects.filter(pk=key).delete()
        orders |= Order.objects.filter(total=key)
        print(Exists(Book.objects.filter(pk=OuterRef("pk"), title=str(key))))
    return orders


def shortcuts(keys: list[int]) -> None:
    for key in keys:
        print(get_object_or_404(Order, pk=key))  # E: query-in-loop
        print(get_object_or_404(Order.objects.all(), pk=key))  # E: query-in-loop
        print(get_list_or_404(Order, total=key))  # E: query-in-loop


async def asynchronously(keys: list[int]) -> None:
    for key in keys:
        print(await Order.objects.aget(pk=key))  # E: query-in-loop
        print(await Order.objects.filter(pk=key).aexists())  # E: query-in-loop
        print(await Order.objects.filter(pk=key).afirst())  # E: query-in-loop
        print(await aget_object_or_404(Order, pk=key))  # E: query-in-loop
        async for order in Order.objects.filter(total=key):  # E: query-in-loop
            print(order)
        await Customer.objects.acreate(name=str(key))  # E: query-create-in-loop


def computed(keys: list[str], prefix: str) -> None:
    for key in keys:
        name = prefix + key
        upper = name.upper()
        print(Customer.objects.get(name=upper))  # E: query-in-loop
        first, _, last = key.partition(" ")
        print(Customer.objects.filter(name=last).count(), first)  # E: query-in-loop
        lookup = {"name": key}
        print(Customer.objects.filter(**lookup).count())  # E: query-in-loop
        if found := key.strip():
            print(Customer.objects.get(name=found))  # E: query-in-loop
        print(Customer.objects.get(name=prefix))


def loops(rows: list[dict[str, int]], pairs: dict[int, str], path: str) -> None:
    for row in rows:
        print(Order.objects.get(pk=row["order"]))  # E: query-in-loop
    for key, name in pairs.items():
        print(Customer.objects.filter(pk=key, name=name).exists())  # E: query-in-loop
    for number, key in enumerate(pairs):
        print(number, Customer.objects.get(pk=key))  # E: query-in-loop
    for number, key in enumerate(pairs):
        print(key, Customer.objects.get(pk=1))
    with open(path) as file:
        for record in csv.reader(file):
            print(Customer.objects.filter(name=record[0]).exists())  # E: query-in-loop
        for line in file:
            print(Customer.objects.filter(name=line).exists())  # E: query-in-loop
    for order in Order.objects.all():
        print(OrderLine.objects.filter(order=order).count())  # E: query-in-loop
        print(OrderLine.objects.filter(order_id=order.pk).count())  # E: query-in-loop
    for number in range(len(rows)):
        print(Order.objects.get(pk=rows[number]["order"]))  # E: query-in-loop
    for outer in rows:
        for inner in ("a", "b"):
            print(Order.objects.filter(pk=outer["order"], status=inner).count())  # E: query-in-loop
    for status in STATES:
        for row in rows:
            print(Order.objects.filter(pk=row["order"], status=status).count())  # E: query-in-loop


def comprehensions(keys: list[int]) -> None:
    print([Order.objects.get(pk=key) for key in keys])  # E: query-in-loop
    print({key: Order.objects.get(pk=key) for key in keys})  # E: query-in-loop
    print({Order.objects.get(pk=key) for key in keys})  # E: query-in-loop
    print(sum(Order.objects.filter(total=key).count() for key in keys))  # E: query-in-loop
    print([key for key in keys if Order.objects.filter(pk=key).exists()])  # E: query-in-loop
    print([order for key in keys for order in Order.objects.filter(total=key)])  # E: query-in-loop
    print([order for order in Order.objects.filter(total=1)])
    print(list(map(lambda key: Order.objects.get(pk=key), keys)))  # E: query-in-loop


def bounded(author: Author) -> None:
    for status in ("new", "paid"):
        print(Order.objects.filter(status=status).count())
    for status in ["new", "paid"]:
        print(Order.objects.filter(status=status).count())
    for status in {"new", "paid"}:
        print(Order.objects.filter(status=status).count())
    for status, total in {"new": 1}.items():
        print(Order.objects.filter(status=status, total=total).count())
    for status in STATES:
        print(Order.objects.filter(status=status).count())
    for status in sorted(STATES):
        print(Order.objects.filter(status=status).count())
    for status in FIRST:
        print(Order.objects.filter(status=status).count())
    for status in State.values:
        print(Order.objects.filter(status=status).count())
    for status, _ in State.choices:
        print(Order.objects.filter(status=status).count())
    for state in State:
        print(Order.objects.filter(status=state).count())
    for size in Size:
        print(Order.objects.filter(total=size).count())
    for status in Config.STATES:
        print(Order.objects.filter(status=status).count())
    for kind in Config().kinds:
        print(Order.objects.filter(status=kind).count())
    for code, _ in settings.LANGUAGES:
        print(Order.objects.filter(status=code).count())
    for number in range(5):
        print(Order.objects.filter(total=number).count())
    for number, status in zip(range(100), STATES, strict=False):
        print(Order.objects.filter(status=status, total=number).count())
    wanted = ["new", "paid"]
    for status in wanted:
        print(Order.objects.filter(status=status).count())
    for model in (Author, Publisher):
        print(model.objects.filter(name=author.name).count())


def not_bounded(statuses: list[str], number: int) -> None:
    for status in ["new", *statuses]:
        print(Order.objects.filter(status=status).count())  # E: query-in-loop
    for total in range(number):
        print(Order.objects.filter(total=total).count())  # E: query-in-loop
    for total in range(1000):
        print(Order.objects.filter(total=total).count())  # E: query-in-loop
    wanted = ["new"]
    wanted += statuses
    for status in wanted:
        print(Order.objects.filter(status=status).count())  # E: query-in-loop


def batches(keys: list[int], batches: list[list[int]]) -> None:
    for batch in batches:
        print(list(Order.objects.filter(pk__in=batch)))
        print(Order.objects.filter(Q(pk__in=batch) | Q(total__in=batch)).count())
        print(Order.objects.in_bulk(batch))
    for start in range(0, len(keys), 100):
        print(list(Order.objects.filter(pk__in=keys[start : start + 100])))
        print(list(Order.objects.order_by("pk")[start : start + 100]))
        some = keys[start : start + 100]
        print(list(Order.objects.filter(pk__in=some)))


def one_of(keys):  # type: ignore[no-untyped-def]
    return Q(pk__in=keys)


def generated_batches(keys: list[int]) -> None:
    for batch in library.slices(keys):
        print(list(Order.objects.filter(one_of(batch))))
        print(list(Order.objects.filter(one_of(keys=batch), status="new")))
        first = batch[0]
        print(Order.objects.get(pk=first))  # E: query-in-loop
        for key in batch:
            print(Order.objects.get(pk=key))  # E: query-in-loop
    for chunk in library.chunks(keys):
        print(Order.objects.filter(one_of(chunk)).count())
    for number, chunk in enumerate(library.chunks(keys)):
        print(number, Order.objects.filter(one_of(chunk)).count())
    for key in library.singles(keys):
        print(Order.objects.filter(one_of(key)).count())  # E: query-in-loop
    for first, *_ in itertools.zip_longest(keys, keys):
        print(Order.objects.filter(one_of(first)).count())  # E: query-in-loop


def read_off_the_row(orders: QuerySet[Order]) -> None:
    for order in orders:
        print(order.customer.orders.filter(status="new").count())


def of_others(customer: Customer, statuses: list[str]) -> None:
    for status in statuses:
        print(customer.orders.filter(status=status).count())  # D: query-in-loop


def endless(key: int) -> None:
    while key:
        print(Order.objects.get(pk=key))
        key -= 1


def outside(keys: list[int]) -> Iterator[Order]:
    orders = Order.objects.in_bulk(keys)
    grouped: defaultdict[int, list[Order]] = defaultdict(list)
    for key in keys:
        grouped[key].append(orders[key])
    for order in Order.objects.filter(pk__in=keys):
        yield order
    else:
        print(Order.objects.get(pk=keys[0]))


def later(keys: list[int]) -> None:
    for key in keys:

        def load(key: int = key) -> Order:
            return Order.objects.get(pk=key)

        print(load)


class CachedManager(models.Manager["Named"]):
    """A manager that asks only once."""

    def get(self, *args: object, **kwargs: object) -> Named:
        return super().get(**kwargs)


class Named(models.Model):
    name = models.CharField(max_length=9)

    objects = CachedManager()


def cached(names: list[str]) -> None:
    for name in names:
        print(Named.objects.get(name=name))
        print(Named.objects.filter(name=name).exists())  # E: query-in-loop


def put_together(extra: list[str]) -> None:
    few = ["a", "b"]
    for name in few + ["c"]:
        print(Customer.objects.filter(name=name).count())
    more = few + ["c"]
    for name in more:
        print(Customer.objects.filter(name=name).count())
    for name in [text.upper() for text in few]:
        print(Customer.objects.filter(name=name).count())
    for name in few + extra:
        print(Customer.objects.filter(name=name).count())  # E: query-in-loop
    for name in [text.upper() for text in extra]:
        print(Customer.objects.filter(name=name).count())  # E: query-in-loop


def whittled_down(number: int) -> None:
    left = ["a", "b"]
    while number:
        left = [name for name in left if len(name) > number]
        for name in left:
            print(Customer.objects.filter(name=name).count())  # E: query-in-loop


def methods_of_the_item(names: list[str], rows: list[dict[str, str]]) -> None:
    for name in names:
        print(Customer.objects.get(name=name.strip()))  # E: query-in-loop "name__in"
        print(Customer.objects.filter(name=name.strip().lower())[:1].get())  # E: query-in-loop
        print(Customer.objects.filter(name__in=name.split(",")).count())
    for row in rows:
        print(Customer.objects.get(name=row.get("name")))  # E: query-in-loop
    for part in names[0].split(","):
        print(Customer.objects.filter(credit__gt=int(part)).count())  # E: query-in-loop


def made_into_lists(batches: list[tuple[int, ...]], names: list[str]) -> None:
    for batch in batches:
        print(Customer.objects.filter(pk__in=batch).count())
        print(Customer.objects.filter(pk__in=list(batch)).count())
        print(Customer.objects.filter(pk__in=set(batch)).count())
    for name in names:
        print(Order.objects.filter(customer__in=Customer.objects.filter(name=name)).count())  # E: query-in-loop


def half_written() -> None:
    for number in range():  # type: ignore[call-overload]
        print(Customer.objects.filter(credit=number).count())
