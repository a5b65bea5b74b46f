"""Run the library's loops under the finders of N+1 queries that watch at run time, and tell what each finds.

Prints JSON: for each function of ``tests/queries/project/library/loops``, the finders that spoke up while it ran once
over six rows of each kind. Run by ``measure.py``, with the Python of an environment that has the finders.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import django
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

LIBRARY = Path(__file__).parents[2] / "tests" / "queries" / "project"
SIZE = 6


def speaks_up(function: Callable[..., Any], given: dict[str, Any], watch: AbstractContextManager[Any]) -> bool:
    """Whether a finder raises while a function runs."""
    call = async_to_sync(function) if inspect.iscoroutinefunction(function) else function
    try:
        with transaction.atomic(), contextlib.redirect_stdout(io.StringIO()), watch:
            call(**given)
            transaction.set_rollback(True)
    except Exception as error:
        if type(error).__name__ != "NPlusOneError":
            raise
        # nplusone tells of what is loaded in vain, too.
        return "eager load" not in str(error)
    return False


def main() -> None:
    sys.path.insert(0, str(LIBRARY))
    os.environ["DJANGO_SETTINGS_MODULE"] = "library.settings"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "zeal"]
    django.setup()
    import measure
    from nplusone.core.profiler import Profiler
    from nplusone.ext.django import patch  # noqa: F401
    from zeal import zeal_context

    call_command("migrate", run_syncdb=True, verbosity=0)
    measure.fill(SIZE)
    found = {
        f"{path.name}:{function.__name__}": [
            name
            for name, watch in (("django-zeal", zeal_context), ("nplusone", Profiler))
            if speaks_up(function, measure.arguments(function), watch())
        ]
        for path, function in measure.loops()
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
