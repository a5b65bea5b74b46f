"""What `pydantic=True` lets through, by the release of Celery: task-json-param, task-json-arg, task-json-result."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from celery import chain, chord, group
from kombu.exceptions import EncodeError

from tests.processes import ROOT

from .app import (
    Box,
    NamedPoint,
    Point,
    add,
    app,
    make_optional_point,
    make_point,
    make_points,
    show,
    take_box,
    take_optional_point,
    take_point,
    take_point_or_number,
    take_point_plainly,
    take_points,
)
from .conftest import Worker

POINT = Point(x=1)

Send = Callable[[], Any]


@pytest.mark.parametrize(
    ("send", "arrived"),
    [
        (lambda: take_point.delay(POINT), repr(POINT)),
        (lambda: take_point.delay(point=POINT), repr(POINT)),
        (lambda: take_point.apply_async((POINT,)), repr(POINT)),
        (lambda: take_point.apply_async(kwargs={"point": POINT}), repr(POINT)),
        (lambda: take_point.s(POINT).delay(), repr(POINT)),
        (lambda: take_point.s().delay(POINT), repr(POINT)),
        (lambda: take_point.s().clone((POINT,)).delay(), repr(POINT)),
        (lambda: group(take_point.s(POINT)).delay(), [repr(POINT)]),
        (lambda: chain(take_point.s(POINT), show.s()).delay(), repr(repr(POINT))),
        (lambda: chord([take_point.s(POINT)], show.s()).delay(), repr([repr(POINT)])),
        (lambda: take_point.delay(POINT.model_dump()), repr(POINT)),
        (lambda: take_point.delay({"x": 1}), repr(POINT)),
        (lambda: take_optional_point.delay(POINT), repr(POINT)),
        (lambda: take_optional_point.delay(None), "None"),
        (lambda: take_box.delay(Box[int](content=1)), "Box[int](content=1)"),
        (lambda: chain(make_point.s(1), take_point.s()).delay(), repr(POINT)),
    ],
)
def test_model_arrives(worker: Worker, send: Send, arrived: object) -> None:
    """From the sender itself to a parameter of that very model; or its dump."""
    assert worker.get(send()) == arrived


@pytest.mark.parametrize(
    "send",
    [
        lambda: take_point.delay(NamedPoint(x=1)),
        lambda: take_points.delay([POINT]),
        lambda: take_point_or_number.delay(POINT),
        lambda: take_point_plainly.delay(POINT),
        lambda: app.send_task("tests.runtime.app.take_point", (POINT,)),
        lambda: add.apply_async((1, 2), link=take_point.si(POINT)),
        lambda: chain(add.s(1, 2), take_point.si(POINT)).delay(),
        lambda: chord([add.s(1, 2)], take_point.si(POINT)).delay(),
        lambda: take_point.map([POINT]).delay(),
        lambda: take_point.starmap([(POINT,)]).delay(),
        lambda: take_point.chunks([(POINT,)], 1).delay(),
    ],
)
def test_model_cannot_be_sent(worker: Worker, send: Send) -> None:
    """A subclass; anything around the model; and where Celery does not look at the arguments of the task."""
    with pytest.raises(EncodeError):
        send()


@pytest.mark.parametrize("task", [take_points, take_point_or_number])
def test_dump_is_not_made_a_model_again(worker: Worker, task: Any) -> None:
    sent = [POINT.model_dump()] if task is take_points else POINT.model_dump()
    assert worker.get(task.delay(sent)) == repr(sent)


def test_wrong_dump_fails_in_the_worker(worker: Worker) -> None:
    with pytest.raises(Exception, match="ValidationError"):
        worker.get(take_point.delay({"x": "one"}))


def test_result(worker: Worker) -> None:
    """A returned model is dumped, as the annotation says; a list of them is not."""
    assert worker.get(make_point.delay(1)) == worker.get(make_optional_point.delay(1)) == POINT.model_dump(mode="json")
    with pytest.raises(EncodeError):
        worker.get(make_points.delay(1))


RELEASES = {"5.5.3": "kombu==5.5.4", "5.6.3": "kombu==5.6.2"}

BEFORE = """
import json, celery
from decimal import Decimal
from pydantic import BaseModel
from kombu.exceptions import EncodeError

app = celery.Celery(broker="memory://", task_ignore_result=True)

class Point(BaseModel):
    x: int
    y: Decimal = Decimal(0)

@app.task(pydantic=True)
def take_point(point: Point) -> None: ...

def is_sent(value):
    try:
        take_point.delay(value)
    except EncodeError:
        return False
    return True

point = Point(x=1)
print(json.dumps([celery.__version__, is_sent(point), is_sent(point.model_dump()), take_point.run(point.model_dump())]))
"""


@pytest.mark.parametrize("release", RELEASES)
def test_before_celery_5_7_only_the_dump_is_sent(release: str) -> None:
    folder = ROOT / ".cache" / "celery" / release
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", f"{unfinished}/packages"]
            subprocess.run([*pip, f"celery=={release}", RELEASES[release]], check=True)
            Path(unfinished, "packages").rename(folder)
    run = subprocess.run(
        [sys.executable, "-c", BEFORE],
        env={**os.environ, "PYTHONPATH": str(folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(run.stdout) == [release, False, True, None]
