"""GitLab's code quality report."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TextIO

from mypy_deckrules.cli.output.fingerprints import with_fingerprints
from mypy_deckrules.cli.output.paths import from_root
from mypy_deckrules.cli.results import Finding, Problem, Results


def write(results: Results, file: TextIO) -> None:
    """Write the report, a JSON array."""
    entries = [_finding(finding, fingerprint) for finding, fingerprint in with_fingerprints(results.findings)]
    json.dump([*entries, *map(_problem, results.problems)], file, indent=2)
    file.write("\n")


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": f"{finding.message} ({finding.page})",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": "major",
        "location": {
            "path": from_root(finding.path),
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }


def _problem(problem: Problem) -> dict[str, Any]:
    path = from_root(problem.path)
    return {
        "description": problem.message,
        "check_name": "not-checked",
        "fingerprint": hashlib.sha256(f"{path}\0{problem.message}".encode()).hexdigest(),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": problem.line, "end": problem.line}},
    }
