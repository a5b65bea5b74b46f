"""The plugin reports in the examples what their marks say, and nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

from mypy_deckrules.codes import RULES

from .conftest import EXAMPLES

MARK = re.compile(r"# E: (?P<codes>[a-z-]+(, [a-z-]+)*)$")

Finding = tuple[str, int, str]


def marked(folder: Path) -> set[Finding]:
    return {
        (str(file.relative_to(folder)), number, code)
        for file in folder.rglob("*.py")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if (mark := MARK.search(line))
        for code in mark["codes"].split(", ")
    }


def reported(folder: Path, cache: Path) -> set[Finding]:
    command = [sys.executable, "-m", "mypy", "--output=json", "--cache-dir", str(cache)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode in {0, 1}, run.stdout + run.stderr
    findings = [json.loads(line) for line in run.stdout.splitlines() if line]
    return {(finding["file"], finding["line"], finding["code"]) for finding in findings}


def test_shop_is_reported_as_marked(tmp_path: Path) -> None:
    folder = EXAMPLES / "shop"
    expected, found = marked(folder), reported(folder, tmp_path)
    assert {"missing": expected - found, "unexpected": found - expected} == {"missing": set(), "unexpected": set()}


def test_shop_fixed_is_clean(tmp_path: Path) -> None:
    assert reported(EXAMPLES / "shop_fixed", tmp_path) == set()


def test_shop_breaks_every_rule() -> None:
    assert {code for _, _, code in marked(EXAMPLES / "shop")} == {rule.code for rule in RULES}
