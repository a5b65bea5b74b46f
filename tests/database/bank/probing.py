"""Runs the places and the lookups, and tells what happened at which line."""

import sys
from collections import defaultdict
from typing import Any
from unittest.mock import patch

from asgiref.sync import async_to_sync
from bank import lookups, places
from bank.models import Account
from django.db import connection, models
from django.db.models import QuerySet


def stack() -> tuple[int, ...]:
    """The lines of the places module that are being run, the innermost first."""
    lines = []
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code.co_filename == places.__file__ and frame.f_code.co_name != "<module>":
            lines.append(frame.f_lineno)
    return tuple(lines)


def run_places() -> dict[str, list[list[int]]]:
    """The stacks that sent a task: those inside a transaction, and those outside."""
    seen: dict[str, list[list[int]]] = defaultdict(list)

    def note(*args: Any, **kwargs: Any) -> None:
        where = "inside" if connection.in_atomic_block else "outside"
        seen[where].append(list(stack()))

    with patch.object(places.probe, "apply_async", note), patch.object(places.app, "send_task", note):
        for function in places.PLACES:
            function(Account(pk=1))
        async_to_sync(places.asynchronous)(Account(pk=1))
    return seen


def run_lookups() -> list[int]:
    """The lines of the lookups of which the database takes two rows."""
    lines = []
    for function in lookups.LOOKUPS:
        for model in (lookups.Card, lookups.Branch, Account):
            model.objects.all().delete()
        account = Account.objects.create(number="of the card")
        lookups.Branch.objects.create(pk=1000, bank="of the card")
        first, second = (_unseen(function, new, account) for new in ("first", "second"))
        if first.pk != second.pk:
            lines.append(max(line for _, _, line in function.__code__.co_lines() if line is not None))
    return lines


def _unseen(function: lookups.Lookup, new: str, account: Account) -> models.Model:
    """The row that a lookup gives when its first look finds nothing."""
    looked = []
    get = QuerySet.get

    def get_later(rows: Any, *args: Any, **kwargs: Any) -> Any:
        looked.append(rows)
        if len(looked) == 1:
            raise rows.model.DoesNotExist
        return get(rows, *args, **kwargs)

    with patch.object(QuerySet, "get", get_later):
        return function(new, account)[0]
