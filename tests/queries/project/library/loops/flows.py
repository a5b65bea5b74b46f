"""What a query set has loaded, carried through variables, functions, parameters and collections."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, groupby, islice

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.shortcuts import get_list_or_404, get_object_or_404

from library import selectors
from library.models import Author, Book, Country, Review
from library.selectors import Shelf, all_books, books_of, books_with_authors, with_publisher

LOADED = ("author", "publisher")
CHUNK = 2


def variable() -> None:
    books = Book.objects.all()
    for book in books:
        print(book.author.name)


def chained_from_a_list() -> None:
    for book in chain.from_iterable([Book.objects.filter(pages=1), Book.objects.filter(pages=2)]):
        print(book.author.name)


def several() -> None:
    for name, books in (("short", Book.objects.filter(pages=1)), ("long", Book.objects.filter(pages=2))):
        for book in books:
            print(name, book.author.name)
    for book in [*Book.objects.filter(pages=1), *Book.objects.filter(pages=2)]:
        print(book.author.name)
    for book in list(Book.objects.filter(pages=1)) + list(Book.objects.filter(pages=2)):
        print(book.author.name)


def grouped() -> None:
    for key, books in groupby(Book.objects.order_by("author_id"), key=lambda book: book.author_id):
        for book in books:
            print(key, book.author.name)


def grouped_by_the_relation() -> None:
    for author, books in groupby(Book.objects.select_related("author"), key=lambda book: book.author):
        print(author.name, [book.author.name for book in books])


def raw() -> None:
    for book in Book.objects.raw("select * from library_book"):
        print(book.author.name)
    for book in Book.objects.raw("select * from library_book").prefetch_related("author"):
        print(book.author.name)


def variable_loaded() -> None:
    books = Book.objects.all()
    books = books.select_related("author")
    for book in books:
        print(book.author.name)


def rebound() -> None:
    books = Book.objects.select_related("author")
    print(len(books))
    books = Book.objects.all()
    for book in books:
        print(book.author.name)


def loaded_too_late() -> None:
    books = Book.objects.all()
    for book in books:
        print(book.author.name)
    books = books.select_related("author")


def maybe_loaded(fast: bool = True) -> None:
    books = Book.objects.all()
    if fast:
        books = books.select_related("author")
    for book in books:
        print(book.author.name)


def loaded_on_both_sides(fast: bool = True) -> None:
    if fast:
        books = Book.objects.select_related("author")
        print("fast")
    else:
        books = Book.objects.select_related("author", "publisher")
    for book in books:
        print(book.author.name)


def loaded_on_no_side(fast: bool = True) -> None:
    if fast:
        books = Book.objects.filter(pages__gt=0)
        print("fast")
    else:
        books = Book.objects.exclude(pages=0)
    for book in books:
        print(book.author.name)


def not_assigned_back() -> None:
    books = Book.objects.all()
    books.select_related("author")
    for book in books:
        print(book.author.name)


def helper() -> None:
    for book in all_books():
        print(book.author.name)


def helper_loaded() -> None:
    for book in books_with_authors():
        print(book.author.name)


def helper_of_a_module() -> None:
    for book in selectors.books_with_authors():
        print(book.author.name)
        print(book.publisher)


def helper_with_arguments() -> None:
    for book in books_of("", with_author=True):
        print(book.author.name)


def helper_that_adds() -> None:
    for book in with_publisher(Book.objects.all()):
        print(book.publisher)
        print(book.author)


def helper_on_helper() -> None:
    for book in with_publisher(books_with_authors()):
        print(book.publisher)
        print(book.author)


def helper_that_lists() -> None:
    for book in selectors.listed():
        print(book.author.name)


def helper_that_maps() -> None:
    for book in selectors.by_key().values():
        print(book.author.name)


def helper_that_yields() -> None:
    for _, book in selectors.pairs():
        print(book.author.name)


def helper_without_types() -> None:
    for book in selectors.untyped_books():
        print(book.author.name)


def methods() -> None:
    shelf = Shelf()
    for book in shelf.loaded():
        print(book.author.name)
    for book in shelf.bare():
        print(book.author.name)
    for book in shelf.ordered:
        print(book.publisher)
    for book in Shelf.everything():
        print(book.author.country.name)
    for book in Shelf.nothing_loaded():
        print(book.author.name)


def parameter(books: QuerySet[Book]) -> None:
    for book in books:
        print(book.author.name)


def parameter_loaded_here(books: QuerySet[Book]) -> None:
    for book in books.select_related("author"):
        print(book.author.name)


def optional_parameter(books: QuerySet[Book] | None = None) -> None:
    if books is None:
        books = Book.objects.select_related("author")
    for book in books:
        print(book.author.name)


def list_parameter(loaded_books: list[Book]) -> None:
    for book in loaded_books:
        print(book.author.name)


def iterable_parameter(loaded_books: Iterable[Book]) -> None:
    for book in loaded_books:
        print(book.author.name)


def dict_parameter(books_by_key: dict[int, Book]) -> None:
    for book in books_by_key.values():
        print(book.author.name)


def row_parameter(author: Author) -> None:
    for book in author.books.all():
        print(book.author.name)
        print(book.publisher)


def listed() -> None:
    books = list(Book.objects.all())
    for book in books:
        print(book.author.name)


def listed_loaded() -> None:
    books = list(Book.objects.select_related("author"))
    for book in books:
        print(book.author.name)


def sorted_reversed_enumerated() -> None:
    for book in sorted(Book.objects.all(), key=lambda book: book.title):
        print(book.author.name)
    for book in reversed(Book.objects.order_by("pk")):
        print(book.author.name)
    for number, book in enumerate(Book.objects.all(), 1):
        print(number, book.author.name)
    for number, book in enumerate(Book.objects.select_related("author"), start=1):
        print(number, book.author.name)


def zipped() -> None:
    for book, author in zip(Book.objects.all(), Author.objects.select_related("country"), strict=False):
        print(book.author.name)
        print(author.country.name)


def chained() -> None:
    for book in chain(Book.objects.filter(pages=1), Book.objects.filter(pages__gt=1)):
        print(book.author.name)
    for book in chain(Book.objects.select_related("author"), Book.objects.select_related("author", "publisher")):
        print(book.author.name)
    for book in islice(Book.objects.all(), 1000):
        print(book.author.name)


def iterated() -> None:
    for book in Book.objects.iterator():
        print(book.author.name)
    for book in Book.objects.select_related("author").iterator(chunk_size=CHUNK):
        print(book.author.name)


def comprehended() -> None:
    books = [book for book in Book.objects.all() if book.pages]
    for book in books:
        print(book.author.name)


def comprehended_relations() -> None:
    authors = [book.author for book in Book.objects.select_related("author")]
    for author in authors:
        print(author.country.name)


def mapped() -> None:
    books = {book.pk: book for book in Book.objects.all()}
    for book in books.values():
        print(book.author.name)
    for key, book in Book.objects.select_related("author").in_bulk().items():
        print(key, book.author.name)


def combined() -> None:
    books = Book.objects.filter(pages=1).select_related("author") | Book.objects.filter(pages=2)
    for book in books:
        print(book.author.name)
    for book in Book.objects.filter(pages=1) | Book.objects.filter(pages__gt=1):
        print(book.author.name)
    for book in Book.objects.filter(Q(pages=1) | Q(pages__gt=1)).select_related("author"):
        print(book.author.name)


def chosen(fast: bool = True) -> None:
    for book in Book.objects.select_related("author") if fast else Book.objects.none():
        print(book.author.name)


def walrus() -> None:
    if books := Book.objects.all():
        for book in books:
            print(book.author.name)


def constants() -> None:
    for book in Book.objects.select_related(*LOADED):
        print(book.author.name, book.publisher)


def names_in_a_variable() -> None:
    relations = ["author", "publisher"]
    for book in Book.objects.select_related(*relations):
        print(book.author.name, book.publisher)


def relations_that_cannot_be_seen(relations: list[str]) -> None:
    for book in Book.objects.select_related(*relations):
        print(book.author.name)


def sliced() -> None:
    for book in Book.objects.all()[:1000]:
        print(book.author.name)
    for book in Book.objects.select_related("author")[:1000]:
        print(book.author.name)


def got() -> None:
    author = Author.objects.prefetch_related("books__publisher").get(pk=1)
    for book in author.books.all():
        print(book.publisher)


def got_without() -> None:
    author = get_object_or_404(Author, pk=1)
    for book in author.books.all():
        print(book.publisher)


def got_from_a_loaded_query_set() -> None:
    author = get_object_or_404(Author.objects.prefetch_related("books__publisher"), pk=1)
    for book in author.books.all():
        print(book.publisher)
    for book in author.books.filter(pages__gt=0):
        print(book.publisher)


def got_as_a_list() -> None:
    for book in get_list_or_404(Book, pages__gt=0):
        print(book.author.name)


def prefetched_afterwards() -> None:
    books = list(Book.objects.all())
    prefetch_related_objects(books, "author", Prefetch("reviews", queryset=Review.objects.select_related("created_by")))
    for book in books:
        print(book.author.name)
        for review in book.reviews.all():
            print(review.created_by.name)


def prefetched_on_a_row() -> None:
    author = Author.objects.get(pk=1)
    prefetch_related_objects([author], "books__publisher")
    for book in author.books.all():
        print(book.publisher)


def in_an_inner_function() -> None:
    books = Book.objects.all()

    def show() -> None:
        for book in books:
            print(book.author.name)

    show()


def in_an_inner_function_loaded() -> None:
    books = Book.objects.select_related("author")

    def show() -> list[str]:
        return [book.author.name for book in books]

    show()


def in_a_lambda() -> None:
    for book in Book.objects.select_related("author"):
        print((lambda: book.author.name)())


def prefetched_elsewhere() -> None:
    for author in selectors.authors_with_reviews():
        for book in author.books.all():
            for review in book.reviews.all():
                print(review.created_by.country.name)


class Report:
    """Methods of a class that is no model."""

    def __init__(self) -> None:
        self.books = Book.objects.select_related("author")

    def rows(self) -> QuerySet[Book]:
        return Book.objects.select_related("author")

    def bare_rows(self) -> QuerySet[Book]:
        return Book.objects.all()

    def show(self) -> None:
        for book in self.rows():
            print(book.author.name)
        for book in self.bare_rows():
            print(book.author.name)
        for book in self.books:
            print(book.author.name)


def report() -> None:
    Report().show()


def other_iterables() -> None:
    for title in ["a", "b"]:
        print(title)
    for model in [Author, Book, Country]:
        print(model.__name__)
    for number in range(3):
        print(number)
    for values in Book.objects.values("author__name"):
        print(values["author__name"])
    for name in Book.objects.values_list("author__name", flat=True):
        print(name)


def called_for_each_row() -> None:
    sorted(Book.objects.all(), key=lambda book: book.author.name)
    max(Book.objects.all(), key=lambda book: book.author.pk)
    list(map(lambda book: book.author, Book.objects.all()))
    list(filter(lambda book: book.author, Book.objects.all()))
    rows = list(Book.objects.all())
    rows.sort(key=lambda book: book.author.name)
    sorted(Book.objects.select_related("author"), key=lambda book: book.author.name)
    list(map(lambda book: book.author, Book.objects.select_related("author")))
    rows = list(Book.objects.select_related("author"))
    rows.sort(key=lambda book: book.author.name)


def continued() -> None:
    for book in Book.objects.all():
        if book.pages > 1 and book.author.pk > 1:
            continue
        if book.pages < 100:
            continue
        break
