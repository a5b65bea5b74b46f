# select: task-blocking-result
"""Tasks that wait where the managers of another module allow it."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext

from celery import shared_task
from celery.result import AsyncResult, allow_join_result

from task_dispatch import waiting_managers as managers
from task_dispatch.waiting_managers import Joining, Pool, SubPool, joining, logs, timing, waits


@shared_task
def managed(key: str, several: bool) -> None:
    result: AsyncResult[int] = AsyncResult(key)
    with joining():
        result.get()
    result.get()  # E: task-blocking-result
    with timing():
        result.get()  # E: task-blocking-result
    with managers.joining_quietly(quiet=False):
        for _ in range(3):
            result.get()
    with timing(), managers.typed():
        result.get()
    with managers.untyped():
        result.get()
    with Joining():
        result.get()
    with ExitStack() as stack:
        stack.enter_context(joining())
        result.get()
    manager = joining()
    with manager:
        result.get()
    with joining() if several else nullcontext():
        result.get()
    with timing() if several else nullcontext():
        result.get()  # E: task-blocking-result


@shared_task
def by_methods(key: str) -> None:
    result: AsyncResult[int] = AsyncResult(key)
    pool = Pool()
    with pool.joining():
        result.get()
    with SubPool().joining():
        result.get()
    with Pool.joining_all(), pool.timing():
        result.get()
    with pool.timing():
        result.get()  # E: task-blocking-result


@shared_task
@waits
def decorated(key: str) -> int:
    return AsyncResult[int](key).get()


@shared_task
@logs
def decorated_in_vain(key: str) -> int:
    return AsyncResult[int](key).get()  # E: task-blocking-result


@shared_task
@allow_join_result()
def decorated_by_celery(key: str) -> int:
    return AsyncResult[int](key).get()


@shared_task
@joining()
def decorated_by_manager(key: str) -> None:
    for result in [AsyncResult[int](key)]:
        result.get()


@shared_task
def around(key: str) -> int:
    @waits
    def inner() -> int:
        return AsyncResult[int](key).get()

    def other() -> int:
        return AsyncResult[int](key).get()  # E: task-blocking-result

    return inner() + other()
