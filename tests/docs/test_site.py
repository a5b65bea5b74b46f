"""The documentation: its rule pages are those of the code, and the site builds without a warning."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from docs.generate import PAGES, pages

ROOT: Final = Path(__file__).parents[2]


@pytest.mark.parametrize(("name", "text"), pages().items(), ids=list(pages()))
def test_rule_pages_are_current(name: str, text: str) -> None:
    file = PAGES / name
    assert file.is_file(), "run: python -m docs.generate"
    assert file.read_text(encoding="utf-8") == text, "run: python -m docs.generate"


def test_no_page_is_left_over() -> None:
    assert {file.name for file in PAGES.glob("*.md")} == set(pages())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="the site is built with: pip install -e '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def test_rules_are_found_at_the_addresses_that_findings_name(site: Path) -> None:
    assert (site / "rules" / "http-timeout" / "index.html").is_file()


def test_the_rule_that_is_shown_is_in_its_page(site: Path) -> None:
    # An address that the rule alone names.
    assert "library/dataclasses.html" in (site / "writing-a-rule" / "index.html").read_text(encoding="utf-8")
    left = [
        str(page) for page in site.rglob("*.html") if re.search(r"--8\s*(<|&lt;)", page.read_text(encoding="utf-8"))
    ]
    assert left == []


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    loaded = re.compile(
        r'<(?:script|img|iframe)[^>]+src="?(https?:)?//|<link[^>]+rel="?(?:stylesheet|preload)"?[^>]+//'
    )
    assert [str(page) for page in site.rglob("*.html") if loaded.search(page.read_text(encoding="utf-8"))] == []
