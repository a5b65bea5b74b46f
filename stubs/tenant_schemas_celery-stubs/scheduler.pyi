from logging import Logger
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry, Scheduler
from django.db.models import QuerySet

logger: Logger

# The project's tenant model: what django_tenants.utils.get_tenant_model() answers.
Tenant: Any

class TenantAwareScheduleEntry(ScheduleEntry):
    # What ScheduleEntry takes, and tenant_schemas, which is dropped.
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

class TenantAwareSchedulerMixin:
    # The tenants to whose schemas entries are sent.
    @classmethod
    def get_queryset(cls) -> QuerySet[Any]: ...
    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None: ...

class TenantAwareScheduler(TenantAwareSchedulerMixin, Scheduler):
    Entry: type[TenantAwareScheduleEntry]  # pyright: ignore[reportIncompatibleVariableOverride]
    def merge_inplace(self, b: dict[str, Any]) -> None: ...

class TenantAwarePersistentScheduler(TenantAwareSchedulerMixin, PersistentScheduler):
    Entry: type[TenantAwareScheduleEntry]  # pyright: ignore[reportIncompatibleVariableOverride]
    def merge_inplace(self, b: dict[str, Any]) -> None: ...
