from datetime import datetime, tzinfo
from typing import NamedTuple

from celery import Celery
from celery.schedules import Cronspec, crontab

class schedstate(NamedTuple):
    is_due: bool
    next: float

class TzAwareCrontab(crontab):
    tz: tzinfo  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleMethodOverride,reportAssignmentType]
    def __init__(
        self,
        minute: Cronspec = "*",
        hour: Cronspec = "*",
        day_of_week: Cronspec = "*",
        day_of_month: Cronspec = "*",
        month_of_year: Cronspec = "*",
        tz: tzinfo = ...,
        app: Celery | None = None,
    ) -> None: ...
    def nowfunc(self) -> datetime: ...
    # last_run_at has to be aware.
    def is_due(self, last_run_at: datetime) -> schedstate: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
    def __eq__(self, other: object) -> bool: ...
