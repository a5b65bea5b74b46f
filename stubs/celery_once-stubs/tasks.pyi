from collections.abc import Mapping, Sequence
from datetime import datetime
from inspect import signature as signature
from typing import Any, TypedDict, type_check_only

import kombu
from celery.app.task import Task
from celery.app.utils import Settings
from celery.canvas import Signature
from celery.result import AsyncResult
from celery_once.backends import File, Redis
from typing_extensions import ParamSpec, TypeVar

_P = ParamSpec("_P", default=...)
_R_co = TypeVar("_R_co", covariant=True, default=Any)

@type_check_only
class _CallOptions(TypedDict, total=False):
    graceful: bool
    timeout: int

@type_check_only
class _TaskOptions(_CallOptions, total=False):
    keys: Sequence[str]
    unlock_before_run: bool

class AlreadyQueued(Exception):
    message: str
    countdown: float
    def __init__(self, countdown: float) -> None: ...

class QueueOnce(Task[_P, _R_co]):
    once: _TaskOptions
    @property
    def config(self) -> Settings: ...
    @property
    def once_config(self) -> dict[str, Any]: ...
    # File, Redis, or the class that the setting ONCE["backend"] names.
    @property
    def once_backend(self) -> File | Redis | Any: ...
    @property
    def default_timeout(self) -> int: ...
    def unlock_before_run(self) -> bool: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    # A graceful task that is queued already answers with an EagerResult in the state REJECTED. Unlike Task.apply_async,
    # which takes task_id, producer and the links by position too, it takes them by name only.
    def apply_async(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        args: tuple[Any, ...] | list[Any] | None = None,
        kwargs: dict[str, Any] | None = None,
        *,
        once: _CallOptions = ...,
        task_id: str | None = ...,
        producer: kombu.Producer | None = ...,
        link: Signature[Any] | list[Signature[Any]] | None = ...,
        link_error: Signature[Any] | list[Signature[Any]] | None = ...,
        shadow: str | None = ...,
        countdown: float = ...,
        eta: datetime = ...,
        expires: float | datetime = ...,
        retry: bool = ...,
        retry_policy: Mapping[str, Any] = ...,
        queue: str | kombu.Queue = ...,
        exchange: str | kombu.Exchange = ...,
        routing_key: str = ...,
        priority: int = ...,
        serializer: str = ...,
        compression: str = ...,
        add_to_parent: bool = ...,
        publisher: kombu.Producer = ...,
        headers: dict[str, str] = ...,
        ignore_result: bool = ...,
        time_limit: int = ...,
        soft_time_limit: int = ...,
    ) -> AsyncResult[_R_co]: ...
    def get_key(self, args: tuple[Any, ...] | list[Any] | None = None, kwargs: dict[str, Any] | None = None) -> str: ...
