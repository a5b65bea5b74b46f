"""How long a task may take, and what becomes of one whose worker ends: task-time-limit, task-acks-late."""

import signal

import pytest
from celery.exceptions import TimeLimitExceeded

from tests.processes import ROOT, celery_worker, wait_until

from .app import interrupted_early, interrupted_late, soft_above_hard, stopped_both_ways, stopped_softly
from .conftest import Worker


def test_soft_limit_lets_the_task_clean_up(worker: Worker) -> None:
    assert worker.get(stopped_softly.delay()) == "cleaned up"


def test_soft_limit_equal_to_the_hard_one_leaves_no_time_to_clean_up(worker: Worker) -> None:
    with pytest.raises(TimeLimitExceeded):
        worker.get(stopped_both_ways.delay())


def test_soft_limit_above_the_hard_one_is_refused(worker: Worker) -> None:
    with pytest.raises(ValueError, match="soft_time_limit must be less than or equal to time_limit"):
        soft_above_hard.delay()


def test_late_acknowledged_task_is_delivered_again(worker: Worker) -> None:
    """When its worker is ended in the midst of it; the other is lost."""
    late, early = (task.apply_async(queue="doomed") for task in (interrupted_late, interrupted_early))
    with celery_worker(
        "tests.runtime.app",
        "--pool=prefork",
        "--concurrency=2",
        "--queues=doomed",
        "--hostname=doomed@%h",
        folder=ROOT,
        environment={"RUNTIME_FOLDER": str(worker.folder), "C_FORCE_ROOT": "1"},
        log=worker.folder / "doomed.log",
    ) as doomed:
        wait_until(lambda: doomed.written().count(" begins") == 2, doomed.written)
        doomed.process.send_signal(signal.SIGQUIT)
        doomed.process.wait(30)
    left = [file.read_text() for file in worker.folder.glob("*.doomed.msg")]
    assert [late.id in message for message in left] == [True]
    assert not any(early.id in message for message in left)
