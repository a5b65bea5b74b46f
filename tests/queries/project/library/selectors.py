"""Helpers that the loops call, in another module."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from library.models import Author, Book, Review


def all_books() -> QuerySet[Book]:
    return Book.objects.all()


def books_with_authors() -> QuerySet[Book]:
    return Book.objects.select_related("author")


def books_of(name: str, *, with_author: bool = False) -> QuerySet[Book]:
    books: QuerySet[Book] = Book.objects.filter(title__gt=name)
    if with_author:
        books = books.select_related("author")
    return books


def with_publisher(books: QuerySet[Book]) -> QuerySet[Book]:
    return books.select_related("publisher")


def listed() -> list[Book]:
    return list(Book.objects.select_related("author"))


def by_key() -> dict[int, Book]:
    return {book.pk: book for book in Book.objects.select_related("author")}


def pairs() -> Iterator[tuple[int, Book]]:
    for book in Book.objects.select_related("author"):
        yield book.pages, book


def untyped_books():
    return Book.objects.select_related("author")


def authors_with_reviews() -> QuerySet[Author]:
    reviews = Review.objects.select_related("created_by__country")
    return Author.objects.prefetch_related(Prefetch("books__reviews", queryset=reviews))


class Shelf:
    """A repository, as some projects have it."""

    def __init__(self) -> None:
        self.books = Book.objects.all()

    def loaded(self) -> QuerySet[Book]:
        return Book.objects.select_related("author", "publisher")

    def bare(self) -> QuerySet[Book]:
        return Book.objects.filter(pages__gte=0)

    @property
    def ordered(self) -> QuerySet[Book]:
        return self.loaded().order_by("title")

    @classmethod
    def everything(cls) -> QuerySet[Book]:
        return Book.objects.get_queryset().with_everything()

    @staticmethod
    def nothing_loaded() -> QuerySet[Book]:
        return Book.objects.all()
