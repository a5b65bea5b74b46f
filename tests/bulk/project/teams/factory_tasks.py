# select: task-model-param, task-model-arg, task-json-param, task-json-arg, task-signature
from __future__ import annotations

import functools

import celery
from celery import current_app, shared_task
from django.conf import settings

from teams import factories as hidden_app
from teams.factories import BaseTask, Registry, app, app2, app3, my_task, queued, retry_task
from teams.models import Order


@app.task
def t1(order: Order) -> None:  # E: task-model-param
    ...


@app.task(bind=True, base=BaseTask, on_failure=print)
def t2(self, order: Order) -> None:  # E: task-model-param
    ...


@app2.task(queue=settings.QUEUE, soft_time_limit=1.5, custom_option=3)
def t3(order: Order, names: set[str]) -> None:  # E: task-model-param, task-json-param
    ...


@app3.task()
def t4(order: Order) -> None:  # E: task-model-param
    ...


@hidden_app.app.task
def t5(order: Order) -> None:  # E: task-model-param
    ...


@Registry.celery.task
def t6(order: Order) -> None:  # E: task-model-param
    ...


@my_task
def t7(order: Order) -> None:  # E: task-model-param
    ...


@my_task(name="x")
def t8(order: Order) -> None:  # E: task-model-param
    ...


@retry_task
def t9(self, order: Order) -> None:  # E: task-model-param
    ...


@queued("mail")
def t10(order: Order) -> None:  # E: task-model-param
    ...


@current_app.task
def t11(order: Order) -> None:  # E: task-model-param
    ...


@celery.shared_task(base=BaseTask)
def t12(order: Order) -> None:  # E: task-model-param
    ...


@shared_task(queue=None if settings.DEBUG else "x", rate_limit=3, foo="bar")
def t13(order: Order) -> None:  # E: task-model-param
    ...


class T14(BaseTask):
    def run(self, order: Order) -> None:  # E: task-model-param
        ...


t14 = app.register_task(T14())


@functools.wraps
def not_task(order: Order) -> None: ...


def send(order: Order) -> None:
    t1.delay(order)  # E: task-model-arg
    t2.delay(order)  # E: task-model-arg
    t3.apply_async((order, {"x"}))  # E: task-model-arg, task-json-arg
    t4.delay(order)  # E: task-model-arg
    t5.delay(order)  # E: task-model-arg
    t6.delay(order)  # E: task-model-arg
    t7.delay(order)  # E: task-model-arg
    t8.s(order)  # E: task-model-arg
    t9.delay(order)  # E: task-model-arg
    t10.delay(order)  # E: task-model-arg
    t11.delay(order)  # E: task-model-arg
    t12.delay(order)  # E: task-model-arg
    t13.delay(order)  # E: task-model-arg
    T14().delay(order)  # E: task-model-arg
    app.tasks["x"].delay(order)  # E: task-model-arg
    app.send_task("x", (order,))  # E: task-model-arg
    app2.send_task("x", [order])  # E: task-model-arg


@app.task
def u1(pk: int) -> None: ...


@my_task(bind=True)
def u2(self, pk: int) -> None: ...


@queued("x")
def u3(pk: int) -> None: ...


def fits() -> None:
    u1.apply_async(("x",))  # E: task-signature
    u1.apply_async((1,))
    u2.apply_async(("x",))  # E: task-signature
    u2.apply_async((1,))
    u3.apply_async((1, 2))  # E: task-signature
    u3.apply_async((1,))
