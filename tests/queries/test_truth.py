"""What the plugin says of the library's loops is what Django does: the lines that are reported are those whose number
of queries grows with the rows."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parent / "project"
LOOPS = sorted(path.name for path in (PROJECT / "library" / "loops").glob("*.py") if path.name != "__init__.py")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    run = subprocess.run([sys.executable, "measure.py"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


@pytest.fixture(scope="module")
def reported() -> dict[str, set[int]]:
    """The lines of each file that the plugin reports."""
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--output=json", "--config-file=mypy.ini", "library"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "MYPY_CACHE_DIR": str(ROOT / ".cache" / "queries")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    lines: dict[str, set[int]] = defaultdict(set)
    for line in run.stdout.splitlines():
        error = json.loads(line)
        assert error["code"].startswith("query-"), line
        lines[Path(error["file"]).name].add(error["line"])
    return lines


def growing(measured: dict[str, Any], name: str) -> set[int]:
    return {int(line) for line, (few, many) in measured["queries"].get(name, {}).items() if many > few}


@pytest.mark.parametrize("name", LOOPS)
def test_reported_is_what_grows(name: str, measured: dict[str, Any], reported: dict[str, set[int]]) -> None:
    source = (PROJECT / "library" / "loops" / name).read_text().splitlines()
    said, true = reported[name], growing(measured, name)
    for function, (first, last) in measured["functions"][name].items():
        # Queries of coroutines are known by function. A query set that is kept in a variable is reported where it
        # stands, and runs below.
        if name == "asynchronous.py" or function.startswith("kept_"):
            lines = set(range(first, last + 1))
            said, true = ((found - lines) | ({first} if found & lines else set()) for found in (said, true))
    shown = [
        f"{line}: {'grows' if line in true else 'is reported'}: {source[line - 1]}" for line in sorted(said ^ true)
    ]
    assert not shown, "\n".join(shown)


def test_reported_views_are_those_that_grow(measured: dict[str, Any], reported: dict[str, set[int]]) -> None:
    tree = ast.parse((PROJECT / "library" / "views.py").read_text())
    spans = {node.name: (node.lineno, node.end_lineno or 0) for node in tree.body if isinstance(node, ast.ClassDef)}
    lines = reported["views.py"]
    said = {name for name, (first, last) in spans.items() if any(first <= line <= last for line in lines)}
    assert said == {name for name, (few, many) in measured["views"].items() if many > few}
    assert len(said) >= 12
    assert len(spans) - len(said) >= 12


def test_enough_is_tried(measured: dict[str, Any]) -> None:
    functions = [(name, span) for name, spans in measured["functions"].items() for span in spans.values()]
    bad = [span for name, span in functions if any(span[0] <= line <= span[1] for line in growing(measured, name))]
    assert len(functions) >= 60
    assert len(bad) >= 25
    assert len(functions) - len(bad) >= 25
