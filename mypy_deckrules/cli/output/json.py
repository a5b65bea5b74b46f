"""JSON for programs; ``docs/adoption.md`` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final, TextIO

from mypy_deckrules import __version__
from mypy_deckrules.cli.results import Finding, Results
from mypy_deckrules.codes import RULES

FORMAT: Final = 1
"""Goes up when what is there changes its meaning or goes away; new keys may come at any time."""


def write(results: Results, file: TextIO) -> None:
    """Write the results as one JSON object."""
    json.dump(document(results), file, indent=2)
    file.write("\n")


def document(results: Results) -> dict[str, Any]:
    """The results as JSON-compatible data."""
    return {
        "format": FORMAT,
        "version": __version__,
        "summary": {
            "findings": len(results.findings),
            "modules": len(results.modules),
            "unseen_functions": dict(results.unseen),
        },
        "codes": {
            rule.code: {"findings": results.counts[rule.code], "modules": results.running.get(rule.code, 0)}
            for rule in RULES
        },
        "findings": [_finding(finding) for finding in results.findings],
        "problems": [asdict(problem) for problem in results.problems],
        "stale": list(results.stale),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "family": finding.family, "page": finding.page, **asdict(finding)}
