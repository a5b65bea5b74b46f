"""One run of mypy: its CPU time, wall time and peak memory; cold, warm, with workers, in the daemon. Linux only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a run took: seconds of CPU and of wall time, and MiB of the largest process."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True)
class Project:
    """A project to check, with one mypy configuration.

    Attributes:
        root: its folder, where mypy is started.
        config: mypy's configuration.
        cache: the folder for mypy's caches; each configuration needs its own.
        targets: what is checked.
        python: the interpreter that has mypy and the project's stubs.
    """

    root: Path
    config: Path
    cache: Path
    targets: tuple[str, ...] = (".",)
    python: str = sys.executable

    def cold(self, *arguments: str) -> Usage:
        """Without any cache, so that the stubs of Django and Celery are checked too."""
        self.forget()
        return self._run(*arguments)

    def workers(self) -> Usage:
        """Cold, with two workers."""
        return self.cold("-n", "2")

    def warm(self) -> Usage:
        """With the cache of the last run, nothing changed."""
        return self._run()

    def forget(self) -> None:
        """Remove the cache."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def command(self, *arguments: str) -> list[str]:
        """What runs mypy over the project."""
        return [self.python, "-P", "-m", "mypy", *self._options(self.cache), *arguments, *self.targets]

    def adopt(self) -> None:
        """Let what is found today pass, in the configuration."""
        deckrules = Path(self.python).with_name("deckrules")
        command = [str(deckrules), "adopt", f"--config-file={self.config}", *self.targets]
        subprocess.run(command, cwd=self.root, env=environment(), check=True, stdout=subprocess.DEVNULL)

    def _run(self, *arguments: str) -> Usage:
        command = self.command(*arguments)
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=self.root, env=environment(), stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        _expect_verdict(process.returncode, command)
        return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)

    @contextmanager
    def daemon(self) -> Iterator[Daemon]:
        """A daemon that has checked the project once."""
        daemon = Daemon(self, self.cache.with_suffix(".dmypy.json"))
        try:
            daemon.start()
            yield daemon
        finally:
            daemon.command("stop")

    def _options(self, cache: Path) -> list[str]:
        return [f"--config-file={self.config}", f"--cache-dir={cache}"]


@dataclass
class Daemon:
    """``dmypy`` for a project."""

    project: Project
    status: Path

    def start(self) -> None:
        options = self.project._options(self.project.cache)
        returned = self.command("run", "--", *options, *self.project.targets)
        _expect_verdict(returned, ["dmypy", "run"])

    def recheck(self) -> Usage:
        """What it takes to check the project again after an edit."""
        before, start = self._cpu(), time.monotonic()
        returned = self.command("recheck")
        wall = time.monotonic() - start
        _expect_verdict(returned, ["dmypy", "recheck"])
        return Usage(self._cpu() - before, wall, self._peak())

    def command(self, *arguments: str) -> int:
        command = [self.project.python, "-m", "mypy.dmypy", "--status-file", str(self.status), *arguments]
        run = subprocess.run(command, cwd=self.project.root, env=environment(), check=False, capture_output=True)
        return run.returncode

    def _process(self) -> Path:
        return Path("/proc", str(json.loads(self.status.read_text())["pid"]))

    def _cpu(self) -> float:
        fields = (self._process() / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _peak(self) -> float:
        lines = (self._process() / "status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def environment() -> dict[str, str]:
    """That of this process, with this repository's packages first; hashes are the same in each run."""
    return {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(Path(__file__).parents[1])}


def _expect_verdict(returned: int, command: list[str]) -> None:
    if returned not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with status {returned}")
