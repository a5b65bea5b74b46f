# select: task-retry-policy, task-no-retry
from __future__ import annotations

import urllib.request
from typing import Any
from urllib.error import URLError

import httpx
import requests
from celery import Task, shared_task
from requests import RequestException
from requests.exceptions import HTTPError, Timeout

from teams.celery import app


@shared_task(autoretry_for=(RequestException,))  # E: task-retry-policy
def p1(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_backoff=True)
def p2(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_backoff=5, retry_jitter=False)  # E: task-retry-policy
def p3(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_backoff=600)  # E: task-retry-policy
def p4(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_backoff=600, retry_backoff_max=1200)
def p5(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_backoff=True, max_retries=None)  # E: task-retry-policy
def p6(url: str) -> None: ...


@shared_task(autoretry_for=(Exception,), retry_backoff=True)  # E: task-retry-policy
def p7(url: str) -> None: ...


@shared_task(autoretry_for=[RequestException, BaseException], retry_backoff=True)  # E: task-retry-policy
def p8(url: str) -> None: ...


@shared_task(max_retries=None)  # E: task-retry-policy
def p9(url: str) -> None: ...


@shared_task(retry_jitter=False)  # E: task-retry-policy
def p10(url: str) -> None: ...


class Retrying(Task):  # type: ignore[type-arg]
    autoretry_for = (RequestException,)
    retry_backoff = True
    max_retries = 3


class Sub(Retrying):
    retry_jitter = False


@app.task(base=Retrying)
def p11(url: str) -> None: ...


@app.task(base=Sub)  # E: task-retry-policy
def p12(url: str) -> None: ...


class NoBackoff(Task):  # type: ignore[type-arg]
    autoretry_for = (RequestException,)


@app.task(base=NoBackoff)  # E: task-retry-policy
def p13(url: str) -> None: ...


@app.task(base=NoBackoff, retry_backoff=2)
def p14(url: str) -> None: ...


class P15(NoBackoff):  # E: task-retry-policy
    def run(self, url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_backoff=False)  # E: task-retry-policy
def p16(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_kwargs={"max_retries": 5})  # E: task-retry-policy
def p17(url: str) -> None: ...


@shared_task(autoretry_for=(RequestException,), retry_kwargs={"countdown": 5})  # E: task-retry-policy
def p18(url: str) -> None: ...


# no retry
@shared_task  # E: task-no-retry
def n1(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(autoretry_for=(RequestException,), retry_backoff=True)
def n2(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(autoretry_for=(HTTPError,), retry_backoff=True)  # E: task-no-retry
def n3(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(autoretry_for=(OSError,), retry_backoff=True)
def n4(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task(bind=True)
def n5(self: Task[..., Any], url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except RequestException as exc:
        raise self.retry(exc=exc)


@shared_task
def n6(url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except RequestException:
        pass


@shared_task  # E: task-no-retry
def n7(url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except Timeout:
        pass


@shared_task
def n8(url: str) -> None:
    try:
        requests.get(url, timeout=3)
    except Exception:
        pass


@shared_task  # E: task-no-retry
def n9(url: str) -> None:
    httpx.get(url)


@shared_task(autoretry_for=(httpx.HTTPError,), retry_backoff=True)
def n10(url: str) -> None:
    httpx.get(url)


@shared_task(autoretry_for=(RequestException,), retry_backoff=True)  # E: task-no-retry
def n11(url: str) -> None:
    httpx.get(url)


@shared_task  # E: task-no-retry
def n12(url: str) -> None:
    urllib.request.urlopen(url, timeout=3)


@shared_task(autoretry_for=(OSError,), retry_backoff=True)
def n13(url: str) -> None:
    urllib.request.urlopen(url, timeout=3)


@shared_task(autoretry_for=(URLError,), retry_backoff=True)  # E: task-no-retry
def n14(url: str) -> None:
    urllib.request.urlopen(url, timeout=3)


@shared_task  # E: task-no-retry
def n15(url: str) -> None:
    with requests.Session() as s:
        s.get(url, timeout=3)


@shared_task(base=Retrying)
def n16(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task
def n17(url: str) -> None:
    print(url)


class N18(Task):  # type: ignore[type-arg]  # E: task-no-retry
    def run(self, url: str) -> None:
        requests.post(url, timeout=3)


class N19(Task):  # type: ignore[type-arg]
    def run(self, url: str) -> None:
        try:
            requests.post(url, timeout=3)
        except RequestException as e:
            self.retry(exc=e)


def view(url: str) -> None:
    requests.get(url, timeout=3)


@shared_task  # E: task-no-retry
async def n20(url: str) -> None:
    async with httpx.AsyncClient() as c:
        await c.post(url)


@shared_task(autoretry_for=(Exception,), retry_backoff=True)  # E: task-retry-policy
def n21(url: str) -> None:
    requests.get(url, timeout=3)
