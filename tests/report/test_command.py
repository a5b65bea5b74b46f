"""``deckrules report`` over a project: what it checks, what it reads, how it refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DECKRULES = Path(sys.executable).with_name("deckrules")
CONFIG = """
[tool.mypy]
files = ["shop"]
plugins = ["mypy_deckrules"]

[[tool.deckrules.overrides]]
module = "shop.old"
ignore = ["http-timeout"]
"""
CALL = "import requests\n\nrequests.get('https://example.org')\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(CONFIG)
    (tmp_path / "shop").mkdir()
    for name, text in {"__init__.py": "", "old.py": CALL, "new.py": CALL}.items():
        (tmp_path / "shop" / name).write_text(text)
    return tmp_path


def deckrules(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MYPY_CACHE_DIR": str(ROOT / ".cache" / "report")}
    return subprocess.run(
        [DECKRULES, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def data_of(page: Path) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text())
    assert match
    data: dict[str, Any] = json.loads(match[1])
    return data


def test_adopted_findings_are_shown_apart_beside_what_came_before(project: Path) -> None:
    (project / "history").mkdir()
    for name in ("2025-02", "2025-01"):
        run = deckrules(project, "check", "--output", "json", "-o", f"history/{name}.json")
        assert run.returncode == 1, run.stderr
    run = deckrules(project, "report", "--html", "report.html", "--history", "history")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "report.html: 2 findings in 3 modules\n"
    data = data_of(project / "report.html")
    assert [(item["module"], item["open"]) for item in data["findings"]] == [("shop.new", True), ("shop.old", False)]
    assert data["entries"] == [["shop.old", "http-timeout"]]
    assert [run["label"] for run in data["trend"]] == ["2025-01", "2025-02", "now"]
    assert [run["findings"]["http-timeout"] for run in data["trend"]] == [1, 1, 1]
    assert [run["running"]["http-timeout"] for run in data["trend"]] == [2, 2, 2]


def test_a_baseline_adopts_too_and_a_file_that_cannot_be_read_is_told(project: Path) -> None:
    (project / "baseline.txt").write_text("shop/new.py http-timeout 1\n")
    (project / "shop" / "broken.py").write_text("def f(:\n")
    run = deckrules(project, "report", "--html", "report.html", "--baseline", "baseline.txt")
    assert (run.returncode, run.stdout) == (2, "report.html: 2 findings in 3 modules, 1 file could not be checked\n")
    data = data_of(project / "report.html")
    assert [(item["module"], item["open"]) for item in data["findings"]] == [("shop.new", False), ("shop.old", False)]
    assert {problem["path"] for problem in data["problems"]} == {"shop/broken.py"}


@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        (None, "h.json: cannot be read: No such file or directory"),
        ("{", "h.json: is not what deckrules check --output json writes"),
        ("[]", "h.json: is not what deckrules check --output json writes"),
        ('{"format": 1, "codes": []}', "h.json: is not what deckrules check --output json writes"),
        ('{"format": 9}', "h.json: written by another version of deckrules (format 9)"),
    ],
)
def test_history_that_cannot_be_read_is_refused_in_one_line(project: Path, history: str | None, refusal: str) -> None:
    if history is not None:
        (project / "h.json").write_text(history)
    run = deckrules(project, "report", "--html", "report.html", "--history", "h.json")
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"deckrules: {refusal}\n")
    assert not (project / "report.html").exists()


def test_a_page_that_cannot_be_written_is_refused_before_the_check(project: Path) -> None:
    run = deckrules(project, "report", "--html", "missing/report.html")
    assert (run.returncode, run.stdout) == (2, "")
    assert re.fullmatch(r"deckrules: .*/missing: no such folder\n", run.stderr)
