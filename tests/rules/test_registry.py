"""Every rule of the registry is whole: a module, a page, a bad example that is reported and a good one that is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mypy_deckrules.cli.pages import page_of
from mypy_deckrules.codes import ALL_CODES, ERROR_CODES, RULES
from mypy_deckrules.rules import load_checks

BULK = Path(__file__).parents[1] / "bulk" / "project"
CODES = [rule.code for rule in RULES]


@pytest.mark.parametrize("code", CODES)
def test_page_is_whole(code: str) -> None:
    page = page_of(code)
    assert page.headline.endswith(".")
    assert "\n" not in page.headline
    assert "https://" in page.sections["References"]


def test_every_rule_checks_something() -> None:
    names = ("check_call", "check_task", "check_dispatch", "check_read", "check_module", "check_class")
    checking = {code for name in names for code, _, _ in load_checks(name)}
    assert checking == ALL_CODES


def test_error_codes_nest_in_their_family() -> None:
    for rule in RULES:
        parent = ERROR_CODES[rule.code].sub_code_of
        assert parent is not None
        assert parent.code == rule.family.code


def write_examples(root: Path) -> dict[str, str]:
    """Each example as a module below ``root``, with the code that it belongs to."""
    written = {}
    for code in CODES:
        page = page_of(code)
        for section, verdict in (("Example", "bad"), ("Use instead", "good")):
            for number, block in enumerate(page.code_blocks(section)):
                first = block.partition("\n")[0]
                name = (
                    Path(first.removeprefix("# ")).name if first.startswith("# ") and ".py" in first else "example.py"
                )
                path = root / f"{code.replace('-', '_')}_{verdict}{number}" / name
                path.parent.mkdir()
                (path.parent / "__init__.py").touch()
                path.write_text(block)
                written[str(path.relative_to(root))] = code
    return written


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str]]]:
    """For each example the (code, message) pairs of one mypy run over all of them."""
    root = tmp_path_factory.mktemp("examples")
    written = write_examples(root)
    (root / "mypy.ini").write_text(
        "[mypy]\nplugins = mypy_deckrules\ncheck_untyped_defs = true\n[mypy.plugins.deckrules]\nselect = all\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--output=json", "."],
        cwd=root,
        env={**os.environ, "MYPYPATH": str(BULK)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found: dict[str, list[tuple[str, str]]] = {path: [] for path in written}
    for line in run.stdout.splitlines():
        error = json.loads(line)
        if error["severity"] == "error":
            found.setdefault(error["file"], []).append((error["code"], error["message"]))
    return found


@pytest.mark.parametrize("code", CODES)
def test_examples(code: str, reported: dict[str, list[tuple[str, str]]]) -> None:
    prefix = code.replace("-", "_")
    bad = {path: errors for path, errors in reported.items() if path.startswith(f"{prefix}_bad")}
    good = {path: errors for path, errors in reported.items() if path.startswith(f"{prefix}_good")}
    assert bad
    assert good
    for path, errors in bad.items():
        assert code in {found for found, _ in errors}, path
    for path, errors in good.items():
        assert code not in {found for found, _ in errors}, (path, errors)
        # An example that does not type-check would teach something else than the rule.
        assert {found for found, _ in errors} <= ALL_CODES, (path, errors)
