"""The table of restored types: each row says what mypy says, and with the plugin that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.restored.table import ASKED, SENT, Asked, Sent, line, page, rows

PAGE = Path(__file__).parents[2] / "docs" / "restored-types.md"


@pytest.mark.parametrize("row", [*ASKED, *SENT], ids=lambda row: row.code)
def test_the_row_says_what_mypy_says(row: Asked | Sent) -> None:
    alone, beside = next((alone, beside) for other, alone, beside in rows() if other is row)
    written = PAGE.read_text(encoding="utf-8").splitlines()
    assert line(row, alone, beside) in written, "run: python -m tests.restored.table > docs/restored-types.md"


@pytest.mark.parametrize("row", SENT, ids=lambda row: row.code)
def test_with_the_plugin_only_the_wrong_calls_are_reported(row: Sent) -> None:
    beside = next(beside for other, _, beside in rows() if other is row)
    assert (beside == "") is row.is_right


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.code)
def test_with_the_plugin_no_type_is_lost(row: Asked) -> None:
    beside = next(beside for other, _, beside in rows() if other is row)
    assert "Any" not in beside
    assert "..." not in beside


def test_the_page_has_no_other_rows() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
