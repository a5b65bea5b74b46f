"""Task classes of installed packages, whose bodies mypy leaves out, and of stubs, that have none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WAITING = '''
from typing import Any
from celery import Task
from django.db import transaction

class Late(Task):
    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """Send the task when the transaction is committed."""
        transaction.on_commit(lambda: super(Late, self).apply_async(*args, **kwargs))

class Named(Task):
    abstract = True
'''
STUB = """
from typing import Any
from celery import Task

class Late(Task):
    def apply_async(self, *args: Any, **kwargs: Any) -> Any: ...

class Named(Task): ...
"""
PROGRAM = """
from celery import shared_task
from django.db import transaction
from late.tasks import Late, Named

@shared_task(base=Late)
def wait(pk: int) -> None: ...

@shared_task(base=Named)
def ship(pk: int) -> None: ...

@transaction.atomic
def confirm(pk: int) -> None:
    wait.delay(pk)
    wait.apply_async((pk,))
    ship.delay(pk)
"""


@pytest.mark.parametrize(("name", "source"), [("tasks.py", WAITING), ("tasks.pyi", STUB)])
def test_bodies_that_cannot_be_seen_may_wait_for_the_commit(tmp_path: Path, name: str, source: str) -> None:
    installed = tmp_path / "site" / "late"
    installed.mkdir(parents=True)
    for file, text in (("__init__.py", ""), ("py.typed", ""), (name, source)):
        (installed / file).write_text(text)
    (tmp_path / "shop.py").write_text(PROGRAM)
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\nplugins = mypy_deckrules\n[mypy.plugins.deckrules]\nselect = transaction-dispatch\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "shop.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line.partition(" error:")[0] for line in run.stdout.splitlines()] == ["shop.py:16:"], run.stdout
