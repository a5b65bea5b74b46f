"""One mypy run over marked programs: every mark is reported, and nothing else.

A mark is a comment at the end of the line that must be reported: ``# E: code``, ``# E: code "part of the message"``, or
several with commas between. A file whose first line is ``# select: code, code`` is judged by those codes alone. A file below
``project`` may not be reported where it has no mark.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mypy_deckrules.codes import ALL_CODES

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"
FILES = sorted(path for path in PROJECT.rglob("*.py"))
MARK = re.compile(r'(?P<code>[a-z][a-z-]+)(?: "(?P<message>[^"]*)")?')


@dataclass(frozen=True)
class Report:
    line: int
    code: str
    message: str


def marks(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, code, part of the message) for each mark of a file."""
    for number, line in enumerate(source.splitlines(), 1):
        _, found, text = line.partition("# E: ")
        if found:
            yield from ((number, mark["code"], mark["message"] or "") for mark in MARK.finditer(text))


def selected(source: str) -> frozenset[str]:
    """The codes that a file is judged by."""
    first = source.partition("\n")[0]
    return frozenset(re.findall(r"[a-z-]+", first.partition(":")[2])) if first.startswith("# select:") else ALL_CODES


@pytest.fixture(scope="module")
def reports() -> dict[Path, list[Report]]:
    command = [sys.executable, "-m", "mypy", "--output=json", "--config-file=mypy.ini", "."]
    cache = ROOT / ".cache" / "bulk"
    run = subprocess.run(
        [*command, f"--cache-dir={cache}"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found: dict[Path, list[Report]] = {path: [] for path in FILES}
    for line in run.stdout.splitlines():
        error = json.loads(line)
        if error["code"] in ALL_CODES or error["code"] == "deck-internal":
            found[PROJECT / error["file"]].append(Report(error["line"], error["code"], error["message"]))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_marks(path: Path, reports: dict[Path, list[Report]]) -> None:
    source = path.read_text()
    codes = selected(source) | {"deck-internal"}
    reported = [report for report in reports[path] if report.code in codes]
    expected = list(marks(source))
    found = Counter((report.line, report.code) for report in reported)
    wanted = Counter((line, code) for line, code, _ in expected)
    assert sorted((found - wanted).elements()) == [], "reported without a mark"
    assert sorted((wanted - found).elements()) == [], "marked and not reported"
    for line, code, part in expected:
        assert any(part in report.message for report in reported if (report.line, report.code) == (line, code)), part
