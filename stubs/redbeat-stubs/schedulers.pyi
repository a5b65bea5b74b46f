from collections.abc import Callable
from datetime import datetime, timedelta
from logging import Logger
from typing import Any, Final

from celery import Celery
from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import BaseSchedule
from redbeat.decoder import _StoredArgs, _StoredKwargs
from redis import Redis
from redis.lock import Lock
from typing_extensions import Self

logger: Logger

LUA_EXTEND_TO_SCRIPT: Final[str]
REDBEAT_REDIS_KEY: Final = "redbeat_redis"
REDBEAT_SENTINEL_KEY: Final = "redbeat_sentinel"
REDBEAT_INTERNAL_OPTIONS: Final[tuple[str, ...]]
ADD_ENTRY_ERROR: Final[str]

class RetryingConnection:
    RETRY_MAX_WAIT: int
    wrapped_connection: Redis
    retry_kwargs: dict[str, Any]
    def __init__(self, retry_period: float, wrapped_connection: Redis) -> None: ...
    # The attribute of the wrapped connection; a method of it tries again where the connection fails.
    def __getattr__(self, item: str) -> Any: ...

def ensure_conf(app: Celery[Any] | None) -> RedBeatConfig: ...

# A Redis, a RedisCluster, or a RetryingConnection around one of them, by the app's settings.
def get_redis(app: Celery[Any] | None = None) -> Redis | Any: ...

class RedBeatConfig:
    app: Celery[Any]
    key_prefix: str
    schedule_key: str
    statics_key: str
    redis_url: str
    redis_use_ssl: Any
    redbeat_redis_options: dict[str, Any]
    lock_key: str | None
    lock_timeout: int | None
    # Only ensure_conf() calls this, with an app; None fails.
    def __init__(self, app: Celery[Any] | None = None) -> None: ...
    @property
    def schedule(self) -> dict[str, Any]: ...
    @schedule.setter
    def schedule(self, value: dict[str, Any]) -> None: ...
    def either_or(self, name: str, default: Any = None) -> Any: ...
    def is_key_in_conf(self, name: str) -> bool | None: ...

class RedBeatSchedulerEntry(ScheduleEntry):
    enabled: bool
    def __init__(
        self,
        name: str | None = None,
        task: str | None = None,
        schedule: BaseSchedule | timedelta | float | None = None,
        args: _StoredArgs | None = None,
        kwargs: _StoredKwargs | None = None,
        enabled: bool = True,
        options: _StoredKwargs | None = None,
        *,
        last_run_at: datetime | None = ...,
        total_run_count: int | None = ...,
        relative: bool = ...,
        app: Celery[Any] | None = ...,
    ) -> None: ...
    @staticmethod
    def load_definition(
        key: str, app: Celery[Any] | None = None, definition: str | bytes | None = None
    ) -> dict[str, Any]: ...
    @staticmethod
    def decode_definition(definition: str | bytes) -> dict[str, Any]: ...
    @staticmethod
    def load_meta(key: str, app: Celery[Any] | None = None) -> dict[str, Any]: ...
    @staticmethod
    def decode_meta(meta: str | bytes | None, app: Celery[Any] | None = None) -> dict[str, Any]: ...
    @staticmethod
    def generate_key(app: Any, name: str) -> str: ...
    @classmethod
    def from_key(cls, key: str, app: Celery[Any] | None = None) -> Self: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def key(self) -> str: ...
    @property
    def score(self) -> int: ...
    @property
    def rank(self) -> int | None: ...
    def save(self) -> Self: ...
    def delete(self) -> None: ...
    def _next_instance(self, last_run_at: datetime | None = None, only_update_last_run_at: bool = False) -> Self: ...
    __next__ = _next_instance
    next = _next_instance
    def reschedule(self, last_run_at: datetime | None = None) -> None: ...
    def is_due(self) -> tuple[bool, float]: ...

class RedBeatScheduler(Scheduler):
    Entry: type[RedBeatSchedulerEntry]  # pyright: ignore[reportIncompatibleVariableOverride]
    lock: Lock | None
    lock_key: str | None
    lock_timeout: int
    def __init__(
        self, app: Celery[Any], lock_key: str | None = None, lock_timeout: int | None = None, **kwargs: Any
    ) -> None: ...
    # The entries that are due, and the one that comes next.
    @property
    def schedule(self) -> dict[str, ScheduleEntry]: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
    def reserve(self, entry: ScheduleEntry) -> RedBeatSchedulerEntry: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
    def maybe_due(self, entry: RedBeatSchedulerEntry, **kwargs: Any) -> float: ...
    def tick(self, min: Callable[..., Any] = ..., **kwargs: Any) -> float: ...  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
    @property
    def info(self) -> str: ...

def acquire_distributed_beat_lock(sender: Any = None, **kwargs: Any) -> None: ...
