# select: transaction-dispatch, task-signature
"""Tasks whose class comes from ``app.Task = CommitTask``, which sends on commit."""

from __future__ import annotations

from django.db import transaction

from committing.orders.tasks import at_once, fetch, ship, tell


@transaction.atomic
def place(pk: int) -> None:
    ship.delay(pk)
    ship.apply_async((pk,))
    ship.s(pk).delay()
    tell.delay(pk)
    tell.apply_async((pk,))
    fetch.delay(pk)
    fetch.apply_async((pk, 1))  # E: task-signature
    at_once.delay(pk)  # E: transaction-dispatch
