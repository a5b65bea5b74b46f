"""The numbers of queries on the query rules' pages are those that Django sends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mypy_deckrules.cli.pages import page_of
from mypy_deckrules.codes import RULES
from tests.rules.examples import BULK, example_files, package_of

CODES = [rule.code for rule in RULES if rule.family.code == "deck-query"]
ROW = re.compile(r"^\| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    """For each example the queries that it sends, with fewer rows and with more."""
    root = tmp_path_factory.mktemp("pages")
    for code in CODES:
        for section, verdict in (("Example", "bad"), ("Use instead", "good")):
            for name, text in example_files(code, section):
                path = root / f"{package_of(code)}_{verdict}" / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text)
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("count_pages.py")), str(root)],
        env={**os.environ, "PYTHONPATH": str(BULK), "DJANGO_SETTINGS_MODULE": "shop.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, list[int]] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("code", CODES)
def test_counts_on_the_page_are_measured(code: str, counted: dict[str, list[int]]) -> None:
    rows = [[int(number) for number in row] for row in ROW.findall(page_of(code).sections["Why is this bad?"])]
    bad, good = (counted[f"{package_of(code)}_{verdict}"] for verdict in ("bad", "good"))
    assert rows == [[10, bad[0], good[0]], [20, bad[1], good[1]]]
    assert bad[1] > bad[0]
    assert good[1] == good[0]
