"""Tasks with a base class of celery_once, celery_singleton or tenant_schemas_celery are tasks like any other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery import Celery, shared_task
from celery_once import QueueOnce
from celery_once.tasks import QueueOnce as Once
from celery_singleton import Singleton
from django.db import transaction
from shop.models import Order
from tenant_schemas_celery.app import CeleryApp
from tenant_schemas_celery.task import TenantTask

app = Celery("shop")
app.conf.task_time_limit = 60
tenants = CeleryApp("tenants")


@shared_task(base=QueueOnce, once={"graceful": True})
def once(order: Order) -> None: ...  # E: task-model-param


@app.task(base=QueueOnce, once={"keys": ["pk"]}, bind=True)
def once_bound(self: QueueOnce[..., Any], pk: int, tags: set[str]) -> None: ...  # E: task-json-param


@app.task(bind=True, base=Once)
def once_untyped(self, pk: int) -> None: ...


@shared_task(base=Singleton, unique_on=["pk"], lock_expiry=10)
def single(pk: int, after: timedelta) -> None: ...  # E: task-json-param


@app.task(base=Singleton)
def single_result(pk: int) -> set[int]:  # E: task-json-result
    return {pk}


class OurOnce(QueueOnce):
    def on_failure(self, *args: Any, **kwargs: Any) -> None: ...


@shared_task(base=OurOnce, autoretry_for=(OSError,), retry_backoff=True)
def ours(pk: int) -> None: ...


@shared_task(base=QueueOnce, autoretry_for=(OSError,))  # E: task-retry-policy, task-failure-unseen
def retried(pk: int) -> None: ...


@shared_task(base=Singleton)  # E: task-untyped
def bare(pk): ...


class ClassOnce(QueueOnce[[int], str]):
    def run(self, pk: int) -> str:
        return once_bound.delay(pk, {"a"}).get()  # E: task-json-arg, task-blocking-result


class ClassSingle(Singleton):
    def run(self, order: Order) -> None: ...  # E: task-model-param


@tenants.task
def tenant(order: Order) -> None: ...  # E: task-model-param


@tenants.task(bind=True)
def tenant_bound(self: TenantTask[..., Any], pk: int) -> None: ...


@shared_task(base=TenantTask)
def tenant_shared(pk: int, *, loud: bool = False) -> None: ...


def send(order: Order) -> None:
    once.delay(order)  # E: task-model-arg
    once_untyped.delay(order)  # type: ignore[arg-type]  # E: task-model-arg
    once_untyped.apply_async((1, 2))  # E: task-signature
    once_untyped.apply_async((1,), once={"graceful": True})
    once_untyped.apply_async(args=[order.pk])
    single.apply_async((1, timedelta(1)))  # E: task-json-arg
    single.s(1)
    single.s(1, 2, 3)  # E: task-signature
    single_result.apply_async(kwargs={"pk": order})  # E: task-model-arg
    single_result.apply_async(kwargs={"pk": "a"})  # E: task-signature
    ours.apply_async()  # E: task-signature
    ours.delay(order.pk)
    ClassOnce().apply_async(("a",))  # E: task-signature
    ClassOnce().apply_async((1,))
    ClassSingle().delay(order)  # E: task-model-arg
    tenant.apply_async((order,))  # E: task-model-arg
    tenant_bound.apply_async((order.pk,))
    tenant_bound.apply_async(("a",))  # E: task-signature
    tenant_bound.delay_on_commit(order.pk)
    tenant_shared.delay_on_commit(order.pk, loud=True)
    tenant_shared.apply_async_on_commit((order,))  # E: task-model-arg
    tenant_shared.apply_async((order.pk,), {"lod": True})  # E: task-signature "did you mean"
    with transaction.atomic():
        ours.apply_async((1,))  # E: transaction-dispatch
        single_result.delay(1)  # E: transaction-dispatch
        tenant_shared.delay(1)  # E: transaction-dispatch
        tenant_shared.delay_on_commit(1)
