"""Real processes for tests: a Celery worker, a server, a Python console; each ends with the block that started it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 40.0

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def wait_until(condition: Callable[[], T | None], what: Callable[[], str]) -> T:
    """Return the first true value of `condition()`; fail with `what()` when none comes in time."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, what()
        time.sleep(0.05)
    return value


class Running:
    """A process and what it has written so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log
        self.position = 0

    def written(self) -> str:
        return self.log.read_text()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait for a line with `pattern`, searching on from where the last one ended."""
        match = wait_until(
            lambda: re.compile(pattern).search(self.written(), self.position),
            lambda: f"{pattern!r} did not come:\n{self.written()[self.position :]}",
        )
        self.position = match.end()
        return match


@contextmanager
def running(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path) -> Iterator[Running]:
    """Run a command in `folder` until the block ends; its output goes to `log`."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **ENVIRONMENT, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Running(process, log)
    finally:
        # A worker takes seconds to end of itself; its children end with the group.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def celery_worker(
    app: str, *options: str, folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[Running]:
    """Run a worker of `app` (as `celery -A` takes it), with these options, until the block ends."""
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [sys.executable, "-m", "celery", "-A", app, "worker", "--loglevel", "INFO", *alone, *options]
    with running(command, folder=folder, environment=environment, log=log) as output:
        output.wait_for(r"\S+@\S+ ready")
        yield output


class ConsoleError(Exception):
    """Statements raised; says what."""


class Console:
    """A Python process that runs statements, one call after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, statements: str) -> Any:
        """Run them; return what they bind to `result`."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(statements), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ConsoleError(answer["error"])
        return answer["result"]


@contextmanager
def console(*, folder: Path, environment: Mapping[str, str]) -> Iterator[Console]:
    """Run a console in `folder` until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.console"],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Console(process)
