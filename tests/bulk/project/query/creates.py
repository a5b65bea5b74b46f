# select: query-create-in-loop
"""Rows that a loop creates."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import IntegrityError
from query.models import Bar, Hostel, Hotel, Inherited, Note, Owned, Slugged
from shop.models import Author, Book, Customer, Order, OrderLine, Publisher


def created(names: list[str], order: Order) -> None:
    for name in names:
        Author.objects.create(name=name)  # E: query-create-in-loop "Author"
    for name in names:
        Author.objects.all().create(name=name)  # E: query-create-in-loop
    for name in names:
        Author._default_manager.create(**{"name": name})  # E: query-create-in-loop
    for name in names:
        if name:
            Author.objects.create(name=name)  # E: query-create-in-loop
    for name in names:
        try:
            Author.objects.create(name=name)  # E: query-create-in-loop
        except IntegrityError:
            continue
    for name in names:
        Note.objects.create(text=name)  # E: query-create-in-loop
    for line in order.lines.all():
        OrderLine.objects.create(order=order, book=line.book)  # E: query-create-in-loop
    for _ in range(100):
        Author.objects.create(name="x")  # E: query-create-in-loop
    for name in names:
        unused = Author.objects.create(name=name)  # E: query-create-in-loop
    [Author.objects.create(name=name) for name in names]  # E: query-create-in-loop
    authors = [Author.objects.create(name=name) for name in names]  # E: query-create-in-loop
    print(len(authors))


def by_the_related_manager(author: Author, book: Book, names: list[str]) -> None:
    for name in names:
        author.books.create(title=name)  # D: query-create-in-loop
    # the rows of the relation would be missing
    for name in names:
        book.editors.create(name=name)


def saved(names: list[str]) -> None:
    for name in names:
        Author(name=name).save()  # E: query-create-in-loop
    for name in names:
        author = Author(name=name)
        author.save()  # E: query-create-in-loop
    for name in names:
        author = Author()
        author.name = name
        if name:
            author.save()  # E: query-create-in-loop
    for name in names:
        author = Author(name=name) if name else Author(name="x")
        author.save()


async def asynchronously(names: list[str]) -> None:
    for name in names:
        await Author.objects.acreate(name=name)  # E: query-create-in-loop
    for name in names:
        await Author(name=name).asave()  # E: query-create-in-loop
    for name in names:
        author = await Author.objects.acreate(name=name)
        print(author.pk)


def used(names: list[str], publisher: Publisher) -> None:
    for name in names:
        author = Author.objects.create(name=name)
        Book.objects.get_or_create(title=name, author=author)
    for name in names:
        author = Author(name=name)
        author.save()
        print(author.pk)
    for name in names:
        print(Author.objects.create(name=name).pk)
    made = []
    for name in names:
        made.append(Author.objects.create(name=name))
    last = None
    for name in names:
        last = Author.objects.create(name=name)
    print(last, publisher)


def used_in_the_next_turn(names: list[str]) -> None:
    last: Author | None = None
    for name in names:
        last = Author.objects.create(name=name if last is None else f"{last.name}, {name}")
    found = None
    for name in names:
        print(found)
        found = Author.objects.create(name=name)
    # the name alone is used again
    for name in names:
        first = Author.objects.create(name=name)  # E: query-create-in-loop
        first = Author(name=name)
        print(first)


def yielded(names: list[str]) -> Iterator[Author]:
    for name in names:
        yield Author.objects.create(name=name)


def returned(names: list[str]) -> list[Author]:
    made = [Author.objects.create(name=name) for name in names]
    return made


def returned_by_key(names: list[str]) -> dict[str, Author]:
    return {name: Author.objects.create(name=name) for name in names}


def not_in_bulk(names: list[str]) -> None:
    for name in names:
        Slugged.objects.create(slug=name)
    for name in names:
        Inherited(slug=name).save()
    for name in names:
        Bar.objects.create(name=name)
    for name in names:
        Owned.objects.create(name=name)
    for name in names:
        Customer.objects.get_or_create(email=name)
    for name in names:
        Customer.objects.update_or_create(email=name, defaults={"name": name})


def bounded() -> None:
    for name in ("a", "b"):
        Author.objects.create(name=name)
    for _ in range(3):
        Author(name="x").save()


def rows_that_were_there(authors: list[Author]) -> None:
    for author in authors:
        author.name = "x"
        author.save()
    for found in Author.objects.all():
        found.save()


def in_bulk(names: list[str]) -> None:
    Author.objects.bulk_create(Author(name=name) for name in names)
    rows = []
    for name in names:
        rows.append(Author(name=name))
    Author.objects.bulk_create(rows)


def endless(name: str) -> None:
    while name:
        Author.objects.create(name=name)


def by_the_manager_of_a_parent(names: list[str]) -> None:
    for name in names:
        Hostel.objects.create(name=name)
    for name in names:
        Hotel.objects.create(name=name)  # E: query-create-in-loop


def users(names: list[str]) -> None:
    for name in names:
        User.objects.create(username=name)
    for name in names:
        User(username=name).save()
