"""Runs two threads through a function at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_save

PATIENCE = 1.0
"""How long one thread waits for the other; under a lock the other does not come."""


def make_tables() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)


def race(function: Callable[[Any, Callable[[], object]], None], *given: object) -> None:
    """Run ``function`` in two threads, each with one of ``given``; they meet where it calls ``meanwhile``, and where a
    new row is about to be written."""
    barrier = threading.Barrier(2)

    def meanwhile(**signal: object) -> None:
        if "instance" in signal and not signal["instance"]._state.adding:  # type: ignore[attr-defined]
            return
        with suppress(threading.BrokenBarrierError):
            barrier.wait(PATIENCE)

    def run(argument: object) -> None:
        try:
            function(argument, meanwhile)
        finally:
            connection.close()

    pre_save.connect(meanwhile)
    try:
        with ThreadPoolExecutor(2) as pool:
            for future in [pool.submit(run, argument) for argument in given]:
                future.result()
    finally:
        pre_save.disconnect(meanwhile)
