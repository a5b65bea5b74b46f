"""Earlier runs, as ``deckrules check --output json`` wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mypy_deckrules.cli.output.json import FORMAT
from mypy_deckrules.cli.results import CannotRun


@dataclass(frozen=True, slots=True)
class Run:
    """What is left of a run: of each code, how often it was found and in how many modules it ran.

    Attributes:
        label: what it is called, the name of its file without the ending.
        modules: the number of modules that were checked.
        findings: by code.
        running: the number of modules that each code ran in.
    """

    label: str
    modules: int
    findings: Mapping[str, int]
    running: Mapping[str, int]


def read_history(paths: Iterable[Path]) -> list[Run]:
    """The runs in these files, in their order; those in a folder in the order of their names.

    Raises:
        CannotRun: a file cannot be read, or holds something else.
    """
    return [_read(file) for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]


def _read(file: Path) -> Run:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise CannotRun(f"{file}: written by another version of deckrules (format {document['format']})")
        return _run(file.stem, document)
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CannotRun(f"{file}: is not what deckrules check --output json writes") from None


def _run(label: str, document: Mapping[str, Any]) -> Run:
    codes = document["codes"].items()
    return Run(
        label=label,
        modules=int(document["summary"]["modules"]),
        findings={code: int(counts["findings"]) for code, counts in codes},
        running={code: int(counts["modules"]) for code, counts in codes},
    )
