"""A Celery app whose tasks do what the rules' messages speak of; the worker and the tests import it."""

import os
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

import requests
from celery import Celery, Task
from celery.exceptions import SoftTimeLimitExceeded
from celery.result import EagerResult, GroupResult, ResultSet, allow_join_result
from pydantic import BaseModel

T = TypeVar("T")

UNATTENDED = "unattended"
"""A queue that no worker consumes: what is sent there can be read from the broker's folder."""

app = Celery("runtime")


def use(folder: Path) -> None:
    """Keep the broker's messages and the results in `folder`."""
    app.conf.update(
        broker_url="filesystem://",
        broker_transport="tests.broker:Transport",
        broker_transport_options={
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.02,
        },
        result_backend=f"file://{folder}",
        accept_content=["json", "pickle", "yaml"],
        worker_prefetch_multiplier=1,
    )


if "RUNTIME_FOLDER" in os.environ:
    use(Path(os.environ["RUNTIME_FOLDER"]))


# What arrives


@app.task
def show(value: Any) -> str:
    return repr(value)


@app.task
def show_all(*args: Any, **kwargs: Any) -> str:
    return repr((args, kwargs))


@app.task(serializer="pickle")
def show_pickled(value: Any) -> str:
    return repr(value)


@app.task(serializer="yaml")
def show_yaml(value: Any) -> str:
    return repr(value)


@app.task
def add(left: int, right: int) -> int:
    return left + right


@app.task(typing=False)
def add_unchecked(left: int, right: int) -> int:
    return left + right


# What comes back

RESULTS: dict[str, Callable[[], Any]] = {
    "set": lambda: {1},
    "timedelta": lambda: datetime.max - datetime.min,
    "path": lambda: Path("/"),
    "object": object,
    "tuple": lambda: (1, 2),
    "decimal": lambda: Decimal("1.5"),
    "datetime": lambda: datetime(2020, 1, 2),
    "date": lambda: date(2020, 1, 2),
    "time": lambda: clock(3, 4),
    "uuid": lambda: uuid.UUID(int=7),
    "bytes": lambda: b"x",
}


@app.task
def give(kind: str) -> Any:
    return RESULTS[kind]()


@app.task(ignore_result=True)
def give_unasked(kind: str) -> Any:
    return RESULTS[kind]()


# What blocks

WAITS: dict[str, Callable[[str], object]] = {
    "AsyncResult.get": lambda id: app.AsyncResult(id).get(),
    "AsyncResult.wait": lambda id: app.AsyncResult(id).wait(),
    "AsyncResult.collect": lambda id: list(app.AsyncResult(id).collect()),
    "ResultSet.get": lambda id: ResultSet([app.AsyncResult(id)]).get(),
    "ResultSet.join": lambda id: ResultSet([app.AsyncResult(id)]).join(),
    "ResultSet.join_native": lambda id: ResultSet([app.AsyncResult(id)]).join_native(),
    "GroupResult.get": lambda id: GroupResult("g", [app.AsyncResult(id)]).get(),
    "GroupResult.join": lambda id: GroupResult("g", [app.AsyncResult(id)]).join(),
    "EagerResult.get": lambda id: EagerResult(id, 3, "SUCCESS").get(),
    "EagerResult.wait": lambda id: EagerResult(id, 3, "SUCCESS").wait(),
    "apply().get": lambda id: add.apply((1, 2)).get(),
    "allow_join_result": lambda id: allowed(id),
    "disable_sync_subtasks": lambda id: app.AsyncResult(id).get(disable_sync_subtasks=False),
    "result": lambda id: app.AsyncResult(id).result,
    "ignored": lambda id: give_unasked.delay("tuple").get(),
    "ready": lambda id: app.AsyncResult(id).ready(),
}


def allowed(id: str) -> object:
    with allow_join_result():
        return app.AsyncResult(id).get()


@app.task
def wait_for(how: str, id: str) -> Any:
    return WAITS[how](id)


# What is retried


class Flaky(Exception):
    """A task failed."""


ELSEWHERE = {"queue": UNATTENDED}


@app.task(autoretry_for=(Flaky,), retry_kwargs=ELSEWHERE)
def retried_plainly() -> None:
    raise Flaky


@app.task(autoretry_for=(Flaky,), retry_backoff=True, retry_jitter=False, max_retries=20, retry_kwargs=ELSEWHERE)
def retried_with_backoff() -> None:
    raise Flaky


@app.task(autoretry_for=(Flaky,), retry_backoff=True, max_retries=20, retry_kwargs=ELSEWHERE)
def retried_with_jitter() -> None:
    raise Flaky


@app.task(autoretry_for=(Flaky,), retry_backoff=600, retry_jitter=False, max_retries=20, retry_kwargs=ELSEWHERE)
def retried_at_the_limit() -> None:
    raise Flaky


@app.task(autoretry_for=(Flaky,), max_retries=None, retry_kwargs=ELSEWHERE)
def retried_for_ever() -> None:
    raise Flaky


@app.task(autoretry_for=(Exception,), retry_kwargs=ELSEWHERE)
def retried_for_anything() -> None:
    raise TypeError("a mistake in the code")


class Patient(Task[Any, Any]):
    """What a task does not say, its base says."""

    abstract = True
    autoretry_for = (Flaky,)
    retry_backoff = 7
    retry_jitter = False
    retry_kwargs = ELSEWHERE


@app.task(base=Patient)
def retried_by_its_base() -> None:
    raise Flaky


@app.task(autoretry_for=(requests.RequestException,), retry_kwargs=ELSEWHERE)
def retried_for_requests(error: str) -> None:
    raise getattr(requests.exceptions, error)


@app.task(autoretry_for=(OSError,), retry_kwargs=ELSEWHERE)
def retried_for_os_errors() -> None:
    raise requests.ConnectTimeout


@app.task(bind=True)
def retries_itself(self: Any, value: int) -> None:
    raise self.retry(args=(value + 1,), queue=UNATTENDED)


# What happens at the end


@app.task(bind=True, max_retries=0)
def catches_the_end(self: Any, exc: bool) -> str:
    """Handle MaxRetriesExceededError, which `retry` raises only where it is given no exception."""
    try:
        raise self.retry(exc=Flaky("last") if exc else None)
    except self.MaxRetriesExceededError:
        return "seen"


@app.task(bind=True, autoretry_for=(Flaky,), max_retries=0)
def catches_the_end_of_autoretry(self: Any) -> str:
    try:
        raise Flaky
    except self.MaxRetriesExceededError:
        return "seen"


class Reporting(Task[Any, Any]):
    """Tells of the final failure."""

    abstract = True

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        print(f"on_failure {task_id} {type(exc).__name__}")


# Celery stores that a task is retried after it has sent the retry: at once, another process could store its end before.
@app.task(base=Reporting, autoretry_for=(Flaky,), max_retries=1, default_retry_delay=1)
def reported_at_the_end() -> None:
    raise Flaky


# How long it may take


@app.task(soft_time_limit=1, time_limit=30)
def stopped_softly() -> str:
    try:
        time.sleep(20)
    except SoftTimeLimitExceeded:
        return "cleaned up"
    return "slept on"


@app.task(soft_time_limit=1, time_limit=1)
def stopped_both_ways() -> str:
    try:
        time.sleep(20)
    except SoftTimeLimitExceeded:
        time.sleep(0.5)
        return "cleaned up"
    return "slept on"


@app.task(soft_time_limit=20, time_limit=10)
def soft_above_hard() -> None:
    pass


@app.task(acks_late=True)
def interrupted_late() -> None:
    print("interrupted_late begins")
    time.sleep(60)


@app.task
def interrupted_early() -> None:
    print("interrupted_early begins")
    time.sleep(60)


# Pydantic


class Point(BaseModel):
    x: int
    y: Decimal = Decimal(0)


class NamedPoint(Point):
    name: str = ""


class Box(BaseModel, Generic[T]):
    content: T


@app.task(pydantic=True)
def take_point(point: Point) -> str:
    return repr(point)


@app.task(pydantic=True)
def take_optional_point(point: Point | None) -> str:
    return repr(point)


@app.task(pydantic=True)
def take_box(box: Box[int]) -> str:
    return repr(box)


@app.task(pydantic=True)
def take_points(points: list[Point]) -> str:
    return repr(points)


@app.task(pydantic=True)
def take_point_or_number(point: Point | int) -> str:
    return repr(point)


@app.task(pydantic=True)
def make_point(x: int) -> Point:
    return Point(x=x)


@app.task(pydantic=True)
def make_optional_point(x: int) -> Point | None:
    return Point(x=x)


@app.task(pydantic=True)
def make_points(x: int) -> list[Point]:
    return [Point(x=x)]


@app.task
def take_point_plainly(point: Point) -> str:
    return repr(point)
