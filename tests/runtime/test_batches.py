"""A batch of celery_batches: the worker runs it once for many calls, retries nothing and stores no result."""

from __future__ import annotations

import pytest
from celery import Celery
from celery_batches import Batches, SimpleRequest
from celery_batches.trace import apply_batches_task

app = Celery("batches", broker="memory://", backend="cache+memory://")
ran: list[list[SimpleRequest]] = []
published: list[object] = []


@app.task(base=Batches, bind=True, time_limit=1)
def count(self: Batches, requests: list[SimpleRequest]) -> int:
    assert isinstance(self, Batches)
    ran.append(requests)
    return len(requests)


@app.task(base=Batches, autoretry_for=(OSError,), retry_backoff=True)
def fail(requests: list[SimpleRequest]) -> None:
    ran.append(requests)
    raise OSError


@app.task(base=Batches, bind=True)
def retry(self: Batches, requests: list[SimpleRequest]) -> None:
    ran.append(requests)
    self.retry()


def request(task: Batches, *args: object) -> SimpleRequest:
    return SimpleRequest("id-1", task.name, args, {}, {}, "here", False, None, None, {})


@pytest.fixture(autouse=True)
def nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    ran.clear()
    published.clear()
    monkeypatch.setattr(app.amqp, "send_task_message", lambda *args, **kwargs: published.append(args))


def test_the_function_is_given_a_list_and_its_result_goes_nowhere() -> None:
    requests = [request(count, 1), request(count, "a", None)]
    assert apply_batches_task(count, (requests,), 0, None) == 2
    assert ran == [requests]
    assert app.AsyncResult("id-1").state == "PENDING"


@pytest.mark.parametrize("task", [fail, retry])
def test_nothing_is_retried(task: Batches) -> None:
    assert apply_batches_task(task, ([request(task)],), 0, None) is None
    assert len(ran) == 1
    assert published == []


def test_celery_does_not_compare_the_arguments_with_the_function() -> None:
    count.delay(1, "a", loud=True)
    assert len(published) == 1


def test_the_pool_is_told_no_limits() -> None:
    given: list[dict[str, object]] = []

    class Pool:
        def apply_async(self, function: object, args: object, **options: object) -> None:
            given.append(options)

    count._pool = Pool()
    count.flush([])
    assert [set(options) for options in given] == [{"accept_callback", "callback"}]
