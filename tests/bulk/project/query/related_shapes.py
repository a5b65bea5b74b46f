# select: query-related-in-loop, query-in-loop
"""What query sets say about loading, in all the ways it can be said."""

from __future__ import annotations

from django.db.models import Count, F, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.query import aprefetch_related_objects
from django.shortcuts import get_list_or_404, get_object_or_404
from query.models import Receipt
from shop.models import Author, Book, Customer, Order, OrderLine

NAMES = ("order", "book__author")
BOTH = ["order", "book"]


def passed_on() -> None:
    lines = OrderLine.objects.select_related("order")
    for line in lines.all().filter(quantity=1).exclude(pk=1).order_by("pk").distinct().reverse():
        print(line.order)
    for line in lines.annotate(total=Count("pk")).alias(n=F("pk")).using("default").select_for_update():
        print(line.order)
    for line in lines.only("quantity", "order__status").defer("quantity"):
        print(line.order)
    for line in lines.extra(where=["1"]).complex_filter(Q(quantity=1)):
        print(line.order)
    for line in lines.none():
        print(line.book)
    for line in lines.iterator():
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in lines.union(lines.all()):
        print(line.order)
    for line in lines & lines.filter(quantity=1):
        print(line.order)


def or_nothing(fast: bool, books: list[Book]) -> None:
    for line in OrderLine.objects.all() if fast else []:
        print(line.order)  # E: query-related-in-loop
    for line in OrderLine.objects.select_related("order") or ():
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    lines: list[OrderLine] = []
    if fast:
        lines = list(OrderLine.objects.all())
    for line in lines:
        print(line.order)  # E: query-related-in-loop
    found: list[Book] = []
    found.extend(books)
    for book in found:
        print(book.author)


def keys() -> None:
    for receipt in Receipt.objects.all():
        print(receipt.pk, receipt.order_id)
        print(receipt.order.pk)  # E: query-related-in-loop "order"


def names(unknown: list[str]) -> None:
    for line in OrderLine.objects.select_related(*NAMES):
        print(line.order, line.book.author)
        print(line.book.publisher)  # D: query-related-in-loop "book__publisher"
    for line in OrderLine.objects.select_related(*BOTH):
        print(line.order, line.book)
        print(line.order.customer)  # D: query-related-in-loop "order__customer"
    for line in OrderLine.objects.select_related(*["order"], "book"):
        print(line.order, line.book)
    local = ("order",)
    for line in OrderLine.objects.select_related(*local):
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    # cannot be read
    for line in OrderLine.objects.select_related(*unknown):
        print(line.order)
    for line in OrderLine.objects.prefetch_related(unknown[0]):
        print(line.order)


def cleared() -> None:
    for line in OrderLine.objects.select_related("order").select_related(None).select_related("book"):
        print(line.book)
        print(line.order)  # E: query-related-in-loop
    for line in OrderLine.objects.prefetch_related("order").prefetch_related(None):
        print(line.order)  # E: query-related-in-loop
    for line in OrderLine.objects.prefetch_related("book").select_related(None):
        print(line.book)
    for line in OrderLine.objects.select_related("book").prefetch_related(None):
        print(line.book)


def all_of_them() -> None:
    for line in OrderLine.objects.select_related():
        print(line.order.customer, line.book.author)
        # it may be NULL
        print(line.book.publisher)  # D: query-related-in-loop
    for line in OrderLine.objects.select_related().select_related("book"):
        print(line.book)
        print(line.order)  # E: query-related-in-loop


def prefetch_objects(names: list[str]) -> None:
    for order in Order.objects.prefetch_related(Prefetch("lines")):
        print(len(order.lines.all()))
    for order in Order.objects.prefetch_related(Prefetch("lines", OrderLine.objects.select_related("book"))):
        for line in order.lines.all():
            print(line.book, line.order)
            print(line.book.author)  # D: query-related-in-loop "lines__book__author"
    for order in Order.objects.prefetch_related(Prefetch("lines", OrderLine.objects.all(), "some")):
        print(len(order.lines.all()))  # D: query-related-in-loop
    for order in Order.objects.prefetch_related("lines", "lines__book", Prefetch("lines__book__author")):
        print([line.book.author for line in order.lines.all()])
        print([line.book.publisher for line in order.lines.all()])  # D: query-related-in-loop
    chosen = Prefetch("lines", queryset=OrderLine.objects.filter(quantity=1).select_related("book"))
    for order in Order.objects.prefetch_related(chosen):
        print([line.book for line in order.lines.all()])
    for order in Order.objects.prefetch_related(*[Prefetch(name) for name in names]):
        print(len(order.lines.all()))


def nested_prefetch() -> None:
    lines = OrderLine.objects.prefetch_related(Prefetch("book", queryset=Book.objects.select_related("author")))
    orders = Order.objects.prefetch_related(Prefetch("lines", queryset=lines))
    for customer in Customer.objects.prefetch_related(Prefetch("orders", queryset=orders)):
        for order in customer.orders.all():
            print(order.customer.name)
            for line in order.lines.all():
                print(line.book.author, line.order.customer)
                print(line.book.publisher)  # D: query-related-in-loop "orders__lines__book__publisher"


def afterwards(orders: QuerySet[Order], some: list[Order]) -> None:
    rows = list(orders)
    prefetch_related_objects(rows, "customer", "lines__book")
    for order in rows:
        print(order.customer)
        print([line.book for line in order.lines.all()])
        print([line.book.author for line in order.lines.all()])  # D: query-related-in-loop
    order = get_object_or_404(Order, pk=1)
    prefetch_related_objects([order], "lines")
    for line in order.lines.all():
        print(line.book)  # D: query-related-in-loop
    prefetch_related_objects(some, "customer")
    for order in some:
        print(order.customer)


def afterwards_with_lookups_from_elsewhere(orders: QuerySet[Order], *lookups: str) -> None:
    rows = list(orders)
    prefetch_related_objects(rows, "customer", *lookups)
    for order in rows:
        print(order.customer, [line.book for line in order.lines.all()])
    named = list(orders)
    prefetch_related_objects(named, *("customer",))
    for order in named:
        print(order.customer)
        print([line.quantity for line in order.lines.all()])  # D: query-related-in-loop


async def afterwards_async(orders: QuerySet[Order]) -> None:
    rows = [order async for order in orders]
    await aprefetch_related_objects(rows, "customer")
    for order in rows:
        print(order.customer)


def shortcuts() -> None:
    for line in get_list_or_404(OrderLine, quantity=1):
        print(line.order)  # E: query-related-in-loop
    for line in get_list_or_404(OrderLine.objects.select_related("order"), quantity=1):
        print(line.order)
    order = get_object_or_404(Order.objects.prefetch_related("lines__book"), pk=1)
    for line in order.lines.all():
        print(line.book)
    for line in order.lines.exclude(quantity=1):
        print(line.book)  # D: query-related-in-loop


def single_rows(orders: QuerySet[Order]) -> None:
    order = orders.prefetch_related("lines__book").first()
    if order is not None:
        for line in order.lines.all():
            print(line.book, line.order)
    last = orders.last()
    if last is not None:
        for line in last.lines.all():
            print(line.order)
            print(line.book)  # D: query-related-in-loop
    for line in orders[0].lines.select_related("book"):
        print(line.book)
    for line in orders.prefetch_related("lines__book")[0].lines.all():
        print(line.book)


def not_rows(orders: QuerySet[Order]) -> None:
    for values in orders.values("customer__name"):
        print(values["customer__name"])
    for name in orders.values_list("customer__name", flat=True):
        print(name)
    for day in orders.dates("placed_at", "day"):
        print(day)
    for row in Order.objects.raw("SELECT * FROM shop_order"):
        print(row.status)


def few(orders: QuerySet[Order]) -> None:
    for order in orders[:3]:
        print(order.customer)
    for order in orders[:10]:
        print(order.customer)
    for order in orders[:11]:
        print(order.customer)  # E: query-related-in-loop
    for order in orders[5:8]:
        print(order.customer)  # E: query-related-in-loop
    for order in [orders[0], orders[1]]:
        print(order.customer)


def other_things_of_a_row(orders: QuerySet[Order]) -> None:
    for order in orders:
        print(order.status, order.pk, order.total, order.placed_at)
        order.save()
        order.delete()
        order.refresh_from_db()
        print(Order.customer, Order.objects)
        print(order._meta.get_field("customer"), getattr(order, "customer"))


def written(orders: QuerySet[Order], customer: Customer) -> None:
    for order in orders:
        order.customer = customer
        print(order.customer.name)
    for order in orders.all():
        order.customer, order.status = customer, "new"
        print(order.customer)
    for order.customer in Customer.objects.all():
        print(order.customer)
        break


def in_order(orders: QuerySet[Order]) -> None:
    for order in orders:
        if order.total and order.customer.name:  # E: query-related-in-loop
            print(order.customer)
        print(order.customer)  # E: query-related-in-loop
    for order in orders.all():
        name = order.customer.name if order.total else ""  # E: query-related-in-loop
        print(name, order.customer)  # E: query-related-in-loop
    for order in orders.all():
        print(order.customer, [order.customer for _ in range(3)])  # E: query-related-in-loop


def by_a_function(orders: QuerySet[Order]) -> None:
    print(sorted(orders, key=lambda order: order.customer.name))  # E: query-related-in-loop
    print(max(orders.all(), key=lambda order: order.total))
    print(list(map(lambda order: order.customer, orders.all())))  # E: query-related-in-loop
    print(sorted(orders.select_related("customer"), key=lambda order: order.customer.name))
    show = lambda order: order.customer  # noqa: E731
    print(show)
