from __future__ import annotations

import importlib.util
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import ROOT, Console, console

from . import postgres

PREPARATION = """
import bank.tasks, bank.places
from bank.racing import make_tables, race
from bank.models import Account
make_tables()
"""


@dataclass
class Bank:
    """The bank's app with a database: a console in which to run it, and what another process of it needs to know."""

    console: Console
    folder: Path
    environment: dict[str, str]
    vendor: str

    def run(self, statements: str) -> object:
        """Run statements on empty tables; return what they bind to ``result``."""
        return self.console.run(f"Account.objects.all().delete()\n{statements}")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[dict[str, object]]:
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed")
    with postgres.server(programs) as database:
        yield database


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def bank(request: pytest.FixtureRequest) -> Iterator[Bank]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if request.param == "sqlite":
            database: dict[str, object] = {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "bank.sqlite3"),
                "OPTIONS": {"timeout": 20},
            }
        else:
            database = request.getfixturevalue("postgresql")
        environment = {
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
            "DJANGO_SETTINGS_MODULE": "bank.settings",
            "BANK_DATABASE": json.dumps(database),
            "BANK_FOLDER": name,
        }
        with console(folder=ROOT, environment=environment) as running:
            running.run(PREPARATION)
            yield Bank(running, folder, environment, request.param)
