"""Annotations for GitHub: workflow commands, a line each, that Actions shows at the lines of a pull request."""

from __future__ import annotations

from typing import TextIO

from mypy_deckrules.cli.output.paths import from_root
from mypy_deckrules.cli.results import Results


def write(results: Results, file: TextIO) -> None:
    """Write an ``error`` command for each finding and problem."""
    for finding in results.findings:
        place: dict[str, str | int] = {
            "file": from_root(finding.path),
            "line": finding.line,
            "endLine": finding.end_line,
            "col": finding.column,
            "endColumn": finding.end_column,
        }
        _write_error(file, {**place, "title": finding.code}, f"{finding.message} ({finding.page})")
    for problem in results.problems:
        place = {"file": from_root(problem.path), "line": problem.line, "col": problem.column}
        _write_error(file, {**place, "title": "not checked"}, problem.message)
    for entry in results.stale:
        _write_error(file, {"title": "baseline"}, entry)


def _write_error(file: TextIO, properties: dict[str, str | int], message: str) -> None:
    given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    file.write(f"::error {given}::{_escaped(message)}\n")


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
