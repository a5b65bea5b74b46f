"""What a task returns is carried by JSON too: task-json-result. Waiting for it in a task: task-blocking-result."""

import datetime
import decimal
import uuid

import pytest
from kombu.exceptions import EncodeError

from .app import WAITS, add, give, give_unasked, wait_for
from .conftest import Worker


@pytest.mark.parametrize("kind", ["set", "timedelta", "path", "object"])
def test_result_that_cannot_be_encoded_fails_the_task(worker: Worker, kind: str) -> None:
    result = give.delay(kind)
    with pytest.raises(EncodeError):
        worker.get(result)
    assert result.state == "FAILURE"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("tuple", [1, 2]),
        ("decimal", decimal.Decimal("1.5")),
        ("datetime", datetime.datetime(2020, 1, 2)),
        ("date", datetime.date(2020, 1, 2)),
        ("time", datetime.time(3, 4)),
        ("uuid", uuid.UUID(int=7)),
        ("bytes", b"x"),
    ],
)
def test_result_that_comes_back(worker: Worker, kind: str, value: object) -> None:
    assert worker.get(give.delay(kind)) == value


def test_ignored_result_is_not_encoded(worker: Worker) -> None:
    """By the task, or by the one who sends it."""
    for result in (give_unasked.delay("set"), give.apply_async(("set",), ignore_result=True)):
        assert worker.get(result) is None
        worker.running.wait_for(rf"{result.id}\] succeeded")


ALLOWED = {"allow_join_result": 3, "disable_sync_subtasks": 3, "result": 3, "ready": True}
IGNORED = {"ignored": None}


@pytest.mark.parametrize("how", sorted(WAITS.keys() - ALLOWED.keys() - IGNORED.keys()))
def test_waiting_in_a_task_is_refused(worker: Worker, how: str) -> None:
    """Though the other task is done, and though an eager result is there already."""
    done = add.delay(1, 2)
    assert worker.get(done) == 3
    with pytest.raises(RuntimeError, match=r"Never call result.get\(\) within a task!"):
        worker.get(wait_for.delay(how, done.id))


@pytest.mark.parametrize(("how", "value"), (ALLOWED | IGNORED).items())
def test_what_is_no_refused_wait(worker: Worker, how: str, value: object) -> None:
    """The ways that Celery allows, what does not wait, and a result that is ignored, which is never waited for."""
    done = add.delay(1, 2)
    assert worker.get(done) == 3
    assert worker.get(wait_for.delay(how, done.id)) == value
