"""The stubs by the eyes of four checkers: what is right passes, and each line that is marked ``# E`` is refused."""

from __future__ import annotations

import pytest

from tests.stubs.checkers import CHECKERS, LIBRARIES, PROJECT, findings


@pytest.mark.parametrize("checker", CHECKERS)
def test_each_checker_refuses_the_marked_lines_and_no_other(checker: str) -> None:
    reported = {(item.file, item.line): item.message for item in findings(checker) if "contracts" not in item.file}
    marked = {
        (str(path.relative_to(PROJECT)), number)
        for path in (PROJECT / "libraries").glob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if line.endswith("# E")
    }
    assert {place: message for place, message in reported.items() if place not in marked} == {}
    assert sorted(marked - reported.keys()) == []


def test_each_library_has_its_uses() -> None:
    assert [path.stem.removeprefix("use_") for path in sorted((PROJECT / "libraries").glob("use_*.py"))] == LIBRARIES
