"""Run every loop of the library against SQLite, with few rows and with more, and tell which lines' queries grow.

Prints JSON: for each file of ``library/loops``, its functions with their lines, and the lines with the number of
queries that each size ran there. Those of a coroutine run in another call stack, so they count for its ``async def``.
For each view, the number of queries that answer a request.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import json
import os
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

SIZES = (3, 6)


def fill(size: int) -> None:
    """Make a library in which each row has relations of its own, and the first rows have many of each."""
    from django.contrib.contenttypes.models import ContentType
    from library.models import Author, Book, Chapter, Country, Note, Profile, Publisher, Review, Tag, Textbook

    def make(number: int, country: Country | None = None, author: Author | None = None) -> tuple[Country, Author]:
        country = country or Country.objects.create(name=f"Country {number}")
        publisher = Publisher.objects.create(name=f"Publisher {number}", country=country)
        if author is None:
            author = Author.objects.create(name=f"Author {number}", country=country, publisher=publisher)
            author.mentors.add(author)
            Profile.objects.create(author=author, country=country)
        book = Textbook.objects.create(
            title=f"Title {number}", pages=1 + number % 2, author=author, publisher=publisher, subject="x"
        )
        book.editors.add(author)
        Review.objects.create(book=book, created_by=author)
        Chapter.objects.create(book=book, title="One")
        Tag.objects.create(name=f"tag {number}").books.add(book)
        Note.objects.create(content_type=ContentType.objects.get_for_model(Book), object_id=book.pk, text="x")
        return country, author

    country, author = make(0)
    for number in range(1, size):
        make(number)
        make(number + 100, country=country)
        make(number + 200, author=author)
    for other in Author.objects.exclude(pk=author.pk):
        if other.country_id == country.pk:
            other.publisher = author.publisher
            other.save()


def arguments(function: Callable[..., Any]) -> dict[str, Any]:
    """What the parameters of a loop stand for; rows "loaded" elsewhere have all that anybody reads."""
    from library.models import Author, Book, Country, Publisher

    loaded = Book.objects.select_related("author__country", "publisher")
    given = {
        "books": lambda: Book.objects.all(),
        "loaded": lambda: Book.objects.get_queryset().with_author(),
        "loaded_books": lambda: list(loaded),
        "books_by_key": lambda: {book.pk: book for book in loaded},
        "author": lambda: Author.objects.get(pk=1),
        "publisher": lambda: Publisher.objects.get(pk=1),
        "country": lambda: Country.objects.get(pk=1),
        "book": lambda: Book.objects.get(pk=1),
        "keys": lambda: list(Book.objects.values_list("pk", flat=True)),
        "names": lambda: [author.name for author in Author.objects.all()],
        "relations": lambda: ["author"],
    }
    required = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty
    ]
    return {name: given[name]() for name in required}


def lines_of_queries(path: Path, function: Callable[..., Any], given: dict[str, Any]) -> Counter[int]:
    """How many queries each line of ``path`` runs."""
    from asgiref.sync import async_to_sync
    from django.db import connection, transaction

    counted: Counter[int] = Counter()

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        frame = sys._getframe()
        while frame is not None and frame.f_code.co_filename != str(path):
            frame = frame.f_back
        first = inspect.getsourcelines(function)[1]
        counted[frame.f_lineno if frame is not None else first] += 1
        return execute(sql, params, many, context)

    with transaction.atomic(), contextlib.redirect_stdout(io.StringIO()):
        with connection.execute_wrapper(wrapper):
            (async_to_sync(function) if inspect.iscoroutinefunction(function) else function)(**given)
        transaction.set_rollback(True)
    return counted


def loops() -> Iterator[tuple[Path, Callable[..., Any]]]:
    package = importlib.import_module("library.loops")
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"library.loops.{found.name}")
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                yield Path(str(module.__file__)), function


def views() -> Iterator[tuple[str, list[str]]]:
    """The names of the views, each with the addresses that are to be read."""
    from library import views as module
    from rest_framework import mixins

    for name, view in vars(module).items():
        if inspect.isclass(view) and view.__module__ == module.__name__:
            lists = [f"/{name}/"] if issubclass(view, mixins.ListModelMixin) else []
            yield name, [*lists, *([f"/{name}/1/"] if issubclass(view, mixins.RetrieveModelMixin) else [])]


def queries_of_view(address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from rest_framework.test import APIClient

    with CaptureQueriesContext(connection) as captured:
        response = APIClient().get(address)
    assert response.status_code == 200, response.content
    return len(captured)


def measure() -> dict[str, Any]:
    from django.core.management import call_command

    queries: dict[str, dict[int, list[int]]] = {}
    functions: dict[str, dict[str, list[int]]] = {}
    answers: dict[str, list[int]] = {}
    for size in SIZES:
        call_command("migrate", run_syncdb=True, verbosity=0)
        fill(size)
        for path, function in loops():
            source, first = inspect.getsourcelines(function)
            functions.setdefault(path.name, {})[function.__name__] = [first, first + len(source) - 1]
            for line, number in lines_of_queries(path, function, arguments(function)).items():
                by_size = queries.setdefault(path.name, {}).setdefault(line, [0] * len(SIZES))
                by_size[SIZES.index(size)] += number
        for name, addresses in views():
            answers.setdefault(name, []).append(sum(map(queries_of_view, addresses)))
        call_command("flush", interactive=False, verbosity=0, reset_sequences=True)
    return {"functions": functions, "queries": queries, "views": answers}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "library.settings"
    sys.path.insert(0, str(Path(__file__).parent))
    django.setup()
    print(json.dumps(measure()))
