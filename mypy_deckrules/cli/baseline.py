"""The baseline: how often each code may be found in each file.

It names no lines, so that it stays true when code moves, and is sorted, an entry a line, so that branches merge:

    shop/tasks.py http-timeout 2
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

from mypy_deckrules.cli.files import write_file
from mypy_deckrules.cli.results import CannotRun, Finding, Results
from mypy_deckrules.codes import RULES_BY_CODE

HEADER: Final = (
    "# What deckrules may still find: file, code, how often.\n"
    "# It only goes down: deckrules adopt --tighten --baseline FILE\n"
)

Entry = tuple[str, str]
"""A file and a code."""


def read_baseline(file: Path) -> Counter[Entry]:
    """The baseline in a file.

    Raises:
        CannotRun: the file cannot be read, or is no baseline.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file}: cannot be read: {error}") from None
    baseline: Counter[Entry] = Counter()
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        path, code, count = (*line.rsplit(maxsplit=2), "", "")[:3]
        if code not in RULES_BY_CODE or not count.isdecimal() or int(count) == 0:
            raise CannotRun(f'{file}:{number}: must be a file, a code and a number, not "{line}"')
        if (path, code) in baseline:
            raise CannotRun(f"{file}:{number}: {path} {code} stands in the baseline already")
        baseline[path, code] = int(count)
    return baseline


def write_baseline(file: Path, baseline: Counter[Entry]) -> None:
    """Write a baseline, sorted.

    Raises:
        CannotRun: the file cannot be written.
    """
    entries = [f"{path} {code} {count}\n" for (path, code), count in sorted(baseline.items()) if count]
    write_file(file, HEADER + "".join(entries))


def found(results: Results) -> Counter[Entry]:
    """The baseline that allows what was found, and nothing else."""
    return Counter(_entry(finding) for finding in results.findings if finding.code in RULES_BY_CODE)


def lowered(baseline: Counter[Entry], results: Results) -> Counter[Entry]:
    """The baseline without what is no longer found; where not all files were checked, the others keep their entries."""
    now = found(results)
    checked = {Path(path).as_posix() for path in results.modules}
    return Counter(
        {
            entry: min(allowed, now[entry]) if results.is_complete or entry[0] in checked else allowed
            for entry, allowed in baseline.items()
        }
    )


def compared(results: Results, baseline: Counter[Entry]) -> Results:
    """The results without what the baseline allows, and with what it allows in vain.

    Where there is more of a code in a file than the baseline allows, all of it is shown: nobody can tell which is new.
    """
    allowed = {entry for entry, count in found(results).items() if count <= baseline[entry]}
    new = lowered(baseline, results)
    stale = [
        f"{path} {code}: the baseline allows {count}, there is {new[path, code] or 'none'} now"
        for (path, code), count in sorted(baseline.items())
        if new[path, code] < count
    ]
    findings = tuple(finding for finding in results.findings if _entry(finding) not in allowed)
    return replace(results, findings=findings, stale=tuple(stale))


def _entry(finding: Finding) -> Entry:
    return Path(finding.path).as_posix(), finding.code
