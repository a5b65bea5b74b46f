# select: task-retry-policy, task-time-limit, task-failure-unseen, task-no-retry, task-acks-late, task-json-arg
"""Options that a project's own decorators add."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import requests
from celery import Task, shared_task
from shop.celery import app
from shop.models import Order

P = ParamSpec("P")
R = TypeVar("R")
LIMITS = {"time_limit": 3}


class Noisy(Task):
    def on_failure(self, *args: Any, **kwargs: Any) -> None: ...


def late(**options):
    return shared_task(acks_late=True, time_limit=30, **options)


def patient(**options):
    return late(autoretry_for=(requests.RequestException,), retry_backoff=True, **options)


def hasty(**options):
    return late(autoretry_for=(requests.RequestException,), retry_jitter=False, **options)


def either(function=None, **options):
    if function is None:
        return functools.partial(either, **options)
    return shared_task(time_limit=9, max_retries=None, **options)(function)


def changed(**options):
    options.setdefault("time_limit", 30)
    return shared_task(**options)


def changed_at_times(**options):
    if LIMITS:
        options["time_limit"] = 30
    return shared_task(**options)


def changed_by_another(**options):
    options.update(LIMITS)
    return shared_task(**options)


def late_after_all(**options):
    options["acks_late"] = True
    return limited(**options)


def limited(**options):
    known = {"time_limit": 30, **options}
    return shared_task(**known)


def pickled_inside(**options):
    options.setdefault("serializer", "pickle")

    def decorate(function):
        return shared_task(**{"time_limit": 3, **options})(function)

    return decorate


def made_of(options):
    return shared_task(**options)


def unpacked(**options):
    return shared_task(**LIMITS, **options)


def written_out(*args, **options):
    def decorate(function):
        return app.task(*args, acks_late=True, soft_time_limit=5, **options)(function)

    return decorate


def noisy(**options):
    return shared_task(base=Noisy, time_limit=1, autoretry_for=(OSError,), retry_backoff=True, **options)


def plain(function):
    return shared_task(function)


def pickled(**options):
    return shared_task(serializer="pickle", time_limit=3, **options)


def typed(**options: Any) -> Callable[[Callable[P, R]], Task[P, R]]:
    return shared_task(acks_late=True, time_limit=30, **options)


def typed_plainly(function: Callable[P, R]) -> Task[P, R]:
    return shared_task(autoretry_for=(OSError,))(function)


# what the decorator adds is a mistake by itself, or together with the body or the call's own options
@late()  # E: task-acks-late "creates a row"
def create(pk: int) -> None:
    Order.objects.create(pk=pk)


@late(soft_time_limit=50)  # E: task-time-limit "time_limit=30"
def soft() -> None: ...


@late(soft_time_limit=20)
def soft_and_hard() -> None: ...


@late()  # E: task-no-retry
def fetch() -> None:
    requests.get("https://example.com", timeout=3)


@patient()  # E: task-failure-unseen
def retried() -> None:
    requests.get("https://example.com", timeout=3)


@patient(retry_backoff_max=60, on_failure=print)
def retried_and_told() -> None:
    requests.get("https://example.com", timeout=3)


@hasty()  # E: task-failure-unseen, task-retry-policy "retry_jitter=False"
def in_step() -> None:
    requests.get("https://example.com", timeout=3)


@hasty(base=Noisy, retry_backoff=True)  # E: task-retry-policy "sets retry_jitter=False"
def in_step_and_told() -> None: ...


@either  # E: task-retry-policy "max_retries=None", task-no-retry
def bare() -> None:
    requests.get("https://example.com", timeout=3)


@either(queue="slow")  # E: task-retry-policy
def with_options() -> None: ...


@written_out()  # E: task-acks-late
def inside(pk: int) -> None:
    Order.objects.create(pk=pk)


@written_out(retry_jitter=False)  # E: task-retry-policy
def inside_with_options(pk: int) -> None: ...


@noisy()
def by_its_class(pk: int) -> None: ...


@plain  # E: task-time-limit, task-no-retry
def nothing_added() -> None:
    requests.get("https://example.com", timeout=3)


@typed()  # E: task-acks-late, task-no-retry
def under_typed(pk: int) -> None:
    Order.objects.create(pk=pk)
    requests.get("https://example.com", timeout=3)


@typed(soft_time_limit=70)  # E: task-time-limit
def under_typed_with_options() -> None: ...


@typed_plainly  # E: task-time-limit, task-retry-policy "retry_backoff=True", task-failure-unseen
def under_typed_plainly() -> None: ...


# what it puts into its options, it adds
@changed()  # E: task-no-retry
def limited_by_default() -> None:
    requests.get("https://example.com", timeout=3)


@changed(soft_time_limit=30)  # E: task-time-limit "time_limit=30"
def limited_too_early() -> None: ...


@late_after_all()  # E: task-acks-late "creates a row"
def create_late(pk: int) -> None:
    Order.objects.create(pk=pk)


@limited(soft_time_limit=40)  # E: task-time-limit "time_limit=30"
def soft_by_limited() -> None: ...


@pickled_inside()
def travels_inside(tags: set[str]) -> None: ...


@pickled_inside(serializer="json")
def travels_as_json(tags: set[str]) -> None: ...


# what it adds may be anything
@changed_at_times()
def may_be_limited() -> None:
    requests.get("https://example.com", timeout=3)


@changed_by_another()
def may_be_limited_by_another() -> None:
    requests.get("https://example.com", timeout=3)


@made_of({"time_limit": 3})
def may_be_of_another() -> None:
    requests.get("https://example.com", timeout=3)


@unpacked()
def may_be_more() -> None:
    requests.get("https://example.com", timeout=3)


# how the arguments travel
@pickled()
def travels(tags: set[str]) -> None: ...


@late()
def by_json(tags: set[str]) -> None: ...


@late(serializer="pickle")
def by_pickle(tags: set[str]) -> None: ...


def send() -> None:
    travels.delay({"a"})
    travels.apply_async(({"a"},))
    travels_inside.delay({"a"})
    travels_as_json.delay({"a"})  # E: task-json-arg
    by_json.delay({"a"})  # E: task-json-arg
    by_pickle.delay({"a"})
