"""Run the examples of the query rules' pages against SQLite and print how many queries each sends, as JSON.

python count_pages.py FOLDER    # of packages such as query_in_loop_bad, with example.py in each
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Final

import django

SIZES: Final = (10, 20)


def fill(size: int) -> None:
    from shop.models import Author, Book, Customer, Order

    for number in range(size):
        author = Author.objects.create(name=f"Author {number}")
        Book.objects.create(title=f"Title {number}", author=author)
        Order.objects.create(customer=Customer.objects.create(email=f"{number}@example.org"))


def totals(example: ModuleType) -> None:
    from shop.models import Order

    example.totals([order.pk for order in Order.objects.all()])


def register(example: ModuleType) -> None:
    from shop.models import Order

    example.register([f"{order.pk}@example.com" for order in Order.objects.all()])


def titles(example: ModuleType) -> None:
    example.titles()


def listed(example: ModuleType) -> None:
    from rest_framework.test import APIRequestFactory

    answer = example.OrderViewSet.as_view({"get": "list"})(APIRequestFactory().get("/"))
    assert len(answer.data) in SIZES, answer.data


RUN: Final[dict[str, tuple[Callable[[ModuleType], None], int]]] = {
    "query_in_loop": (totals, 1),
    "query_create_in_loop": (register, 1),
    "query_related_in_loop": (titles, 0),
    "query_serializer_prefetch": (listed, 0),
}
"""How an example is run, and how many queries prepare it."""


def count(folder: Path) -> dict[str, list[int]]:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    counted: dict[str, list[int]] = {}
    for size in SIZES:
        call_command("migrate", run_syncdb=True, verbosity=0)
        fill(size)
        for name, (run, before) in RUN.items():
            for verdict in ("bad", "good"):
                example = importlib.import_module(f"{name}_{verdict}.example")
                # Within a transaction, bulk_create() needs no BEGIN and COMMIT of its own.
                with transaction.atomic(), CaptureQueriesContext(connection) as captured:
                    run(example)
                    transaction.set_rollback(True)
                counted.setdefault(f"{name}_{verdict}", []).append(len(captured) - before)
        call_command("flush", interactive=False, verbosity=0)
    return counted


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    django.setup()
    print(json.dumps(count(Path(sys.argv[1]))))
