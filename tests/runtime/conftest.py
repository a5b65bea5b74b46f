import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from celery.result import AsyncResult

from tests.processes import ROOT, Running, celery_worker, wait_until

from .app import UNATTENDED, use


@dataclass
class Retry:
    """The message with which a failed task asks to be run again."""

    args: list[Any]
    retries: int
    delay: float
    """Seconds from now until a worker may run it."""


@dataclass
class Worker:
    """A worker process and the folder where its broker keeps the messages."""

    folder: Path
    running: Running

    def get(self, result: AsyncResult[Any]) -> Any:
        """Wait for what the task returned; raise what it raised."""
        return result.get(timeout=10, interval=0.01)

    def sent_again(self, task_id: str) -> Retry | None:
        """Return the message of the retry of this task that waits in the unattended queue."""
        for file in self.folder.glob(f"*.{UNATTENDED}.msg"):
            message = json.loads(file.read_text())
            headers = message["headers"]
            if headers["id"] == task_id:
                args, _, _ = json.loads(b64decode(message["body"]))
                now = datetime.now(UTC)
                eta = datetime.fromisoformat(headers["eta"]) if headers["eta"] else now
                return Retry(args, headers["retries"], (eta - now).total_seconds())
        return None

    def retry_of(self, result: AsyncResult[Any]) -> Retry:
        """Wait for the retry of a task."""
        return wait_until(lambda: self.sent_again(result.id), lambda: f"no retry of {result.id}")


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """The one worker of these tests: two processes, as most are run.

    Celery refuses pickle to a worker of root's, as a test in a container often is, but for `C_FORCE_ROOT`; nobody else
    writes to this one's folder.
    """
    folder = tmp_path_factory.mktemp("runtime")
    use(folder)
    with celery_worker(
        "tests.runtime.app",
        "--pool=prefork",
        "--concurrency=2",
        folder=ROOT,
        environment={"RUNTIME_FOLDER": str(folder), "C_FORCE_ROOT": "1"},
        log=folder / "worker.log",
    ) as running:
        yield Worker(folder, running)
