"""SARIF 2.1.0, the format of code scanning."""

from __future__ import annotations

import json
from typing import Any, Final, TextIO
from urllib.parse import quote

from mypy_deckrules import __version__
from mypy_deckrules.cli.output.fingerprints import with_fingerprints
from mypy_deckrules.cli.output.paths import from_root
from mypy_deckrules.cli.results import Finding, Problem, Results
from mypy_deckrules.codes import DOCUMENTATION, RULES

INDEXES: Final = {rule.code: index for index, rule in enumerate(RULES)}
SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def write(results: Results, file: TextIO) -> None:
    """Write the results as a log with one run."""
    json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(results)]}, file, indent=2)
    file.write("\n")


def _run(results: Results) -> dict[str, Any]:
    return {
        "tool": {
            "driver": {
                "name": "deckrules",
                "version": __version__,
                "informationUri": DOCUMENTATION,
                "rules": [
                    {
                        "id": rule.code,
                        "shortDescription": {"text": rule.summary},
                        "helpUri": rule.page,
                        "defaultConfiguration": {"enabled": rule.default, "level": "error"},
                        "properties": {"tags": [rule.family.code]},
                    }
                    for rule in RULES
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not results.problems,
                "toolExecutionNotifications": [_notification(problem) for problem in results.problems],
            }
        ],
        "results": [_result(finding, fingerprint) for finding, fingerprint in with_fingerprints(results.findings)],
    }


def _result(finding: Finding, fingerprint: str) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column + 1,
    }
    return {
        "ruleId": finding.code,
        **({"ruleIndex": INDEXES[finding.code]} if finding.code in INDEXES else {}),
        "level": "error",
        "message": {"text": finding.message},
        "locations": [_location(finding.path, region)],
        "partialFingerprints": {"deckrules/v1": fingerprint},
    }


def _notification(problem: Problem) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "level": "error",
        "message": {"text": problem.message},
        "locations": [_location(problem.path, region)],
    }


def _location(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": quote(from_root(path))}, "region": region}}
