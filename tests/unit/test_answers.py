"""Each fact by itself: a question stands in a program, the answer in a comment behind it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

UNIT = Path(__file__).parent
ROOT = UNIT.parents[1]
HELPERS = {"__init__.py", "ask.py", "models.py"}
FILES = sorted({path.name for path in (UNIT / "answers").glob("*.py")} - HELPERS)
CONFIG = f"""
[mypy]
plugins = mypy_deckrules, {UNIT / "answering.py"}
check_untyped_defs = true
explicit_package_bases = true
[mypy.plugins.deckrules]
select = http-timeout
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, str]]:
    """The answers of one mypy run, by file and line."""
    config = tmp_path_factory.mktemp("config") / "mypy.ini"
    config.write_text(CONFIG)
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--output=json", f"--config-file={config}", "answers"],
        cwd=UNIT,
        env={**os.environ, "MYPYPATH": str(UNIT), "MYPY_CACHE_DIR": str(ROOT / ".cache" / "unit")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    given: dict[str, dict[int, str]] = defaultdict(dict)
    for line in run.stdout.splitlines():
        note = json.loads(line)
        if note["message"].startswith("= "):
            given[Path(note["file"]).name][note["line"]] = note["message"].removeprefix("= ")
    return given


@pytest.mark.parametrize("name", FILES)
def test_answers(name: str, answers: dict[str, dict[int, str]]) -> None:
    expected = {}
    for number, line in enumerate((UNIT / "answers" / name).read_text().splitlines(), 1):
        _, mark, answer = line.partition("  # = ")
        if mark:
            expected[number] = answer
    assert expected
    assert answers[name] == expected
