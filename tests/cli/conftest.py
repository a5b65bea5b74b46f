"""A folder for a project, and `deckrules` run in it: in this process, or as its users run it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mypy_deckrules.cli.app import app

COMMAND = (sys.executable, "-c", "from mypy_deckrules.cli import main; main()")

CALL = """\
import urllib.request

def fetch(url: str) -> None:
    urllib.request.urlopen(url)
"""
"""A module with one finding: http-timeout in line 4."""


@dataclass
class Folder:
    """A project's folder, which is the current one."""

    path: Path

    def write(self, files: Mapping[str, str]) -> None:
        """Write files; what their lines have in common at their beginning is no part of them."""
        for name, text in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text).removeprefix("\n"))

    def read(self, name: str) -> str:
        return (self.path / name).read_text()

    def deckrules(self, *arguments: str) -> Result:
        """Run the command line in this process."""
        # As on a terminal that is wide enough, and without one.
        return CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"}).invoke(app, arguments)

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command line in a process of its own."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=self.path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def ran(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command line in a process of its own: its exit code, what it wrote, and what it wrote of errors."""
        process = self.started(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """mypy's cache for all of these tests: the standard library is read once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def folder(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MYPY_CACHE_DIR", str(cache))
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / ".git").mkdir()  # nobody looks for a configuration above it
    return Folder(tmp_path)
