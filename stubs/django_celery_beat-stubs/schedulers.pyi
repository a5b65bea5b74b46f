from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from logging import Logger
from typing import Any, ClassVar, Final, Protocol, SupportsIndex, TypeAlias, type_check_only
from uuid import UUID

from celery import Celery
from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import BaseSchedule, schedstate
from django.utils.functional import _StrPromise
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    PeriodicTasks,
    SolarSchedule,
)
from django_celery_beat.querysets import PeriodicTaskQuerySet
from typing_extensions import Self, TypeVar

_T_co = TypeVar("_T_co", covariant=True)

# A list or a tuple. bytes and range are none: they differ in the parameter of __contains__ or have no __mul__.
@type_check_only
class _Array(Protocol[_T_co]):
    def __contains__(self, item: object, /) -> bool: ...
    def __mul__(self, times: SupportsIndex, /) -> Sequence[_T_co]: ...

# The same again for the arguments as a whole: ty does not look into a protocol that stands inside itself.
@type_check_only
class _Arguments(Protocol[_T_co]):
    def __contains__(self, item: object, /) -> bool: ...
    def __mul__(self, times: SupportsIndex, /) -> Sequence[_T_co]: ...

# The values of a TypedDict are all object to a protocol, so it is known by its class attribute. ty and pyrefly do not
# see that one: there a TypedDict is refused.
@type_check_only
class _TypedDict(Protocol):
    __required_keys__: ClassVar[frozenset[str]]

@type_check_only
class _HasJSON(Protocol):
    def __json__(self) -> Any: ...

# What Kombu's encoder, which writes the rows, makes text of.
_Scalar: TypeAlias = (
    bool | int | float | str | bytes | date | time | Decimal | UUID | _StrPromise | _HasJSON | _TypedDict | None
)
_Nested: TypeAlias = _Scalar | Sequence[_Nested] | Mapping[str, _Nested] | Mapping[int, _Nested]
_Sendable: TypeAlias = _Scalar | _Array[_Nested] | Mapping[str, _Nested] | Mapping[int, _Nested]

DEFAULT_MAX_INTERVAL: Final = 5
SCHEDULE_SYNC_MAX_INTERVAL: Final = 300
ADD_ENTRY_ERROR: Final[str]

logger: Logger

def debug(msg: object, *args: object, **kwargs: Any) -> None: ...
def info(msg: object, *args: object, **kwargs: Any) -> None: ...
def warning(msg: object, *args: object, **kwargs: Any) -> None: ...

_ModelSchedule: TypeAlias = IntervalSchedule | CrontabSchedule | SolarSchedule | ClockedSchedule

class ModelEntry(ScheduleEntry):
    model_schedules: ClassVar[tuple[tuple[type[BaseSchedule], type[_ModelSchedule], str], ...]]
    save_fields: ClassVar[list[str]]
    model: PeriodicTask
    def __init__(self, model: PeriodicTask, app: Celery[Any] | None = None) -> None: ...
    def is_due(self) -> schedstate: ...
    def __next__(self) -> Self: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
    def _disable(self, model: PeriodicTask) -> None: ...  # which entries that derive from it call
    def save(self) -> None: ...
    # The row, and the name of PeriodicTask's field for it.
    @classmethod
    def to_model_schedule(cls, schedule: BaseSchedule) -> tuple[_ModelSchedule, str]: ...
    # entry: what else a PeriodicTask has, by name.
    @classmethod
    def from_entry(
        cls,
        name: str,
        app: Celery[Any] | None = None,
        *,
        schedule: BaseSchedule,
        args: _Arguments[_Sendable] | None = ...,
        kwargs: Mapping[str, _Sendable] | _TypedDict | None = ...,
        relative: bool | None = ...,
        options: Mapping[str, Any] | None = ...,
        **entry: Any,
    ) -> Self: ...

class DatabaseScheduler(Scheduler):
    Entry: type[ModelEntry]  # pyright: ignore[reportIncompatibleVariableOverride]
    Model: type[PeriodicTask]
    Changes: type[PeriodicTasks]
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def all_as_schedule(self) -> dict[str, ModelEntry]: ...
    def enabled_models(self) -> list[PeriodicTask]: ...
    def enabled_models_qs(self) -> PeriodicTaskQuerySet: ...
    def schedule_changed(self) -> bool: ...
    def reserve(self, entry: ScheduleEntry) -> ModelEntry: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
    def update_from_dict(self, mapping: dict[str, Any]) -> None: ...  # pyright: ignore[reportIncompatibleMethodOverride]
    @property
    def schedule(self) -> dict[str, ScheduleEntry]: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
