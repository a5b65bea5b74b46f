"""When a failed task is run again, and who hears of its last failure: task-retry-policy, task-no-retry,
task-failure-unseen. The retries are sent to a queue without a worker and read there; nobody waits for them."""

import http.client
import urllib.error
from typing import Any

import httpx
import pytest
import requests

from . import app
from .conftest import Worker


def send(task: Any, *, retries: int) -> Any:
    """Send a task as if it had been retried so often."""
    return task.apply_async(retries=retries)


def test_without_backoff_every_retry_waits_three_minutes(worker: Worker) -> None:
    for retries in range(3):
        retry = worker.retry_of(send(app.retried_plainly, retries=retries))
        assert retry.delay == pytest.approx(180, abs=5)
        assert retry.retries == retries + 1


def test_backoff_doubles(worker: Worker) -> None:
    delays = [worker.retry_of(send(app.retried_with_backoff, retries=n)).delay for n in (5, 6, 7, 12)]
    assert delays == pytest.approx([32, 64, 128, 600], abs=5)


def test_jitter_is_the_default_and_spreads_the_delays(worker: Worker) -> None:
    delays = [worker.retry_of(send(app.retried_with_jitter, retries=12)).delay for _ in range(8)]
    assert all(delay <= 600 for delay in delays)
    assert max(delays) - min(delays) > 5


def test_backoff_at_its_maximum_never_grows(worker: Worker) -> None:
    for retries in (0, 1, 5):
        retry = worker.retry_of(send(app.retried_at_the_limit, retries=retries))
        assert retry.delay == pytest.approx(600, abs=5)


def test_retries_end_after_three_unless_they_have_no_limit(worker: Worker) -> None:
    with pytest.raises(app.Flaky):
        worker.get(send(app.retried_plainly, retries=3))
    assert worker.retry_of(send(app.retried_for_ever, retries=1000)).retries == 1001


def test_base_says_what_the_task_does_not(worker: Worker) -> None:
    assert worker.retry_of(app.retried_by_its_base.delay()).delay == pytest.approx(7, abs=5)


def test_autoretry_for_exception_repeats_mistakes_in_the_code(worker: Worker) -> None:
    assert worker.retry_of(app.retried_for_anything.delay()).retries == 1


@pytest.mark.parametrize(
    "error", ["ConnectionError", "ConnectTimeout", "ReadTimeout", "HTTPError", "TooManyRedirects", "JSONDecodeError"]
)
def test_request_exception_covers(worker: Worker, error: str) -> None:
    assert issubclass(getattr(requests.exceptions, error), requests.RequestException)


def test_request_exception_is_retried_by_its_own_class_and_by_its_bases(worker: Worker) -> None:
    assert worker.retry_of(app.retried_for_requests.delay("ReadTimeout")).retries == 1
    assert worker.retry_of(app.retried_for_os_errors.delay()).retries == 1


def test_base_errors_of_the_libraries() -> None:
    assert issubclass(requests.RequestException, OSError)
    assert issubclass(httpx.ConnectError, httpx.HTTPError)
    assert issubclass(httpx.ReadTimeout, httpx.HTTPError)
    assert issubclass(httpx.HTTPStatusError, httpx.HTTPError)
    assert not issubclass(httpx.HTTPError, OSError)
    assert not issubclass(httpx.InvalidURL, httpx.HTTPError)
    assert issubclass(urllib.error.URLError, OSError)
    assert issubclass(http.client.RemoteDisconnected, OSError)
    assert not issubclass(http.client.IncompleteRead, OSError)


def test_retry_sends_the_arguments_that_it_is_given(worker: Worker) -> None:
    assert worker.retry_of(app.retries_itself.delay(1)).args == [2]


class TestLastFailure:
    def test_handler_sees_a_retry_without_exception(self, worker: Worker) -> None:
        assert worker.get(app.catches_the_end.delay(False)) == "seen"

    def test_handler_does_not_see_a_retry_with_an_exception(self, worker: Worker) -> None:
        """`retry(exc=error)` raises the error itself when there are no retries left."""
        with pytest.raises(app.Flaky):
            worker.get(app.catches_the_end.delay(True))

    def test_handler_does_not_see_the_end_of_autoretry(self, worker: Worker) -> None:
        """It happens outside of the task's body."""
        with pytest.raises(app.Flaky):
            worker.get(app.catches_the_end_of_autoretry.delay())

    def test_on_failure_is_called_once_at_the_end(self, worker: Worker) -> None:
        result = app.reported_at_the_end.delay()
        with pytest.raises(app.Flaky):
            worker.get(result)
        worker.running.wait_for(rf"on_failure {result.id} Flaky")
        assert worker.running.written().count(f"on_failure {result.id}") == 1
