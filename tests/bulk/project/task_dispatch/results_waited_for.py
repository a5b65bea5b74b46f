# select: task-blocking-result
"""Results that are waited for, inside tasks and outside."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import celery.result
from celery import Celery, Task, chain, chord, current_app, group, shared_task
from celery.result import AsyncResult, EagerResult, GroupResult, ResultSet, allow_join_result

app = Celery("other")
SYNC = True


@shared_task
def add(a: int, b: int) -> int:
    return a + b


@shared_task
def forms(key: str, result: AsyncResult[int], many: ResultSet, several: GroupResult, eager: EagerResult[int]) -> int:
    add.delay(1, 2).get()  # E: task-blocking-result
    add.apply_async((1, 2)).get(timeout=3)  # E: task-blocking-result
    add.s(1, 2).delay().get()  # E: task-blocking-result
    chain(add.s(1, 2), add.s(3)).delay().get()  # E: task-blocking-result
    chain(add.s(1, 2), add.s(3))().get()  # E: task-blocking-result
    (add.s(1, 2) | add.s(3))().get()  # E: task-blocking-result
    (add.s(1, 2) | add.s(3)).apply_async().get()  # E: task-blocking-result
    group(add.s(1, 2), add.s(3, 4))().get()  # E: task-blocking-result
    group(add.s(1, 2), add.s(3, 4))().join()  # E: task-blocking-result
    group(add.s(1, 2), add.s(3, 4)).apply_async().get()  # E: task-blocking-result
    add.chunks([(1, 2)], 10)().get()  # E: task-blocking-result
    chord([add.s(1, 2)], add.si(1, 2))().get()  # E: task-blocking-result
    chord([add.s(1, 2)])(add.si(1, 2)).get()  # E: task-blocking-result
    AsyncResult(key).get()  # E: task-blocking-result
    celery.result.AsyncResult(key).get()  # E: task-blocking-result
    app.AsyncResult(key).get()  # E: task-blocking-result
    add.AsyncResult(key).get()  # E: task-blocking-result
    current_app.send_task("x").get()  # E: task-blocking-result
    result.get()  # E: task-blocking-result
    result.wait()  # E: task-blocking-result
    result.get(5, False)  # E: task-blocking-result
    for parent, value in result.collect():  # E: task-blocking-result
        print(parent, value)
    many.get()  # E: task-blocking-result
    many.join()  # E: task-blocking-result
    many.join_native()  # E: task-blocking-result
    several.join(timeout=2)  # E: task-blocking-result
    several.get()  # E: task-blocking-result
    eager.get()  # E: task-blocking-result
    eager.wait()  # E: task-blocking-result
    add.apply((1, 2)).get()  # E: task-blocking-result
    total = sum(one.get() for one in several.results)  # E: task-blocking-result
    [one.get() for one in [result]]  # E: task-blocking-result
    if (found := result.get()) > 3:  # E: task-blocking-result
        return found
    try:
        result.get(timeout=1)  # E: task-blocking-result
    except TimeoutError:
        pass
    return total


@shared_task
def left(result: AsyncResult[int], several: GroupResult, options: dict[str, Any], flag: bool, **rest: Any) -> None:
    result.get(disable_sync_subtasks=False)
    several.join(disable_sync_subtasks=False)
    several.get(disable_sync_subtasks=False)
    result.get(disable_sync_subtasks=flag)
    result.get(**rest)
    result.get(disable_sync_subtasks=True)  # E: task-blocking-result
    with allow_join_result():
        result.get()
        for one in several.results:
            one.get()
    with celery.result.allow_join_result():
        several.join()
    with contextlib.ExitStack() as stack:
        result.get()  # E: task-blocking-result
        stack.enter_context(allow_join_result())
        result.get()
    allowed = allow_join_result()
    with allowed:
        result.get()
    with open("x") as stream, allow_join_result():
        stream.write(str(result.get()))
    result.get()  # E: task-blocking-result
    result.ready()
    result.successful()
    result.result
    result.state
    result.forget()
    options.get("x")
    ", ".join(["a"])
    several.results
    several.ready()


@shared_task(bind=True)
def bound(self: Task[Any, Any], key: str) -> None:
    self.AsyncResult(key).get()  # E: task-blocking-result
    self.apply_async((key,)).get()  # E: task-blocking-result


@app.task
def by_app() -> int:
    return add.delay(1, 2).get()  # E: task-blocking-result


@app.task(name="x", bind=True)
def by_called_app(self: Any) -> int:
    return add.delay(1, 2).get()  # E: task-blocking-result


@current_app.task
def by_current_app() -> int:
    return add.delay(1, 2).get()  # E: task-blocking-result


@shared_task
async def coroutine() -> int:
    return add.delay(1, 2).get()  # E: task-blocking-result


class Sum(Task):
    def run(self, key: str) -> int:
        return AsyncResult(key).get()  # E: task-blocking-result

    def other(self, key: str) -> int:
        return AsyncResult(key).get()


def make() -> Task[[], int]:
    @shared_task
    def inner() -> int:
        return add.delay(1, 2).get()  # E: task-blocking-result

    return inner


@shared_task
def nested() -> int:
    def wait() -> int:
        return add.delay(1, 2).get()  # E: task-blocking-result

    return wait()


# outside of tasks


def view(result: AsyncResult[int], several: GroupResult) -> int:
    result.get()
    several.join()
    return add.delay(1, 2).get()


class View:
    def run(self) -> int:
        return add.delay(1, 2).get()


def plain_decorator(function: Any) -> Any:
    return function


@plain_decorator
def decorated() -> int:
    return add.delay(1, 2).get()


# what is no result of Celery's


class Store:
    def get(self) -> int:
        return 1

    def join(self) -> int:
        return 1

    def wait(self) -> None: ...

    def collect(self) -> Iterator[int]:
        return iter(())


class Later(AsyncResult[int]):
    """Answers from somewhere else."""

    def get(self, *args: Any, **kwargs: Any) -> int:
        return 1


@shared_task
def others(store: Store, later: Later, anything: Any) -> None:
    store.get()
    store.join()
    store.wait()
    store.collect()
    later.get()
    anything.get()
    later.wait()  # E: task-blocking-result
