"""What managers and custom query sets load."""

from __future__ import annotations

from django.db.models import QuerySet

from library.models import Author, Book, BookQuerySet, Country, Publisher


def get_queryset() -> None:
    for book in Book.published.all():
        print(book.author.name, book.publisher)
        print(book.author.country.name)


def get_queryset_iterated() -> None:
    for book in Book.published.filter(pages__gt=0):
        print(book.author.name)


def own_method() -> None:
    for book in Book.published.recent():
        print(book.author.name)


def cleared() -> None:
    for book in Book.published.select_related(None):
        print(book.author.name)


def query_set_method() -> None:
    for book in Book.objects.get_queryset().with_author():
        print(book.author.name)
    for book in Book.objects.get_queryset().long():
        print(book.author.name)


def query_set_method_that_calls_others() -> None:
    for book in Book.objects.get_queryset().with_everything():
        print(book.author.country.name)
        print(list(book.reviews.all()), list(book.editors.all()))
        print(book.publisher)


def from_queryset() -> None:
    for author in Author.objects.with_books():
        print(list(author.books.all()))
        print(author.country.name)


def from_queryset_nested() -> None:
    for author in Author.objects.complete().named("Author 1"):
        print(list(author.books.all()), author.country.name)


def from_queryset_bare() -> None:
    for author in Author.objects.filter(pk__gt=0):
        print(author.country.name)


def from_queryset_after_filter() -> None:
    for author in Author.objects.filter(pk__gt=0).complete():
        print(author.country.name)


def cannot_be_seen() -> None:
    for book in Book.strange.all():
        print(book.author.name)


def a_custom_query_set_as_parameter(loaded: BookQuerySet) -> None:
    for book in loaded:
        print(book.author.name)


def related_manager_is_the_default_manager(publisher: Publisher) -> None:
    for author in publisher.authors.all():
        print(author.publisher)
        print(author.country.name)


def related_manager_with_custom_methods(country: Country) -> None:
    for author in country.authors.complete():
        print(list(author.books.all()), author.country.name)


def property_of_a_row() -> None:
    author = Author.objects.get(pk=1)
    for book in author.reviewed:
        print(book.publisher, book.author.name)


def plain(books: QuerySet[Book, Book]) -> None:
    for book in books.filter(pages__gt=0):
        print(book.author.name)
