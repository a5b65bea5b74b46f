"""mypy's own test cases: ``test-data/unit/check-*.test`` in its source distribution, and a reader of their format.

The format is described in ``test-data/unit/README.md`` there: a case is a program, ``[file path]`` sections are modules
that it imports, ``[builtins path]`` and the like are stubs that stand in for typeshed, ``path.2`` is what a file
becomes before the second run, ``[delete path.2]`` removes it. What mypy should answer is left out: here the question is
whether it answers the same with the plugin.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mypy.version import __version__

CACHE: Final = Path(__file__).parents[2] / ".cache" / "robustness"
CASE: Final = re.compile(r"^\[case (\w+)[^\]]*\][ \t]*$", re.MULTILINE)
SECTION: Final = re.compile(r"^\[([a-z_]+)\d*(?: ([^\]]*))?\]\s*$")
STEP: Final = re.compile(r"(.*)\.([2-9])$")
STAND_INS: Final = ("builtins", "typing", "_typeshed")


@dataclass(frozen=True)
class Case:
    """A test case of mypy's.

    Attributes:
        suite: the name of the file that it stands in, ``check-basic.test``.
        name: its name there.
        program: the text of the main module.
        files: the files beside it, by their paths.
        updates: for each later run, by its number, the files that change; None for one that is removed.
    """

    suite: str
    name: str
    program: str
    files: Mapping[str, str]
    updates: Mapping[int, Mapping[str, str | None]]

    @property
    def runs(self) -> int:
        """How often mypy is run over it: more than once, with a cache, where the case is about that."""
        incremental = "incremental" in f"{self.suite} {self.name}".lower() or "serialize" in self.suite
        return max(2, *self.updates) if incremental and self.updates else 2 if incremental else 1

    def __str__(self) -> str:
        return f"{self.suite}::{self.name}"


def mypy_sources() -> Path:
    """The unpacked source distribution of the installed mypy; it is fetched with pip when it is not there yet.

    Raises subprocess.CalledProcessError where pip cannot fetch it.
    """
    folder = CACHE / f"mypy-{__version__}"
    if not folder.exists():
        archive = CACHE / f"mypy-{__version__}.tar.gz"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=mypy", f"--dest={CACHE}"]
        subprocess.run([*pip, f"mypy=={__version__}"], check=True, capture_output=True, text=True)
        with tarfile.open(archive) as sources:
            sources.extractall(CACHE, filter="data")
    return folder


def mypy_cases(sources: Path, pattern: str = "check-*.test") -> list[Case]:
    """The cases of the files that ``pattern`` matches, in the order of their files' names."""
    files = sorted((sources / "test-data" / "unit").glob(pattern))
    return [case for file in files for case in _cases(file, sources)]


def _cases(file: Path, sources: Path) -> Iterator[Case]:
    _, *parts = CASE.split(file.read_text(encoding="utf-8"))
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        program, files = "", dict[str, str]()
        updates: dict[int, dict[str, str | None]] = {}
        for kind, argument, body in _sections(text.replace("<ROOT>", str(sources))):
            step = STEP.fullmatch(argument)
            if kind == "program":
                program = body
            elif kind in ("file", "fixture"):
                if step is None:
                    files[argument] = body
                else:
                    updates.setdefault(int(step[2]), {})[step[1]] = body
            elif kind == "delete" and step is not None:
                updates.setdefault(int(step[2]), {})[step[1]] = None
            elif kind in STAND_INS:
                files[f"{kind}.pyi"] = (file.parent / argument).read_text(encoding="utf-8")
        yield Case(file.name, name, program, files, updates)


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    """(kind, argument, body) of each section; the first is the program."""
    kind, argument, lines = "program", "", list[str]()
    for line in text.splitlines():
        header = SECTION.match(line)
        if header:
            yield kind, argument, "\n".join(lines)
            kind, argument, lines = header[1], header[2] or "", []
        elif line.startswith("\\["):
            lines.append(line[1:])
        elif not line.startswith("--"):
            lines.append(line.rstrip())
        elif line.startswith("----"):
            lines.append(line[2:])
    yield kind, argument, "\n".join(lines)
