# select: transaction-dispatch
"""Dispatches in and out of transactions, as teams write them."""

from __future__ import annotations

import contextlib
import functools
from contextlib import ExitStack
from functools import partial
from typing import Any

import django.db
from asgiref.sync import sync_to_async
from celery import Task, chain, chord, current_app, group, shared_task, signature
from django.contrib import admin
from django.db import connection, models, transaction
from django.db import transaction as tx
from django.db.models import signals
from django.db.models.signals import m2m_changed, post_init, post_save
from django.db.transaction import Atomic, atomic, on_commit
from django.dispatch import Signal, receiver
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import FormView
from rest_framework import serializers, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.views import APIView
from shop.celery import app
from shop.models import Order

from transaction import tasks
from transaction import tasks as t
from transaction.tasks import archive, ship

ordered = Signal()


def with_blocks(pk: int, flag: bool) -> None:
    with transaction.atomic():
        ship.delay(pk)  # E: transaction-dispatch "delay_on_commit"
        t.archive.apply_async((pk,), countdown=5)  # E: transaction-dispatch "apply_async_on_commit"
        tasks.archive.apply_async(args=[pk])  # E: transaction-dispatch
        ship.delay_on_commit(pk)
        ship.apply_async_on_commit((pk,))
        sig = ship.s(pk)
        sig.delay()  # E: transaction-dispatch
        ship.si(pk).apply_async()  # E: transaction-dispatch
        chain(ship.si(pk), archive.si(pk))()  # E: transaction-dispatch
        chain(ship.si(pk), archive.si(pk)).delay()  # E: transaction-dispatch
        (ship.si(pk) | archive.si(pk))()  # E: transaction-dispatch
        (ship.si(pk) | archive.si(pk)).apply_async()  # E: transaction-dispatch
        group(ship.si(pk))()  # E: transaction-dispatch
        group([ship.si(i) for i in range(3)]).delay()  # E: transaction-dispatch
        chord([ship.si(pk)])(archive.si(pk))  # E: transaction-dispatch
        chord([ship.si(pk)], archive.si(pk)).apply_async()  # E: transaction-dispatch
        app.send_task("transaction.tasks.ship", (pk,))  # E: transaction-dispatch
        current_app.send_task("transaction.tasks.ship", (pk,))  # E: transaction-dispatch
        signature("transaction.tasks.ship", (pk,)).delay()  # E: transaction-dispatch
        ship.map([1, 2])()  # E: transaction-dispatch
        ship.chunks([(1,)], 10)()  # E: transaction-dispatch
        ship(pk)
        ship.run(pk)
        ship.apply((pk,))
        ship.s(pk)()
        for i in range(3):
            ship.delay(i)  # E: transaction-dispatch
            transaction.on_commit(lambda: ship.delay(i))  # E: transaction-dispatch
            transaction.on_commit(lambda i=i: ship.delay(i))
            transaction.on_commit(partial(ship.delay, i))
        if flag:
            with transaction.atomic(savepoint=False):
                ship.delay(pk)  # E: transaction-dispatch
        else:
            [ship.delay(i) for i in range(3)]  # E: transaction-dispatch
        try:
            ship.delay(pk)  # E: transaction-dispatch
        except Exception:
            archive.delay(pk)  # E: transaction-dispatch
        finally:
            archive.delay(pk)  # E: transaction-dispatch
        transaction.on_commit(ship.delay(pk))  # type: ignore[arg-type]  # E: transaction-dispatch
        on_commit(lambda: ship.delay(pk))
        connection.on_commit(lambda: ship.delay(pk))

        def later() -> None:
            ship.delay(pk)

        class Local:
            def go(self) -> None:
                ship.delay(pk)

        on_commit(later)
        cb = lambda: ship.delay(pk)
        on_commit(cb)
        x = ship.delay(pk) if flag else None  # E: transaction-dispatch
        print(f"{ship.delay(pk)}")  # E: transaction-dispatch
    ship.delay(pk)
    transaction.on_commit(ship.delay(pk))  # type: ignore[arg-type]  # E: transaction-dispatch
    transaction.on_commit(lambda: ship.delay(pk))
    transaction.on_commit(func=ship.s(pk).delay)


def spelled(pk: int) -> None:
    with tx.atomic():
        ship.delay(pk)  # E: transaction-dispatch
    with atomic():
        ship.delay(pk)  # E: transaction-dispatch
    with django.db.transaction.atomic("other"):
        ship.delay(pk)  # E: transaction-dispatch
    with transaction.atomic(using="other"), contextlib.suppress(Exception):
        ship.delay(pk)  # E: transaction-dispatch "other"
    with contextlib.suppress(Exception), transaction.atomic():
        ship.delay(pk)  # E: transaction-dispatch
    block = transaction.atomic()
    with block:
        ship.delay(pk)  # E: transaction-dispatch
    with ExitStack() as stack:
        ship.delay(pk)
        stack.enter_context(transaction.atomic())
        ship.delay(pk)  # E: transaction-dispatch
    with open("f"):
        ship.delay(pk)
    with connection.cursor():
        ship.delay(pk)


def my_atomic() -> Atomic:
    return transaction.atomic(savepoint=False)


def wrapper(pk: int) -> None:
    with my_atomic():
        ship.delay(pk)  # E: transaction-dispatch


@transaction.atomic
def f1(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@transaction.atomic()
def f2(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@tx.atomic(using="x")
async def f3(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@atomic
@functools.lru_cache
def f4(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch

    def inner() -> None:
        ship.delay(pk)

    inner()


@my_atomic()
def f5(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@shared_task
@transaction.atomic
def f6(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@app.task(bind=True)
@transaction.atomic
def f7(self: Task[Any, Any], pk: int) -> None:
    self.retry()
    f7.delay(pk)  # E: transaction-dispatch
    self.apply_async((pk,))  # E: transaction-dispatch


async def a1(pk: int) -> None:
    ship.delay(pk)

    @sync_to_async
    def work() -> None:
        with transaction.atomic():
            ship.delay(pk)  # E: transaction-dispatch

    await work()
    await sync_to_async(ship.delay)(pk)


@api_view(["POST"])
@transaction.atomic
def api(request: Any) -> None:
    ship.delay(1)  # E: transaction-dispatch


class V1(View):
    @transaction.atomic
    def post(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    @method_decorator(transaction.atomic)
    def put(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    @method_decorator(transaction.atomic())
    def patch(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    def get(self, request: Any) -> None:
        ship.delay(1)


@method_decorator(transaction.atomic, name="dispatch")
class V2(View):
    def post(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch
        self.helper()  # E: transaction-dispatch

    def get(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    def helper(self) -> None:
        ship.delay(1)


@method_decorator(transaction.atomic, name="post")
class V3(APIView):
    def post(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    def get(self, request: Any) -> None:
        ship.delay(1)


@method_decorator([transaction.atomic], name="form_valid")
class V4(FormView):  # type: ignore[type-arg]
    def form_valid(self, form: Any) -> Any:
        ship.delay(1)  # E: transaction-dispatch


class Vs(viewsets.ModelViewSet):  # type: ignore[type-arg]
    @action(detail=True)
    @transaction.atomic
    def go(self, request: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    def perform_create(self, serializer: Any) -> None:
        ship.delay(1)
        with transaction.atomic():
            serializer.save()
            ship.delay(serializer.instance.pk)  # E: transaction-dispatch
        ship.delay(1)


class Adm(admin.ModelAdmin):  # type: ignore[type-arg]
    def save_model(self, request: Any, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        ship.delay(obj.pk)


# receivers
@receiver(post_save, sender=Order)
def rec1(sender: Any, instance: Order, created: bool, **kw: Any) -> None:
    if created:
        ship.delay(instance.pk)  # E: transaction-dispatch
        transaction.on_commit(lambda: ship.delay(instance.pk))
        ship.delay_on_commit(instance.pk)


@receiver([signals.pre_save, signals.post_delete])
def rec2(sender: Any, **kw: Any) -> None:
    ship.delay(1)  # E: transaction-dispatch


@receiver(m2m_changed, sender=Order)
def rec3(sender: Any, **kw: Any) -> None:
    ship.apply_async((1,))  # E: transaction-dispatch


@receiver(ordered)
def rec4(sender: Any, **kw: Any) -> None:
    ship.delay(1)


@receiver(post_init)
def rec5(sender: Any, **kw: Any) -> None:
    ship.delay(1)


@receiver(signals.post_migrate)
def rec6(sender: Any, **kw: Any) -> None:
    ship.delay(1)


def rec7(sender: Any, **kw: Any) -> None:
    ship.delay(1)  # E: transaction-dispatch


def rec8(sender: Any, **kw: Any) -> None:
    ship.delay(1)


post_save.connect(rec7, sender=Order, dispatch_uid="x")
ordered.connect(rec8)


class Handlers:
    @staticmethod
    def on_save(sender: Any, **kw: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch

    def connect(self) -> None:
        signals.pre_delete.connect(self.on_delete, sender=Order)

    def on_delete(self, sender: Any, **kw: Any) -> None:
        ship.delay(1)  # E: transaction-dispatch


signals.post_save.connect(receiver=Handlers.on_save, sender=Order)


class Doc(models.Model):
    def save(self, *args: Any, **kw: Any) -> None:
        super().save(*args, **kw)
        ship.delay(self.pk)  # E: transaction-dispatch

    def delete(self, *args: Any, **kw: Any) -> Any:
        ship.delay(self.pk)  # E: transaction-dispatch
        return super().delete(*args, **kw)

    def publish(self) -> None:
        ship.delay(self.pk)

    class Meta:
        app_label = "shop"


class Mixin:
    def save(self) -> None:
        ship.delay(1)


class Ser(serializers.Serializer):  # type: ignore[type-arg]
    def save(self, **kw: Any) -> Any:
        ship.delay(1)


class CommitTask(Task):  # type: ignore[type-arg]
    def apply_async(self, *args: Any, **kw: Any) -> Any:
        transaction.on_commit(lambda: super(CommitTask, self).apply_async(*args, **kw))


class PlainTask(Task):  # type: ignore[type-arg]
    pass


@shared_task(base=CommitTask)
def safe(pk: int) -> None: ...


@app.task(base=PlainTask)
def unsafe(pk: int) -> None: ...


@transaction.atomic
def bases(pk: int) -> None:
    safe.delay(pk)
    safe.apply_async((pk,))
    safe.s(pk).apply_async()
    safe.si(pk).delay()
    chain(safe.si(pk), unsafe.si(pk))()
    chain(unsafe.si(pk), safe.si(pk))()  # E: transaction-dispatch
    group(safe.si(pk), safe.si(pk)).apply_async()
    group(safe.si(pk), unsafe.si(pk)).apply_async()  # E: transaction-dispatch
    signature("transaction.teams.safe", (pk,)).apply_async()
    app.send_task("transaction.teams.safe", (pk,))  # E: transaction-dispatch
    unsafe.delay(pk)  # E: transaction-dispatch "on_commit(partial(unsafe.delay"


class Service:
    def __init__(self, task: Task[[int], None]) -> None:
        self.task = task

    @transaction.atomic
    def run(self, pk: int) -> None:
        self.task.delay(pk)  # E: transaction-dispatch
        self.later(pk)

    def later(self, pk: int) -> None:
        transaction.on_commit(partial(self.task.delay, pk))


@transaction.atomic
def untyped(pk):
    ship.delay(pk)  # E: transaction-dispatch
    ship.delay(pk=pk)  # E: transaction-dispatch


@transaction.non_atomic_requests
def nonatomic(request: Any) -> None:
    ship.delay(1)


def generator(pk: int):
    with transaction.atomic():
        yield ship.delay(pk)  # E: transaction-dispatch


def lambdas(pk: int) -> None:
    with transaction.atomic():
        todo = [lambda: ship.delay(pk)]
        sorted([1], key=lambda x: ship.delay(pk).id)
    with transaction.atomic():
        (lambda: None)()
        return
