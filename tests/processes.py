"""Real processes for tests: a Celery worker, a server, a Python console; each ends with the block that started it."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 40.0


def wait_until(condition: Callable[[], T | None], what: Callable[[], str]) -> T:
    """Return the first true value of `condition()`; fail with `what()` when none comes in time."""
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, what()
        time.sleep(0.05)
    return value


class Log:
    """What a process has written so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.position = 0

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait for a line with `pattern`, searching on from where the last one ended."""
        match = wait_until(
            lambda: re.compile(pattern).search(self.path.read_text(), self.position),
            lambda: f"{pattern!r} did not come:\n{self.path.read_text()[self.position :]}",
        )
        self.position = match.end()
        return match


@contextmanager
def running(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path) -> Iterator[Log]:
    """Run a command in `folder` until the block ends; its output goes to `log`."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Log(log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def celery_worker(
    app: str, *, folder: Path, environment: Mapping[str, str], log: Path, pool: str = "solo"
) -> Iterator[Log]:
    """Run a worker of `app` (as `celery -A` takes it) until the block ends."""
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [sys.executable, "-m", "celery", "-A", app, "worker", "-l", "INFO", "-c", "2", "--pool", pool, *alone]
    with running(command, folder=folder, environment=environment, log=log) as output:
        output.wait_for(r"celery@\S+ ready")
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
    """Run a console whose import path begins with `folder` until the block ends."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("console.py"))],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Console(process)
