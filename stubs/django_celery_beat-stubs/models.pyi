from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, ClassVar, Final, overload, type_check_only
from zoneinfo import ZoneInfo

from celery import schedules
from django.db import models
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.fields.related_descriptors import RelatedManager
from django.db.models.manager import Manager
from django.db.models.query import Prefetch
from django.utils.functional import _StrPromise
from django_celery_beat.clockedschedule import clocked
from django_celery_beat.querysets import PeriodicTaskQuerySet, _Writes
from typing_extensions import Self

DAYS: Final = "days"
HOURS: Final = "hours"
MINUTES: Final = "minutes"
SECONDS: Final = "seconds"
MICROSECONDS: Final = "microseconds"

PERIOD_CHOICES: tuple[tuple[str, _StrPromise], ...]
SINGULAR_PERIODS: tuple[tuple[str, _StrPromise], ...]
SOLAR_SCHEDULES: list[tuple[str, _StrPromise]]

def cronexp(field: object) -> str: ...
def crontab_schedule_celery_timezone() -> str: ...

# The types are for all checkers; the calls say what pyrefly and mypy_deckrules read from them: null, unique, primary_key.
class SolarSchedule(models.Model):
    id: models.AutoField[int | str | Combinable, int] = models.AutoField(primary_key=True)
    event: models.CharField[str | int | Combinable, str] = models.CharField()
    latitude: models.DecimalField[str | float | Decimal | Combinable, Decimal] = models.DecimalField()
    longitude: models.DecimalField[str | float | Decimal | Combinable, Decimal] = models.DecimalField()
    objects: ClassVar[Manager[Self]]
    class Meta:
        unique_together: ClassVar = ("event", "latitude", "longitude")

    @property
    def periodictask_set(self) -> RelatedManager[PeriodicTask]: ...
    def get_event_display(self, *, field: models.CharField[Any, Any] = ...) -> str: ...  # type: ignore[no-redef, unused-ignore]
    @property
    def schedule(self) -> schedules.solar: ...
    # The row for this schedule, or a new one that is not saved; so in the other three.
    @classmethod
    def from_schedule(cls, schedule: schedules.solar) -> Self: ...

class IntervalSchedule(models.Model):
    DAYS: Final = "days"
    HOURS: Final = "hours"
    MINUTES: Final = "minutes"
    SECONDS: Final = "seconds"
    MICROSECONDS: Final = "microseconds"
    PERIOD_CHOICES: ClassVar[tuple[tuple[str, _StrPromise], ...]]
    id: models.AutoField[int | str | Combinable, int] = models.AutoField(primary_key=True)
    every: models.IntegerField[float | int | str | Combinable, int] = models.IntegerField()
    period: models.CharField[str | int | Combinable, str] = models.CharField()
    objects: ClassVar[Manager[Self]]
    @property
    def periodictask_set(self) -> RelatedManager[PeriodicTask]: ...
    def get_period_display(self, *, field: models.CharField[Any, Any] = ...) -> str: ...  # type: ignore[no-redef, unused-ignore]
    @property
    def schedule(self) -> schedules.schedule: ...
    @classmethod
    def from_schedule(cls, schedule: schedules.schedule, period: str = "seconds") -> Self: ...
    @property
    def period_singular(self) -> str: ...

class ClockedSchedule(models.Model):
    id: models.AutoField[int | str | Combinable, int] = models.AutoField(primary_key=True)
    clocked_time: models.DateTimeField[str | datetime | date | Combinable, datetime] = models.DateTimeField()
    objects: ClassVar[Manager[Self]]
    @property
    def periodictask_set(self) -> RelatedManager[PeriodicTask]: ...
    def get_next_by_clocked_time(  # type: ignore[no-redef, unused-ignore]
        self, *, field: models.DateTimeField[Any, Any] = ..., is_next: bool = ..., **kwargs: Any
    ) -> Self: ...
    def get_previous_by_clocked_time(  # type: ignore[no-redef, unused-ignore]
        self, *, field: models.DateTimeField[Any, Any] = ..., is_next: bool = ..., **kwargs: Any
    ) -> Self: ...
    @property
    def schedule(self) -> clocked: ...
    @classmethod
    def from_schedule(cls, schedule: clocked) -> Self: ...

class CrontabSchedule(models.Model):
    id: models.AutoField[int | str | Combinable, int] = models.AutoField(primary_key=True)
    minute: models.CharField[str | int | Combinable, str] = models.CharField()
    hour: models.CharField[str | int | Combinable, str] = models.CharField()
    day_of_month: models.CharField[str | int | Combinable, str] = models.CharField()
    month_of_year: models.CharField[str | int | Combinable, str] = models.CharField()
    day_of_week: models.CharField[str | int | Combinable, str] = models.CharField()
    # A timezone_field.TimeZoneField, which has no types of its own.
    timezone: models.Field[str | ZoneInfo | Combinable, ZoneInfo]
    objects: ClassVar[Manager[Self]]
    @property
    def periodictask_set(self) -> RelatedManager[PeriodicTask]: ...
    def get_timezone_display(self, *, field: models.Field[Any, Any] = ...) -> str: ...  # type: ignore[no-redef, unused-ignore]
    @property
    def human_readable(self) -> str: ...
    # A TzAwareCrontab, unless DJANGO_CELERY_BEAT_TZ_AWARE is off.
    @property
    def schedule(self) -> schedules.crontab: ...
    @classmethod
    def from_schedule(cls, schedule: schedules.crontab) -> Self: ...
    def due_start_time(self, initial_start_time: datetime, tz: tzinfo | None) -> datetime: ...

class PeriodicTasks(models.Model):
    ident: models.SmallIntegerField[float | int | str | Combinable, int] = models.SmallIntegerField(primary_key=True)
    last_update: models.DateTimeField[str | datetime | date | Combinable, datetime] = models.DateTimeField()
    objects: ClassVar[Manager[Self]]
    def get_next_by_last_update(  # type: ignore[no-redef, unused-ignore]
        self, *, field: models.DateTimeField[Any, Any] = ..., is_next: bool = ..., **kwargs: Any
    ) -> Self: ...
    def get_previous_by_last_update(  # type: ignore[no-redef, unused-ignore]
        self, *, field: models.DateTimeField[Any, Any] = ..., is_next: bool = ..., **kwargs: Any
    ) -> Self: ...
    # These two are receivers of signals too.
    @classmethod
    def changed(cls, instance: PeriodicTask, **kwargs: Any) -> None: ...
    @classmethod
    def update_changed(cls, **kwargs: Any) -> None: ...
    @classmethod
    def last_change(cls) -> datetime | None: ...

# Made by PeriodicTaskQuerySet.as_manager().
@type_check_only
class _PeriodicTaskManager(_Writes, Manager[PeriodicTask]):  # type: ignore[misc, unused-ignore]
    def enabled(self) -> PeriodicTaskQuerySet: ...
    def get_queryset(self) -> PeriodicTaskQuerySet: ...
    def all(self) -> PeriodicTaskQuerySet: ...
    def none(self) -> PeriodicTaskQuerySet: ...
    def filter(self, *args: Any, **kwargs: Any) -> PeriodicTaskQuerySet: ...
    def exclude(self, *args: Any, **kwargs: Any) -> PeriodicTaskQuerySet: ...
    def complex_filter(self, filter_obj: Any) -> PeriodicTaskQuerySet: ...
    def select_for_update(
        self, nowait: bool = ..., skip_locked: bool = ..., of: Sequence[str] = ..., no_key: bool = ...
    ) -> PeriodicTaskQuerySet: ...
    @overload
    def select_related(self, clear: None, /) -> PeriodicTaskQuerySet: ...
    @overload
    def select_related(self, *fields: str) -> PeriodicTaskQuerySet: ...
    @overload
    def prefetch_related(self, clear: None, /) -> PeriodicTaskQuerySet: ...
    @overload
    def prefetch_related(self, *lookups: str | Prefetch[Any, Any, Any]) -> PeriodicTaskQuerySet: ...
    def annotate(self, *args: Any, **kwargs: Any) -> PeriodicTaskQuerySet: ...
    def order_by(self, *field_names: str | Combinable | OrderBy) -> PeriodicTaskQuerySet: ...
    def distinct(self, *field_names: str) -> PeriodicTaskQuerySet: ...
    def reverse(self) -> PeriodicTaskQuerySet: ...
    @overload
    def defer(self, clear: None, /) -> PeriodicTaskQuerySet: ...
    @overload
    def defer(self, *fields: str) -> PeriodicTaskQuerySet: ...
    def only(self, *fields: str) -> PeriodicTaskQuerySet: ...
    def using(self, alias: str | None) -> PeriodicTaskQuerySet: ...

class PeriodicTask(models.Model):
    id: models.AutoField[int | str | Combinable, int] = models.AutoField(primary_key=True)
    name: models.CharField[str | int | Combinable, str] = models.CharField(unique=True)
    task: models.CharField[str | int | Combinable, str] = models.CharField()
    interval: models.ForeignKey[IntervalSchedule | Combinable | None, IntervalSchedule | None] = models.ForeignKey(
        IntervalSchedule, on_delete=models.CASCADE, null=True
    )
    interval_id: int | None
    crontab: models.ForeignKey[CrontabSchedule | Combinable | None, CrontabSchedule | None] = models.ForeignKey(
        CrontabSchedule, on_delete=models.CASCADE, null=True
    )
    crontab_id: int | None
    solar: models.ForeignKey[SolarSchedule | Combinable | None, SolarSchedule | None] = models.ForeignKey(
        SolarSchedule, on_delete=models.CASCADE, null=True
    )
    solar_id: int | None
    clocked: models.ForeignKey[ClockedSchedule | Combinable | None, ClockedSchedule | None] = models.ForeignKey(
        ClockedSchedule, on_delete=models.CASCADE, null=True
    )
    clocked_id: int | None
    args: models.TextField[str | Combinable, str] = models.TextField()
    kwargs: models.TextField[str | Combinable, str] = models.TextField()
    queue: models.CharField[str | int | Combinable | None, str | None] = models.CharField(null=True)
    exchange: models.CharField[str | int | Combinable | None, str | None] = models.CharField(null=True)
    routing_key: models.CharField[str | int | Combinable | None, str | None] = models.CharField(null=True)
    headers: models.TextField[str | Combinable, str] = models.TextField()
    priority: models.PositiveIntegerField[float | int | str | Combinable | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    expires: models.DateTimeField[str | datetime | date | Combinable | None, datetime | None] = models.DateTimeField(
        null=True
    )
    expire_seconds: models.PositiveIntegerField[float | int | str | Combinable | None, int | None] = (
        models.PositiveIntegerField(null=True)
    )
    one_off: models.BooleanField[bool | Combinable, bool] = models.BooleanField()
    start_time: models.DateTimeField[str | datetime | date | Combinable | None, datetime | None] = models.DateTimeField(
        null=True
    )
    enabled: models.BooleanField[bool | Combinable, bool] = models.BooleanField()
    last_run_at: models.DateTimeField[str | datetime | date | Combinable | None, datetime | None] = (
        models.DateTimeField(null=True)
    )
    total_run_count: models.PositiveIntegerField[float | int | str | Combinable, int] = models.PositiveIntegerField()
    date_changed: models.DateTimeField[str | datetime | date | Combinable, datetime] = models.DateTimeField()
    description: models.TextField[str | Combinable, str] = models.TextField()
    objects: ClassVar[_PeriodicTaskManager]
    # Set on a row to save it without telling the scheduler.
    no_changes: bool
    # Other keywords are for the fields of a model that derives from this one.
    def __init__(
        self,
        *values: Any,
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
    ) -> None: ...
    def get_next_by_date_changed(  # type: ignore[no-redef, unused-ignore]
        self, *, field: models.DateTimeField[Any, Any] = ..., is_next: bool = ..., **kwargs: Any
    ) -> Self: ...
    def get_previous_by_date_changed(  # type: ignore[no-redef, unused-ignore]
        self, *, field: models.DateTimeField[Any, Any] = ..., is_next: bool = ..., **kwargs: Any
    ) -> Self: ...
    @property
    def expires_(self) -> datetime | int | None: ...
    @property
    def scheduler(self) -> IntervalSchedule | CrontabSchedule | SolarSchedule | ClockedSchedule | None: ...
    @property
    def schedule(self) -> schedules.BaseSchedule: ...
    def due_start_time(self, tz: tzinfo | None) -> datetime | None: ...
