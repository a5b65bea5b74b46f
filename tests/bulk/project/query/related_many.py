# select: query-related-in-loop, query-in-loop
"""Relations with many rows: what runs a query, and what the prefetched rows answer. The Django plugin types them."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from shop.models import Author, Book, Customer, Order, OrderLine


def forward_many_to_many(books: QuerySet[Book]) -> None:
    for book in books:
        print([editor.name for editor in book.editors.all()])  # E: query-related-in-loop "prefetch_related"
    for book in books.prefetch_related("editors"):
        print([editor.name for editor in book.editors.all()])
    # a join does not load many rows
    for book in books.select_related("author"):
        print(list(book.editors.all()))  # E: query-related-in-loop


def run(orders: QuerySet[Order], line: OrderLine) -> None:
    for order in orders:
        print(order.lines.count())  # D: query-related-in-loop
        print(order.lines.exists())  # D: query-related-in-loop
        print(len(order.lines.all()))  # D: query-related-in-loop
        print(list(order.lines.filter(quantity=1)))  # D: query-related-in-loop
        print(order.lines.first())  # D: query-related-in-loop
        print(order.lines.get(quantity=1))  # D: query-related-in-loop
        print(order.lines.aggregate(n=Count("pk")))  # D: query-related-in-loop
        print(order.lines.values_list("pk", flat=True)[0])  # D: query-related-in-loop
        print(line in order.lines.all())  # D: query-related-in-loop
        print(order.lines.all()[0])  # D: query-related-in-loop
        print(sum(each.quantity for each in order.lines.all()))  # D: query-related-in-loop
        print(",".join(order.lines.values_list("book__title", flat=True)))  # D: query-related-in-loop
        print(set(order.lines.values_list("pk")))  # D: query-related-in-loop
        print(any(order.lines.all()))  # D: query-related-in-loop
        print(bool(order.lines.all()))  # D: query-related-in-loop
        print(*order.lines.all())  # D: query-related-in-loop
        print([*order.lines.all()])  # D: query-related-in-loop
        first, *rest = order.lines.all()  # D: query-related-in-loop
        print(first, rest)
        if order.lines.all():  # D: query-related-in-loop
            print("lines")
        if not order.lines.all():  # D: query-related-in-loop
            print("no lines")
        while order.lines.filter(quantity=0):  # D: query-related-in-loop
            print("wait")
        print("some" if order.lines.all() else "none")  # D: query-related-in-loop
        print(order.lines.all() or "none")  # D: query-related-in-loop


def not_run(orders: QuerySet[Order], line: OrderLine) -> None:
    for order in orders:
        order.lines.all()
        print(order.lines)
        print(order.lines.filter(quantity=1).query)
        order.lines.add(line)
        order.lines.create(book=line.book, quantity=1)
        order.lines.update(quantity=1)
        order.lines.filter(quantity=1).delete()
        show(order.lines.all())
        later = order.lines.all()
        kept = {order.pk: order.lines.all()}
        print(later.query, kept)
        OrderLine.objects.filter(pk__in=order.lines.values("pk")).update(quantity=2)


def show(lines: QuerySet[OrderLine]) -> None:
    print(lines.query)


def prefetched(orders: QuerySet[Order], line: OrderLine) -> None:
    for order in orders.prefetch_related("lines"):
        print(order.lines.count(), order.lines.exists(), len(order.lines.all()), order.lines.all()[0])
        print(list(order.lines.all()), line in order.lines.all(), order.lines.contains(line))
        print(sum(each.quantity for each in order.lines.all() if each.quantity))
        if order.lines.all():
            print(order.lines.all()[:3])
        print(order.lines.filter(quantity=1).exists())  # D: query-related-in-loop "filter"
        print(list(order.lines.order_by("pk")))  # D: query-related-in-loop "order_by"
        print(order.lines.first())  # D: query-related-in-loop "first"
        print(order.lines.last())  # D: query-related-in-loop "last"
        print(order.lines.get(quantity=1))  # D: query-related-in-loop "get"
        print(list(order.lines.values("pk")))  # D: query-related-in-loop "values"
        print(order.lines.aggregate(n=Count("pk")))  # D: query-related-in-loop "aggregate"
        print(list(order.lines.iterator()))  # D: query-related-in-loop "iterator"
        print(list(order.lines.select_related("book")))  # D: query-related-in-loop "select_related"
        print(order.lines.all().count(), order.lines.all().exists())
        print(list(order.lines.all().all()))  # D: query-related-in-loop


def by_variable(orders: QuerySet[Order]) -> None:
    for order in orders:
        lines = order.lines.all()  # D: query-related-in-loop
        for line in lines:
            print(line.quantity)
    for order in orders.all():
        lines = order.lines.filter(quantity=1)  # D: query-related-in-loop
        if lines.exists():
            print("some")
    for order in orders.prefetch_related("lines"):
        lines = order.lines.all()
        for line in lines:
            print(line.quantity, line.order)


def deeper(customers: QuerySet[Customer]) -> None:
    for customer in customers:
        for order in customer.orders.all():  # D: query-related-in-loop "orders"
            for line in order.lines.all():  # D: query-related-in-loop "lines"
                print(line.book.title)  # D: query-related-in-loop "orders__lines__book"
    for customer in customers.prefetch_related("orders"):
        for order in customer.orders.all():
            print(order.customer)
            for line in order.lines.all():  # D: query-related-in-loop "orders__lines"
                print(line.order.customer)
    for customer in customers.prefetch_related("orders__lines__book"):
        for order in customer.orders.all():
            print([line.book.title for line in order.lines.all()])
            print([line.book.author for line in order.lines.all()])  # D: query-related-in-loop


def asked_in_an_inner_loop(customers: QuerySet[Customer], listed: list[Customer], keys: list[int]) -> None:
    for customer in customers:
        for key in keys:
            print(customer.orders.filter(pk=key).first())  # D: query-related-in-loop
    print([customer.orders.get(pk=key) for customer in customers for key in keys])  # D: query-related-in-loop
    for customer in listed:
        for key in keys:
            print(customer.orders.filter(pk=key).first())  # D: query-in-loop


def of_one_row(customer: Customer, book: Book, author: Author) -> None:
    for order in customer.orders.all():
        print(order.customer.name, order.customer_id)
        print(list(order.lines.all()))  # D: query-related-in-loop
    for order in customer.orders.filter(status="new").order_by("-pk"):
        print(order.customer)
    for order in customer.orders.prefetch_related("lines"):
        print(list(order.lines.all()))
    # a many-to-many relation fills nothing in
    for editor in book.editors.all():
        print(list(editor.books.all()))  # D: query-related-in-loop
        print(list(editor.edited.all()))  # D: query-related-in-loop
    for edited in author.edited.all():
        print(edited.author)  # D: query-related-in-loop
    for written in author.books.select_related("publisher"):
        print(written.author, written.publisher)


async def asynchronously(orders: QuerySet[Order]) -> None:
    async for order in orders:
        print(await order.lines.acount())  # D: query-related-in-loop
        print([line async for line in order.lines.all()])  # D: query-related-in-loop
    async for order in orders.prefetch_related("lines"):
        print(await order.lines.acount())
        print([line async for line in order.lines.all()])
        print(await order.lines.afirst())  # D: query-related-in-loop
        async for line in order.lines.filter(quantity=1):  # D: query-related-in-loop
            print(line)
