"""What may be sent to a task with ``pydantic=True``, by the version of the installed Celery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

from mypy_deckrules.facts.dispatches import pydantic_models

PROGRAM = """
from typing import Any
from celery import Celery, chain, current_app, group, shared_task
from pydantic import BaseModel

class Row(BaseModel):
    x: int

class Derived(Row): ...

@shared_task
def run(value: Any) -> None: ...

@shared_task(pydantic=True)
def validated(row: Row, other: int = 0) -> None: ...

@shared_task(pydantic=True)
def validated_or_none(row: Row | None = None) -> None: ...

@shared_task(pydantic=True)
def validated_list(rows: list[Row]) -> None: ...

@shared_task(pydantic=False)
def not_validated(row: Any) -> None: ...

def send(row: Row, derived: Derived, maybe: Row | None) -> None:
    validated.delay(row)  # before 5.7
    validated.delay(row, 1)  # before 5.7
    validated.delay(row=row)  # before 5.7
    validated.apply_async((row,))  # before 5.7
    validated.apply_async(kwargs={"row": row})  # before 5.7
    validated.s(row).delay()  # before 5.7
    validated.si(row).delay()  # before 5.7
    validated.signature((row,)).apply_async()  # before 5.7
    validated_or_none.delay(row)  # before 5.7
    validated_or_none.delay(maybe)  # before 5.7
    validated_or_none.delay(None)
    validated.delay(row.model_dump())
    validated.delay(row=row.model_dump(), other=1)
    validated.si({"x": 1}).delay()
    validated_or_none.delay(row.model_dump())
    validated.apply_async((row.model_dump(),))
    validated.s(row.model_dump()).delay()
    validated.apply_async((row,), serializer="pickle")
    validated.apply_async((derived,))  # always
    validated_list.apply_async(([row],))  # always
    not_validated.delay(row)  # always
    run.delay(row)  # always
    current_app.send_task("program.validated", (row,))  # always
    validated.map([row])  # always
    chain(validated.s(row), run.si(1))  # before 5.7
    chain(run.si(1), validated.si(row))  # always
    run.si(1) | validated.si(row)  # always
    run.apply_async((1,), link=validated.si(row))  # always
    run.apply_async((1,), link_error=validated.si(row))  # always
    group(validated.s(row), validated.s(row)).delay()  # before 5.7
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """mypy's cache of the libraries, for all versions."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(("celery", "marks"), [((5, 6), ("always", "before 5.7")), ((5, 7), ("always",))])
def test_models_that_are_sent(
    celery: tuple[int, int], marks: tuple[str, ...], cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pydantic_models, "release_of", lambda package: celery)
    Path("program.py").write_text(f"{PROGRAM}\nCELERY = {celery}\n")
    Path("mypy.ini").write_text("[mypy]\nplugins = mypy_deckrules\n[mypy.plugins.deckrules]\nselect = deck-task\n")
    output, errors, _ = api.run([f"--cache-dir={cache}", "program.py"])
    assert errors == ""
    found = {int(line) for line in re.findall(r"^program.py:(\d+): .*\[task-json-arg\]$", output, re.MULTILINE)}
    lines = enumerate(PROGRAM.splitlines(), 1)
    assert found == {number for number, line in lines if line.endswith(tuple(f"# {mark}" for mark in marks))}
    assert "[task-signature]" not in output
    assert "[arg-type]" not in output
