"""Queries in the body of a loop."""

from __future__ import annotations

import itertools
from enum import Enum

from django.db.models import Q
from django.shortcuts import get_object_or_404

from library.models import Author, Book, Country, Loan, Publisher, Review

STARS = (1, 2, 3)


class Size(Enum):
    SMALL = 1
    LARGE = 2


def got(keys: list[int]) -> None:
    for key in keys:
        print(Book.objects.get(pk=key))


def collected(keys: list[int]) -> None:
    books: list[Book] = []
    titles: set[str] = set()
    for key in keys:
        books.extend(Book.objects.filter(author_id=key))
        books += Book.objects.filter(publisher_id=key)
        titles.update(Book.objects.filter(author_id=key).values_list("title", flat=True))


def kept_and_narrowed(keys: list[int]) -> None:
    for key in keys:
        books = Book.objects.filter(pages=1)
        books = books.filter(author_id=key)
        print(books.count())


def in_bulk(keys: list[int]) -> None:
    books = Book.objects.in_bulk(keys)
    for key in keys:
        print(books[key])


def found(keys: list[int]) -> None:
    for key in keys:
        print(Book.objects.filter(author_id=key).first())
        print(Book.objects.filter(author_id=key).exists())
        print(Book.objects.filter(author_id=key).count())
        print(Book.objects.filter(author_id=key).last())
        print(list(Book.objects.filter(author_id=key)))
        print(len(Book.objects.exclude(author_id=key)))


def prepared(keys: list[int]) -> None:
    for key in keys:
        print(Book.objects.filter(author_id=key).query is not None)


def depends_on_a_variable(keys: list[int]) -> None:
    for key in keys:
        next_key = key + 1
        print(Book.objects.filter(pk=next_key).exists())


def iterated(keys: list[int]) -> None:
    for key in keys:
        for book in Book.objects.filter(author_id=key):
            print(book.title)


def kept_and_counted(keys: list[int]) -> None:
    for key in keys:
        books = Book.objects.filter(author_id=key)
        print(books.count())


def comprehended(keys: list[int]) -> None:
    print([Book.objects.get(pk=key) for key in keys])
    print({key: Book.objects.filter(author_id=key).count() for key in keys})


def of_rows() -> None:
    for author in Author.objects.all():
        print(Book.objects.filter(author=author).count())


def with_q(keys: list[int]) -> None:
    for key in keys:
        print(Book.objects.filter(Q(author_id=key) | Q(publisher_id=key)).count())


def shortcut(keys: list[int]) -> None:
    for key in keys:
        print(get_object_or_404(Book, pk=key))


def literal() -> None:
    for stars in (1, 2, 3):
        print(Review.objects.filter(stars=stars).count())
    for stars in [4, 5]:
        print(Review.objects.filter(stars=stars).count())
    for name, model in {"books": Book, "authors": Author}.items():
        print(name, model.__name__)


def constant() -> None:
    for stars in STARS:
        print(Review.objects.filter(stars=stars).count())
    for size in Size:
        print(Book.objects.filter(pages__gt=size.value).count())
    for number in range(3):
        print(Book.objects.filter(pages=number).count())


def local_literal() -> None:
    wanted = [1, 2, 3]
    for stars in wanted:
        print(Review.objects.filter(stars=stars).count())


def grown_literal(keys: list[int]) -> None:
    wanted = [1]
    wanted.extend(keys)
    for key in wanted:
        print(Book.objects.filter(pk=key).count())


def models() -> None:
    for model in [Country, Publisher]:
        print(model._default_manager.count())


def batches(keys: list[int]) -> None:
    for start in range(0, len(keys), 1000):
        batch = keys[start : start + 1000]
        print(list(Book.objects.filter(pk__in=batch)))
    for pair in itertools.batched(keys, 1000) if hasattr(itertools, "batched") else [keys]:
        print(Book.objects.filter(pk__in=pair).count())


def positions(keys: list[int]) -> None:
    for position in range(len(keys)):
        print(Book.objects.get(pk=keys[position]))


def left_early(keys: list[int]) -> None:
    for key in keys:
        print(Book.objects.get(pk=key))
        break


def before_the_loop(keys: list[int]) -> None:
    first = Book.objects.get(pk=keys[0])
    for key in keys:
        print(first, key)


def in_what_is_iterated() -> None:
    for book in Book.objects.filter(pk__gt=0):
        print(book.title)


def related_to_something_else(author: Author, keys: list[int]) -> None:
    for key in keys:
        print(author.books.filter(pk=key).exists())


def reported_as_relation() -> None:
    for author in Author.objects.all():
        print(author.books.filter(pages__gt=0).count())


def created(names: list[str]) -> None:
    for name in names:
        Loan.objects.create(book_id=1, reader=name)


def created_in_bulk(names: list[str]) -> None:
    Loan.objects.bulk_create([Loan(book_id=1, reader=name) for name in names])


def saved(names: list[str]) -> None:
    for name in names:
        loan = Loan(book_id=1)
        loan.reader = name
        loan.save()


def saved_at_once(names: list[str]) -> None:
    for name in names:
        Loan(book_id=1, reader=name).save()


def created_for_a_literal() -> None:
    for name in ("a", "b"):
        Loan.objects.create(book_id=1, reader=name)


def created_by_the_related_manager(book: Book, names: list[str]) -> None:
    for name in names:
        book.loans.create(reader=name)


def batches_in_lists(keys: list[int]) -> None:
    batches: list[list[int]] = [keys, keys]
    for batch in batches:
        print(Book.objects.filter(Q(pk__in=batch) | Q(author__in=batch)).count())


def records(keys: list[int]) -> None:
    rows = [[key, key] for key in keys]
    for row in rows:
        print(Book.objects.filter(pk=row[0]).exists())
