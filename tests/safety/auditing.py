"""Runs a command and lists what it and its Python children did: Python's audit events (``sys.addaudithook``, PEP 578).

Python raises one for each file that is opened, socket made, process started and module imported, whoever does it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOOK: Final = Path(__file__).parent / "hook"
MYPY: Final = (sys.executable, "-m", "mypy")
DECKRULES: Final = (str(Path(sys.executable).with_name("deckrules")),)
WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Audit:
    """What a command printed, how it ended, and its events: each a name and the texts of its arguments."""

    output: str
    returned: int
    events: list[tuple[str, ...]]

    def named(self, *prefixes: str) -> list[tuple[str, ...]]:
        return [event for event in self.events if event[0].startswith(prefixes)]

    @property
    def imported(self) -> set[str]:
        return {name for event, name, *_ in self.named("import")}

    @property
    def read(self) -> set[Path]:
        """The files that were opened to be read."""
        return {Path(path) for _, path, _, flags in self.named("open") if not int(flags) & WRITING}

    @property
    def written(self) -> set[Path]:
        """The files that were opened to be written."""
        return {Path(path) for _, path, _, flags in self.named("open") if int(flags) & WRITING}


def audit(folder: Path, *command: str, python_path: Path | None = None) -> Audit:
    """Run a command in a folder.

    Args:
        python_path: a folder from which Python can import.
    """
    log = folder.parent / f"{folder.name}.audit"
    log.write_text("")
    environment = {
        **os.environ,
        "DECKRULES_AUDIT": str(log),
        "PYTHONPATH": os.pathsep.join(map(str, filter(None, (HOOK, python_path)))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    events = [tuple(json.loads(line)) for line in log.read_text().splitlines()]
    assert events, "the hook must be at work"
    return Audit(run.stdout + run.stderr, run.returncode, events)
