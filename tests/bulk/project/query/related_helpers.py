# select: query-related-in-loop, query-in-loop
"""What helpers, methods and collections have loaded."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import cast

from django.db.models import QuerySet
from query import models as library
from query.models import LineQuerySet, Report, Repository, Special
from shop.models import Author, Book, Customer, Order, OrderLine


def functions(fast: bool) -> None:
    for line in library.bare():
        print(line.order)  # E: query-related-in-loop "OrderLine"
    for line in library.loaded():
        print(line.order, line.book)
        print(line.order.customer)  # D: query-related-in-loop "select_related("
    # loaded on one of the branches
    for line in library.loaded_on_one_branch(fast):
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in library.loaded_by_steps():
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in library.add_order(library.bare()):
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in library.add_order(lines=library.loaded()):
        print(line.order, line.book)
    for line in library.keep(library.loaded()):
        print(line.order)
    for line in library.keep(OrderLine.objects.filter(quantity=1)):
        print(line.order)  # E: query-related-in-loop
    for line in library.pick(lines=library.loaded(), orders=Order.objects.all()):
        print(line.book)


def not_to_be_seen() -> None:
    for line in library.of_unknown(library.bare):
        print(line.order)
    for line in library.decorated():
        print(line.order)
    for line in library.yielded():
        print(line.order)
    for line in library.recursive(3):
        print(line.order)


def collections() -> None:
    # materialised elsewhere
    for line in library.as_list():
        print(line.order)
    for line in library.as_dict().values():
        print(line.order, line.book)
    for key, line in library.as_dict().items():
        print(key, line.book)
    for line in library.one(1).lines.all():
        print(line.book.title, line.order)
    for line in library.one(1).lines.filter(quantity=1):
        print(line.order)
        print(line.book.title)  # D: query-related-in-loop


def methods(repository: Repository, special: Special, customer: Customer) -> None:
    for line in repository.all():
        print(line.order)  # E: query-related-in-loop
    for line in repository.loaded():
        print(line.order)
    for line in repository.ordered():
        print(line.order)
    for line in repository.open:
        print(line.order)  # E: query-related-in-loop
    for line in repository.cached:
        print(line.order)
    for line in Repository.everything():
        print(line.order.customer)
    for line in Repository.plain():
        print(line.order)  # E: query-related-in-loop
    for line in Repository.of_class():
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in Repository(customer).loaded():
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in special.loaded():
        print(line.order, line.book)
    for line in special.ordered():
        print(line.order, line.book)
    for line in Repository.lines:
        print(line.order)
    # put there by some other method
    for line in repository.kept:
        print(line.order)


def of_a_row(report: Report) -> None:
    for other in Report.of(report.customer):
        print(other.customer)  # E: query-related-in-loop
    for other in Report.loaded():
        print(other.customer)
    for line in report.with_orders():
        print(line.order)
        print(line.book)  # E: query-related-in-loop
    for line in report.with_books.filter(quantity=1):
        print(line.book)


def custom_query_sets() -> None:
    lines = LineQuerySet(OrderLine)
    for line in lines.with_author():
        print(line.book.author)
        print(line.order)  # E: query-related-in-loop
    for line in lines.of(Order()).with_book():
        print(line.book)
        print(line.book.author)  # D: query-related-in-loop "book__author"
    for line in lines:
        print(line.book)  # E: query-related-in-loop


def library_functions(lines: QuerySet[OrderLine], other: QuerySet[OrderLine]) -> None:
    for line in itertools.chain(lines, other):
        print(line.order)  # E: query-related-in-loop
    for line in itertools.islice(lines.all(), 100):
        print(line.order)  # E: query-related-in-loop
    for line, author in zip(lines.select_related("order"), Author.objects.all(), strict=False):
        print(line.order, author.name)
        print(line.book)  # E: query-related-in-loop
    for number, (line, author) in enumerate(zip(lines.all(), Author.objects.all(), strict=False)):
        print(number, line.order, author)  # E: query-related-in-loop
    for line in reversed(list(lines.all())):
        print(line.order)  # E: query-related-in-loop
    for line in tuple(lines.all())[3:]:
        print(line.order)  # E: query-related-in-loop
    for line in cast("QuerySet[OrderLine]", lines.all()):
        print(line.order)  # E: query-related-in-loop
    for line in filter(None, lines.all()):
        print(line.order)  # E: query-related-in-loop
    for line in iter(lines.select_related("order")):
        print(line.order)
    for line in itertools.chain.from_iterable([lines.all(), other.select_related("book")]):
        print(line.order)  # E: query-related-in-loop
    for line, author in itertools.zip_longest(lines.all(), Author.objects.all()):
        print(line.order, author)  # E: query-related-in-loop
    for key, group in itertools.groupby(lines.all(), key=lambda line: line.order_id):
        print(key, [line.book for line in group])  # E: query-related-in-loop
    for line in lines.raw("select * from shop_orderline"):
        print(line.order)  # E: query-related-in-loop "prefetch_related("
    for line in lines.prefetch_related("order").raw("select * from shop_orderline"):
        print(line.order)


def several(lines: QuerySet[OrderLine], other: QuerySet[OrderLine]) -> None:
    for name, rows in (("all", lines.all()), ("other", other.select_related("book"))):
        for line in rows:
            print(name, line.book)
            print(line.order)  # E: query-related-in-loop
    for line in [*lines, *other.select_related("book")]:
        print(line.book)
        print(line.order)  # E: query-related-in-loop
    for line in list(lines.all()) + list(other):
        print(line.order)  # E: query-related-in-loop


def generator(lines: QuerySet[OrderLine]) -> Iterator[Order]:
    for line in lines:
        yield line.order  # E: query-related-in-loop


def generator_expression(lines: QuerySet[OrderLine]) -> Iterator[Order]:
    return (line.order for line in lines)  # E: query-related-in-loop


def star(lines: QuerySet[OrderLine]) -> list[Order]:
    return [
        *(line.order for line in lines),  # E: query-related-in-loop
        *(line.order for line in lines.select_related("order")),
    ]


def nested_comprehension() -> list[str]:
    return [
        line.book.title  # D: query-related-in-loop "lines__book"
        for order in Order.objects.prefetch_related("lines")
        for line in order.lines.all()
    ]


def nested_comprehension_loaded() -> list[str]:
    orders = Order.objects.prefetch_related("lines__book")
    return [line.book.title for order in orders for line in order.lines.all() if line.order.status]


def nested_comprehension_bare() -> list[int]:
    return [line.quantity for order in Order.objects.all() for line in order.lines.all()]  # D: query-related-in-loop


def dictionary() -> dict[int, list[OrderLine]]:
    return {order.pk: list(order.lines.all()) for order in Order.objects.all()}  # D: query-related-in-loop


def matched(lines: QuerySet[OrderLine]) -> None:
    for line in lines:
        match line.quantity:
            case 1:
                print(line.order)  # E: query-related-in-loop
            case _:
                print(line.book)  # E: query-related-in-loop


def tried(lines: QuerySet[OrderLine]) -> None:
    for line in lines:
        try:
            print(line.order)  # E: query-related-in-loop
        except Order.DoesNotExist:
            print(line.order_id)
        else:
            print(line.order)
        finally:
            print(line.pk)


def in_a_with_block(lines: QuerySet[OrderLine]) -> None:
    with open("orders") as file:
        for line in lines:
            file.write(line.order.status)  # E: query-related-in-loop


def in_a_while(lines: QuerySet[OrderLine]) -> None:
    while lines:
        for line in lines.all():
            print(line.order)  # E: query-related-in-loop


def in_the_else(lines: QuerySet[OrderLine]) -> None:
    line = None
    for line in lines:
        print(line.quantity)
    else:
        if line:
            print(line.order)


def defined_in_the_loop(lines: QuerySet[OrderLine]) -> None:
    for line in lines:
        # called by somebody, some time
        def show(line: OrderLine = line) -> None:
            print(line.order)

        show()


def inner_function(lines: QuerySet[OrderLine]) -> None:
    def show(rows: QuerySet[OrderLine]) -> None:
        for row in rows:
            print(row.order)  # E: query-related-in-loop

    show(lines.select_related("book"))


def conditions(lines: QuerySet[OrderLine]) -> None:
    for line in lines:
        if line.order.status == "new" and line.book.title:  # E: query-related-in-loop, query-related-in-loop
            print(line.quantity)
    for line in lines.select_related("order"):
        print(line.order.status if line.quantity else line.book.title)  # E: query-related-in-loop "book"
    for line in lines.all():
        assert line.order  # E: query-related-in-loop
        del line.order


def one_mistake(books: QuerySet[Book], lines: QuerySet[OrderLine]) -> None:
    for book in books:
        print(book.author and list(book.author.books.all()))  # E: query-related-in-loop "author"
    for line in lines:
        print(line.order.customer.pk if line.order else None)  # E: query-related-in-loop "order"
        print(line.book.title)  # E: query-related-in-loop "book"
        print(line.book.author)  # D: query-related-in-loop "author"


def one_of_each_turn(orders: QuerySet[Order]) -> None:
    for order in orders.prefetch_related("lines"):
        lines = list(order.lines.all())
        if lines:
            print(lines[0].book)  # D: query-related-in-loop "lines__book"
    all_lines = list(OrderLine.objects.all())
    for order in orders:
        print(order.status, all_lines[0].book)


def module_of_a_book(books: list[Book], by_author: dict[Author, list[Book]]) -> None:
    # lists and dicts from elsewhere
    for book in books:
        print(book.author)
    for author, listed in by_author.items():
        for book in listed:
            print(author, book.author)


ALL = [line.quantity for line in OrderLine.objects.select_related("order") if line.order]
NEW = [line.order for line in OrderLine.objects.all()]  # E: query-related-in-loop

for module_line in OrderLine.objects.all():
    print(module_line.book)  # E: query-related-in-loop


class AtImport:
    orders = [line.order for line in OrderLine.objects.all()]  # E: query-related-in-loop
