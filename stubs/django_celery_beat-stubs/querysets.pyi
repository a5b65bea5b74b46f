from collections.abc import Mapping
from datetime import datetime
from typing import Any, type_check_only

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from typing_extensions import Self

# The query set's methods that the manager has too. A row keeps its arguments and headers as JSON text: every method
# that takes them by name takes a str, never the values that the text stands for.
@type_check_only
class _Writes:
    def create(
        self,
        *,
        name: str | Combinable = ...,
        task: str | Combinable = ...,
        interval: IntervalSchedule | Combinable | None = ...,
        crontab: CrontabSchedule | Combinable | None = ...,
        solar: SolarSchedule | Combinable | None = ...,
        clocked: ClockedSchedule | Combinable | None = ...,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        queue: str | Combinable | None = ...,
        exchange: str | Combinable | None = ...,
        routing_key: str | Combinable | None = ...,
        headers: str | Combinable = ...,
        priority: int | Combinable | None = ...,
        expires: datetime | Combinable | None = ...,
        expire_seconds: int | Combinable | None = ...,
        one_off: bool | Combinable = ...,
        start_time: datetime | Combinable | None = ...,
        enabled: bool | Combinable = ...,
        last_run_at: datetime | Combinable | None = ...,
        total_run_count: int | Combinable = ...,
        date_changed: datetime | Combinable = ...,
        description: str | Combinable = ...,
        **fields: Any,
    ) -> PeriodicTask: ...
    async def acreate(
        self,
        *,
        name: str | Combinable = ...,
        task: str | Combinable = ...,
        interval: IntervalSchedule | Combinable | None = ...,
        crontab: CrontabSchedule | Combinable | None = ...,
        solar: SolarSchedule | Combinable | None = ...,
        clocked: ClockedSchedule | Combinable | None = ...,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        queue: str | Combinable | None = ...,
        exchange: str | Combinable | None = ...,
        routing_key: str | Combinable | None = ...,
        headers: str | Combinable = ...,
        priority: int | Combinable | None = ...,
        expires: datetime | Combinable | None = ...,
        expire_seconds: int | Combinable | None = ...,
        one_off: bool | Combinable = ...,
        start_time: datetime | Combinable | None = ...,
        enabled: bool | Combinable = ...,
        last_run_at: datetime | Combinable | None = ...,
        total_run_count: int | Combinable = ...,
        date_changed: datetime | Combinable = ...,
        description: str | Combinable = ...,
        **fields: Any,
    ) -> PeriodicTask: ...
    def get_or_create(
        self,
        defaults: Mapping[str, Any] | None = None,
        *,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        headers: str | Combinable = ...,
        **lookups: Any,
    ) -> tuple[PeriodicTask, bool]: ...
    async def aget_or_create(
        self,
        defaults: Mapping[str, Any] | None = None,
        *,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        headers: str | Combinable = ...,
        **lookups: Any,
    ) -> tuple[PeriodicTask, bool]: ...
    def update_or_create(
        self,
        defaults: Mapping[str, Any] | None = None,
        create_defaults: Mapping[str, Any] | None = None,
        *,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        headers: str | Combinable = ...,
        **lookups: Any,
    ) -> tuple[PeriodicTask, bool]: ...
    async def aupdate_or_create(
        self,
        defaults: Mapping[str, Any] | None = None,
        create_defaults: Mapping[str, Any] | None = None,
        *,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        headers: str | Combinable = ...,
        **lookups: Any,
    ) -> tuple[PeriodicTask, bool]: ...
    def update(
        self,
        *,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        headers: str | Combinable = ...,
        **fields: Any,
    ) -> int: ...
    async def aupdate(
        self,
        *,
        args: str | Combinable = ...,
        kwargs: str | Combinable = ...,
        headers: str | Combinable = ...,
        **fields: Any,
    ) -> int: ...

class PeriodicTaskQuerySet(_Writes, QuerySet[PeriodicTask]):  # type: ignore[misc, unused-ignore]
    # With the four kinds of schedule prefetched.
    def enabled(self) -> Self: ...
