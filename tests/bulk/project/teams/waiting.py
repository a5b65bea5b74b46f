# select: task-blocking-result
from __future__ import annotations

from typing import Any

from celery import Task, chain, chord, group, shared_task
from celery.result import AsyncResult, ResultSet, allow_join_result
from celery.result import allow_join_result as ajr
from django.core.cache import cache

from teams.celery import app
from teams.tasks import one, total


@shared_task
def a(pk: int, rs: Any) -> int:
    one.delay(1).get()  # E: task-blocking-result
    r = one.delay(1)
    r.get(timeout=3)  # E: task-blocking-result
    r.wait()  # E: task-blocking-result
    r.ready()
    r.status
    one.apply_async((1,)).get()  # E: task-blocking-result
    group(one.s(1)).apply_async().get()  # E: task-blocking-result
    group(one.s(1))().join()  # E: task-blocking-result
    chain(one.s(1), one.s())().get()  # E: task-blocking-result
    chord([one.s(1)])(total.s()).get()  # E: task-blocking-result
    (one.s(1) | one.s()).delay().get()  # E: task-blocking-result
    AsyncResult("x").get()  # E: task-blocking-result
    app.AsyncResult("x").get()  # E: task-blocking-result
    one.AsyncResult("x").get()  # E: task-blocking-result
    app.send_task("x").get()  # E: task-blocking-result
    ResultSet([r]).join()  # E: task-blocking-result
    list(r.collect())  # E: task-blocking-result
    one.apply((1,)).get()  # E: task-blocking-result
    with allow_join_result():
        r.get()
        [x.get() for x in [r]]
    with ajr():
        r.get()
    r.get(disable_sync_subtasks=False)
    r.get(disable_sync_subtasks=True)  # E: task-blocking-result
    [one.delay(i).get() for i in range(3)]  # E: task-blocking-result
    {"x": 1}.get("a")
    cache.get("x")
    rs.get()
    one(1)
    v = one.delay(2).get  # the bound method
    return r.get(3) + 1  # E: task-blocking-result


@app.task(bind=True)
def b(self: Task[..., Any], pk: int) -> None:
    self.AsyncResult("x").get()  # E: task-blocking-result
    helper()

    def inner() -> None:
        one.delay(1).get()  # E: task-blocking-result

    inner()
    sorted([1], key=lambda x: one.delay(x).get())  # E: task-blocking-result


def helper() -> int:
    return one.delay(1).get()


class T(Task):  # type: ignore[type-arg]
    def run(self, pk: int) -> None:
        one.delay(1).get()  # E: task-blocking-result
        self.other()

    def other(self) -> None:
        one.delay(1).get()


@app.task
async def c() -> None:
    one.delay(1).get()  # E: task-blocking-result


def view() -> None:
    one.delay(1).get()
    group(one.s(1))().get()


@shared_task
def untyped(pk):
    one.delay(1).get()  # E: task-blocking-result
    for r in [one.delay(i) for i in range(3)]:
        r.get()  # E: task-blocking-result
