"""What the plugin reports of the bank: the marked lines, the places that are inside a transaction, the lookups that the
database takes two rows of."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.processes import ROOT

from .conftest import Bank

BANK = Path(__file__).parent / "bank"
CONFIG = """
[mypy]
plugins = mypy_deckrules
check_untyped_defs = true
explicit_package_bases = true
disable_error_code = var-annotated
[mypy.plugins.deckrules]
select = deck-transaction, deck-race
"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[int, str]]]:
    """The (line, code) pairs that are reported in each file."""
    config = tmp_path_factory.mktemp("config") / "mypy.ini"
    config.write_text(CONFIG)
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--output=json", f"--config-file={config}", "bank"],
        cwd=BANK.parent,
        env={**os.environ, "MYPYPATH": str(BANK.parent), "MYPY_CACHE_DIR": str(ROOT / ".cache" / "database")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for line in run.stdout.splitlines():
        error = json.loads(line)
        assert error["code"].startswith(("transaction-", "race-")), error
        found[Path(error["file"]).name].add((error["line"], error["code"]))
    return found


@pytest.mark.parametrize("name", ["races.py", "commits.py"])
def test_reported_is_what_is_marked(name: str, reported: dict[str, set[tuple[int, str]]]) -> None:
    marked = {
        (number, mark.group(1))
        for number, line in enumerate((BANK / name).read_text().splitlines(), 1)
        if (mark := re.search(r"# E: ([a-z-]+)$", line))
    }
    assert reported[name] == marked


def test_reported_is_what_is_inside(bank: Bank, reported: dict[str, set[tuple[int, str]]]) -> None:
    lines = {line for line, code in reported["places.py"] if code == "transaction-dispatch"}
    seen = bank.run("from bank.probing import run_places\nresult = run_places()")
    assert isinstance(seen, dict)
    # A helper is reported where it is called.
    assert [stack for stack in seen["inside"] if lines.isdisjoint(stack)] == []
    assert [stack for stack in seen["outside"] if not lines.isdisjoint(stack)] == []
    run = {line for stacks in seen.values() for stack in stacks for line in stack}
    assert lines <= run


def test_reported_is_what_is_taken_twice(bank: Bank, reported: dict[str, set[tuple[int, str]]]) -> None:
    lines = {line for line, code in reported["lookups.py"] if code == "race-get-or-create"}
    assert lines == set(bank.run("from bank.probing import run_lookups\nresult = run_lookups()"))  # type: ignore[call-overload]
