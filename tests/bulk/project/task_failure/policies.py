# select: task-retry-policy, task-time-limit, task-failure-unseen, task-no-retry, task-guard
"""Options on the decorator, on a base class, on the app; what the body does about failures."""

from __future__ import annotations

import urllib.request
from typing import Any

import httpx
import requests
from celery import Task, current_task, shared_task
from celery.exceptions import MaxRetriesExceededError
from requests.exceptions import RequestException
from shop.celery import app
from shop.models import Order

TRANSIENT = (requests.RequestException, httpx.HTTPError)
LIMITS = {"time_limit": 30}


class Patient(Task):
    time_limit = 60
    soft_time_limit = 50
    autoretry_for = (requests.RequestException,)
    retry_backoff = True

    def on_failure(self, *args: Any, **kwargs: Any) -> None: ...


class Impatient(Patient):
    retry_backoff = False
    time_limit = 40


class Endless(Task):
    max_retries = None
    soft_time_limit = 5


# --- time limits
@shared_task  # E: task-time-limit "has no time limit"
def unlimited() -> None: ...


@app.task  # E: task-time-limit
def unlimited_app() -> None: ...


@shared_task(time_limit=30)
def hard() -> None: ...


@app.task(soft_time_limit=30)
def soft() -> None: ...


@shared_task(time_limit=None)  # E: task-time-limit
def none() -> None: ...


@shared_task(soft_time_limit=60, time_limit=60)  # E: task-time-limit "before soft_time_limit=60"
def equal() -> None: ...


@shared_task(soft_time_limit=60 * 2, time_limit=60)  # E: task-time-limit
def swapped() -> None: ...


@shared_task(base=Patient)
def based() -> None: ...


@shared_task(base=Impatient)  # E: task-retry-policy "retry_backoff=True", task-time-limit "time_limit=40"
def based_again() -> None: ...


@shared_task(base=Patient, soft_time_limit=70)  # E: task-time-limit "time_limit=60"
def overridden() -> None: ...


@shared_task(**LIMITS)
def opaque() -> None: ...


# --- retries
@shared_task(base=Patient, autoretry_for=(OSError,))
def inherited_backoff() -> None: ...


@shared_task(base=Patient, autoretry_for=(Exception,))  # E: task-retry-policy "Exception"
def everything() -> None: ...


@shared_task(base=Patient, retry_jitter=False)  # E: task-retry-policy "retry_jitter=False"
def in_step() -> None: ...


@shared_task(base=Patient, retry_backoff=600)  # E: task-retry-policy "retry_backoff=600"
def late() -> None: ...


@shared_task(base=Patient, retry_backoff=600, retry_backoff_max=3600)
def long() -> None: ...


@shared_task(base=Patient, retry_backoff=60, retry_backoff_max=30)  # E: task-retry-policy "retry_backoff_max=30"
def capped() -> None: ...


@shared_task(time_limit=9, max_retries=None)  # E: task-retry-policy "max_retries=None"
def forever() -> None: ...


@shared_task(base=Endless)  # E: task-retry-policy
def forever_by_base() -> None: ...


@shared_task(base=Patient, retry_kwargs={"max_retries": None})  # E: task-retry-policy
def forever_by_kwargs() -> None: ...


@shared_task(base=Patient, retry_kwargs={"max_retries": 3})
def three_times() -> None: ...


@shared_task(time_limit=9, autoretry_for=())
def nothing_to_retry() -> None: ...


@shared_task(time_limit=9, autoretry_for=TRANSIENT, retry_backoff=True)  # E: task-failure-unseen
def by_name(url: str) -> None:
    requests.get(url, timeout=3)
    httpx.get(url)


# --- the last failure
@shared_task(time_limit=9, autoretry_for=(OSError,), retry_backoff=True, max_retries=None)  # E: task-retry-policy
def never_fails_for_good() -> None: ...


@shared_task(bind=True, time_limit=9)  # E: task-failure-unseen "nobody sees its last failure"
def by_hand(self: Task[..., None], url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except RequestException as error:
        raise self.retry(exc=error)


@shared_task(bind=True, time_limit=9)
def tells(self: Task[..., None], url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except RequestException as error:
        try:
            self.retry(exc=error)
        except MaxRetriesExceededError:
            print("gave up")


@shared_task(bind=True, time_limit=9)
def tells_by_attribute(self: Task[..., None], url: str) -> None:
    try:
        self.retry()
    except self.MaxRetriesExceededError:
        print("gave up")


@shared_task(time_limit=9, autoretry_for=(OSError,), retry_backoff=True, on_failure=print)
def own_handler() -> None: ...


@shared_task(time_limit=9, autoretry_for=(RequestException,), retry_backoff=True)
def writes_status(pk: int, url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except RequestException:
        Order.objects.filter(pk=pk).update(status="failed")
        raise


# --- HTTP calls that are lost
@shared_task(time_limit=9)  # E: task-no-retry "requests"
def lost(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(time_limit=9)  # E: task-no-retry "requests"
def lost_session(url: str) -> None:
    with requests.Session() as session:
        session.post(url, timeout=3)


@shared_task(time_limit=9)  # E: task-no-retry "httpx"
def lost_httpx(url: str) -> None:
    with httpx.Client() as client:
        client.post(url)


@shared_task(time_limit=9)  # E: task-no-retry "urllib"
def lost_urllib(url: str) -> None:
    urllib.request.urlopen(url, timeout=3)


@shared_task(base=Patient)
def kept(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(base=Patient, autoretry_for=(requests.Timeout,))  # E: task-no-retry
def half_kept(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(base=Patient, autoretry_for=(IOError,))
def kept_by_parent(url: str) -> None:
    requests.get(url, timeout=3)
    urllib.request.urlopen(url, timeout=3)


@shared_task(time_limit=9)
def caught(url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except (ValueError, requests.RequestException):
        print("unreachable")


@shared_task(time_limit=9)  # E: task-no-retry
def caught_too_late(url: str) -> None:
    try:
        print(url)
    except requests.RequestException:
        requests.get(url, timeout=3)


@shared_task(time_limit=9)
def caught_all(url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except Exception:
        print("unreachable")


def no_task(url: str) -> None:
    requests.get(url, timeout=3)


class Push(Task):  # E: task-no-retry "requests"
    time_limit = 5

    def run(self, url: str) -> None:
        requests.post(url, timeout=3)


# --- guards
@shared_task(time_limit=9)
def hangs(pk: int) -> None:
    """Say it."""
    order = Order.objects.get(pk=pk)
    if order.status == "open":  # E: task-guard "order"
        print(order)


@shared_task(time_limit=9)
def leaves(pk: int) -> None:
    order = Order.objects.filter(pk=pk).first()
    if order is None:
        return
    if order.status != "open":  # E: task-guard
        return
    print(order)


@shared_task(time_limit=9)
def only_if_unchanged(pk: int, status: str) -> None:
    order = Order.objects.get(pk=pk)
    if order.status != status:  # nobody can know when it is sent
        return
    print(order)


@shared_task(time_limit=9)
def locked(pk: int) -> None:
    order = Order.objects.select_for_update().get(pk=pk)
    if order.status == "open":
        print(order)


@shared_task(time_limit=9)
def works_anyway(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    print(order)
    if order.status == "open":
        print(order)


@shared_task(time_limit=9)
def either(pk: int) -> None:
    order = Order.objects.get(pk=pk)
    if order.status == "open":
        print(order)
    else:
        print("closed")


@shared_task(time_limit=9)
def no_row(pk: int, flag: bool) -> None:
    order = Order.objects.get(pk=pk)
    if flag:
        print(order)


@shared_task(time_limit=9)
def missing(pk: int) -> None:
    order = Order.objects.filter(pk=pk).first()
    if order is None:
        return
    print(order)


@shared_task(time_limit=9)
def asks_inside(url: str) -> None:
    def fetch(page: int) -> int:
        return requests.get(f"{url}/{page}", timeout=3).status_code

    try:
        print(fetch(1))
    except RequestException:
        print("lost", url)


@shared_task(time_limit=9)  # E: task-no-retry
def asks_inside_and_hopes(url: str) -> None:
    def fetch(page: int) -> int:
        return requests.get(f"{url}/{page}", timeout=3).status_code

    try:
        print(fetch(1))
    except RequestException:
        print(fetch(2))
