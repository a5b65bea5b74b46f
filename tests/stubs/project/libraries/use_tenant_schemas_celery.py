from collections.abc import Sequence
from typing import Any, assert_type

from celery import shared_task
from celery.result import AsyncResult
from django_celery_beat.models import PeriodicTask
from tenant_schemas_celery.app import CeleryApp
from tenant_schemas_celery.cache import SimpleCache
from tenant_schemas_celery.db_scheduler import TenantAwareDatabaseScheduler
from tenant_schemas_celery.scheduler import TenantAwareSchedulerMixin
from tenant_schemas_celery.task import TenantTask

app = CeleryApp("shop")


@app.task
def ship(order_id: int) -> str:
    return str(order_id)


@shared_task(base=TenantTask, tenant_cache_seconds=30)
def weigh(order_id: int) -> float:
    return 0.5


# celery-types drops the parameters of an app's tasks and where base= is given; mypy_deckrules restores them.
assert_type(app, CeleryApp[TenantTask[..., Any]])
assert_type(ship, TenantTask[..., Any])
weigh_task: TenantTask[..., Any] = weigh
assert_type(ship.get_tenant_databases(), Sequence[str])
assert_type(ship.tenant_cache(), SimpleCache)
ship.delay_on_commit(1)


class Pack(TenantTask[[int], str]):
    tenant_cache_seconds = 30
    tenant_databases = ("default", "other")

    def run(self, order_id: int) -> str:
        return str(order_id)


pack = Pack()
assert_type(pack.delay(1), AsyncResult[str])
app.send_task("shop.tasks.ship", args=(1,))


def beat(scheduler: TenantAwareDatabaseScheduler) -> None:
    assert_type(scheduler.enabled_models(), list[PeriodicTask])
    assert_type(scheduler.get_schema_names(), list[str])


def refused(scheduler: TenantAwareSchedulerMixin) -> None:
    weigh.dealy(1)  # E
    pack.delay("one")  # E
    pack.delay_on_commit()  # E
    pack.tenant_cache_seconds = "long"  # E
    TenantTask.get_tenant_for_schema()  # E
    SimpleCache().get("key")  # E
    scheduler.get_tenants()  # E
