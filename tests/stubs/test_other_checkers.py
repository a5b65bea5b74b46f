"""``docs/other-checkers.md``: which contracts hold in checkers that take no plugins, from what they report here."""

from __future__ import annotations

from typing import Final, NamedTuple

from mypy_deckrules.codes import RULES
from tests.stubs.checkers import PROJECT, ROOT, findings

PAGE: Final = ROOT / "docs" / "other-checkers.md"
OTHERS: Final = ("basedpyright", "ty", "pyrefly")
MARK: Final = "  # row: "


class Contract(NamedTuple):
    """A line that breaks a rule, in the program named after the rule."""

    file: str
    line: int
    breach: str


def contracts(code: str) -> list[Contract]:
    file = f"contracts/{code.replace('-', '_')}.py"
    lines = enumerate((PROJECT / file).read_text().splitlines(), start=1)
    return [Contract(file, number, line.partition(MARK)[2]) for number, line in lines if MARK in line]


def table() -> str:
    """The table of the page, as the checkers would have it today."""
    reported = {checker: {(item.file, item.line) for item in findings(checker)} for checker in OTHERS}
    rows = [("rule", "what breaks it", *OTHERS), ("---",) * (2 + len(OTHERS))]
    for rule in RULES:
        for file, line, breach in contracts(rule.code):
            seen = ("yes" if (file, line) in reported[checker] else "no" for checker in OTHERS)
            rows.append((f"`{rule.code}`", breach, *seen))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_the_page_says_what_the_checkers_do() -> None:
    assert table() in PAGE.read_text(), f"the table in {PAGE.name} should be:\n{table()}"


def test_the_checkers_report_nothing_but_the_breaches() -> None:
    marked = {(contract.file, contract.line) for rule in RULES for contract in contracts(rule.code)}
    for checker in OTHERS:
        others = [item for item in findings(checker) if "contracts" in item.file and item[:2] not in marked]
        assert others == [], checker


def test_each_rule_has_a_row() -> None:
    assert [rule.code for rule in RULES if not contracts(rule.code)] == []
