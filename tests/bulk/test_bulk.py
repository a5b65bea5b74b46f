"""One mypy run over marked programs: every mark is reported, and nothing else, wherever the Django plugin stands.

A mark is a comment at the end of the line that must be reported: ``# E: code``, ``# E: code "part of the message"``, or
several with commas between. ``# D: code`` is a mark that needs the Django plugin, whose types show what is called,
``# O: code`` one that holds with Celery before 5.7, which does not take pydantic models as arguments. A file whose
first line is ``# select: code, code`` is judged by those codes alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from mypy_deckrules.cache import release_of
from mypy_deckrules.codes import ALL_CODES
from tests.stubs.checkers import stub_path

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"
FILES = sorted(path for path in PROJECT.rglob("*.py"))
MARK = re.compile(r'(?P<code>[a-z][a-z-]+)(?: "(?P<message>[^"]*)")?')
ORDERS = {
    "django-first": "mypy_django_plugin.main, mypy_deckrules",
    "django-last": "mypy_deckrules, mypy_django_plugin.main",
    "no-django": "mypy_deckrules",
}
CONFIG = """
[mypy]
plugins = {plugins}
check_untyped_defs = true
mypy_path = {project}:{typings}
explicit_package_bases = true
namespace_packages = true

[mypy.plugins.django-stubs]
django_settings_module = shop.settings

[mypy.plugins.deckrules]
select = all
"""


@dataclass(frozen=True)
class Report:
    line: int
    code: str
    message: str


def marks(source: str, order: str) -> Iterator[tuple[int, str, str]]:
    """(line, code, part of the message) for each mark of a file that holds in an order of plugins."""
    kinds = ["# E: "]
    if order != "no-django":
        kinds.append("# D: ")
    if release_of("celery") < (5, 7):
        kinds.append("# O: ")
    for number, line in enumerate(source.splitlines(), 1):
        for kind in kinds:
            text = line.partition(kind)[2]
            yield from ((number, mark["code"], mark["message"] or "") for mark in MARK.finditer(text))


def selected(source: str) -> frozenset[str]:
    """The codes that a file is judged by."""
    first = source.partition("\n")[0]
    return frozenset(re.findall(r"[a-z-]+", first.partition(":")[2])) if first.startswith("# select:") else ALL_CODES


@cache
def reports(order: str) -> dict[Path, list[Report]]:
    work = ROOT / ".cache" / "bulk" / order
    work.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work / "typings", ignore_errors=True)
    typings = stub_path(work)
    (work / "mypy.ini").write_text(CONFIG.format(plugins=ORDERS[order], project=PROJECT, typings=typings))
    options = [f"--config-file={work / 'mypy.ini'}", f"--cache-dir={work}", "--output=json"]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "."],
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
@pytest.mark.parametrize("order", ORDERS)
def test_marks(path: Path, order: str) -> None:
    source = path.read_text()
    codes = selected(source) | {"deck-internal"}
    reported = [report for report in reports(order)[path] if report.code in codes]
    expected = list(marks(source, order))
    found = Counter((report.line, report.code) for report in reported)
    wanted = Counter((line, code) for line, code, _ in expected)
    assert sorted((found - wanted).elements()) == [], "reported without a mark"
    assert sorted((wanted - found).elements()) == [], "marked and not reported"
    for line, code, part in expected:
        assert any(part in report.message for report in reported if (report.line, report.code) == (line, code)), part
