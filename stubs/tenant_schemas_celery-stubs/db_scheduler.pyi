from datetime import datetime
from logging import Logger

from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry
from tenant_schemas_celery.scheduler import TenantAwareSchedulerMixin

logger: Logger

class TenantAwareModelEntry(ModelEntry): ...

class TenantAwarePeriodicTasks:
    @classmethod
    def last_change(cls) -> datetime | None: ...

class TenantAwareDatabaseScheduler(TenantAwareSchedulerMixin, DatabaseScheduler):
    Entry: type[TenantAwareModelEntry]  # pyright: ignore[reportIncompatibleVariableOverride]
    # It takes the place of PeriodicTasks, of which a scheduler calls last_change() alone.
    Changes: type[TenantAwarePeriodicTasks]  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleVariableOverride]
    def enabled_models(self) -> list[PeriodicTask]: ...
    def get_public_schema_name(self) -> list[str]: ...
    def get_tenant_schema_names(self, exclude_schemas: list[str]) -> list[str]: ...
    def get_schema_names(self) -> list[str]: ...
