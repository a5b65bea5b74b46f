# select: task-json-arg
from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from celery import Celery, Task, shared_task

from teams.celery import app

local = Celery("local")


class Base(Task):  # type: ignore[type-arg]
    queue_name = "x"


class Payload(TypedDict):
    a: int
    b: str


@shared_task
def one(pk: int) -> int:
    return pk


@app.task
def two(pk: int, name: str = "") -> str:
    return name


@local.task(bind=True)
def bound(self: Task[..., Any], pk: int, *, when: dt.datetime | None = None) -> None: ...


@shared_task(base=Base, bind=True)
def based(self, pk: int, names: list[str]) -> list[int]:
    return []


@shared_task
def many(*pks: int, **opts: str) -> None: ...


@shared_task
def typed(payload: Payload) -> None: ...


@shared_task
def untyped(a, b=1): ...


@shared_task(ignore_result=True, queue="x", name="send.named")
def named(pk: int) -> None: ...


@app.task(serializer="pickle")
def pickled(value: Any) -> None: ...


@shared_task
def total(values: list[int]) -> int:
    return sum(values)


@shared_task
def nothing() -> None: ...


class Cls(Base):
    name = "cls"

    def run(self, pk: int, flag: bool = False) -> str:
        return ""


cls_task = app.register_task(Cls())
