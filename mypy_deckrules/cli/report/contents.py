"""What the page shows, as JSON-compatible data; ``page.js`` lays it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from mypy_deckrules import __version__
from mypy_deckrules.cli.adoption import Entry
from mypy_deckrules.cli.baseline import Entry as BaselineEntry
from mypy_deckrules.cli.baseline import compared
from mypy_deckrules.cli.report.history import Run
from mypy_deckrules.cli.results import Finding, Results
from mypy_deckrules.codes import ALL_CODES, RULES
from mypy_deckrules.config import Options

NOW: Final = "now"


@dataclass(frozen=True, slots=True)
class Adopted:
    """What may be found for the time being: codes of modules in the configuration, a baseline, or both."""

    entries: frozenset[Entry]
    baseline: Counter[BaselineEntry] | None

    def open_findings(self, results: Results) -> frozenset[Finding]:
        """The findings that ``deckrules check`` would fail for."""
        rest = results if self.baseline is None else compared(results, self.baseline)
        return frozenset(finding for finding in rest.findings if (finding.module, finding.code) not in self.entries)


def contents(results: Results, adopted: Adopted, options: Options, earlier: Sequence[Run]) -> dict[str, Any]:
    """The data of the page.

    Args:
        results: of a run that found what the configuration adopts, too.
        adopted: what is adopted.
        options: the plugin's options.
        earlier: earlier runs, oldest first.
    """
    failing = adopted.open_findings(results)
    modules = set(results.modules.values())
    entries = sorted(entry for entry in adopted.entries if entry[0] in modules)
    return {
        "project": Path.cwd().name,
        "version": __version__,
        "written": datetime.now(UTC).isoformat(timespec="minutes"),
        "modules": len(modules),
        "unseen": dict(results.unseen),
        "problems": [asdict(problem) for problem in results.problems],
        "rules": [
            {
                "code": rule.code,
                "family": rule.family.code,
                "summary": rule.summary,
                "page": rule.page,
                "modules": results.running.get(rule.code, 0),
            }
            for rule in RULES
        ],
        "findings": [_finding(finding, is_open=finding in failing) for finding in results.findings],
        "entries": entries,
        "off": _off(
            {*(finding.module for finding in results.findings), *(name for name, _ in entries)}, options, entries
        ),
        "trend": [asdict(run) for run in (*earlier, _run(results, failing, entries))],
    }


def _finding(finding: Finding, *, is_open: bool) -> dict[str, Any]:
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "message": finding.message,
        "module": finding.module,
        "open": is_open,
    }


def _off(modules: Collection[str], options: Options, entries: Collection[Entry]) -> dict[str, list[str]]:
    """The codes that the options leave out in each of the modules, what is adopted aside."""
    return {
        module: sorted(code for code in ALL_CODES - options.codes_for(module) if (module, code) not in entries)
        for module in sorted(modules)
    }


def _run(results: Results, failing: Collection[Finding], entries: Collection[Entry]) -> Run:
    """This run as ``deckrules check`` would have told of it."""
    adopted = Counter(code for _, code in entries)
    return Run(
        label=NOW,
        modules=len(results.modules),
        findings=dict(Counter(finding.code for finding in failing)),
        running={code: modules - adopted[code] for code, modules in results.running.items()},
    )
