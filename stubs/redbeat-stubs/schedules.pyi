from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import ClassVar, TypeAlias

from celery import Celery
from celery.schedules import BaseSchedule, schedstate
from celery.schedules import BaseSchedule as schedule
from dateutil.rrule import rrule as dateutil_rrule
from dateutil.rrule import weekday

_Numbers: TypeAlias = int | Iterable[int]
_Weekdays: TypeAlias = int | weekday | Iterable[int | weekday]

class rrule(BaseSchedule):
    RRULE_REPR: ClassVar[str]
    FREQ_MAP: ClassVar[dict[str, int]]
    freq: int
    dtstart: datetime
    interval: int
    wkst: int | weekday | None
    count: int | None
    until: datetime | None
    bysetpos: _Numbers | None
    bymonth: _Numbers | None
    bymonthday: _Numbers | None
    byyearday: _Numbers | None
    byeaster: _Numbers | None
    byweekno: _Numbers | None
    byweekday: _Weekdays | None
    byhour: _Numbers | None
    byminute: _Numbers | None
    bysecond: _Numbers | None
    rrule: dateutil_rrule
    # freq: one of FREQ_MAP's keys, in any case, or dateutil's constant for it.
    def __init__(
        self,
        freq: int | str,
        dtstart: datetime | None = None,
        interval: int = 1,
        wkst: int | weekday | None = None,
        count: int | None = None,
        until: datetime | None = None,
        bysetpos: _Numbers | None = None,
        bymonth: _Numbers | None = None,
        bymonthday: _Numbers | None = None,
        byyearday: _Numbers | None = None,
        byeaster: _Numbers | None = None,
        byweekno: _Numbers | None = None,
        byweekday: _Weekdays | None = None,
        byhour: _Numbers | None = None,
        byminute: _Numbers | None = None,
        bysecond: _Numbers | None = None,
        *,
        nowfun: Callable[[], datetime] | None = ...,
        app: Celery | None = ...,
    ) -> None: ...
    # None, and a state without a next time, once the rule has run out.
    def remaining_estimate(self, last_run_at: datetime) -> timedelta | None: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
    def is_due(self, last_run_at: datetime) -> schedstate: ...
