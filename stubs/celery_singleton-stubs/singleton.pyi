from collections.abc import Mapping, Sequence
from typing import Any

from celery import Celery
from celery.app.task import Task as BaseTask
from celery.result import AsyncResult
from celery_singleton.backends import BaseBackend
from celery_singleton.config import Config
from celery_singleton.util import _JSON
from typing_extensions import ParamSpec, TypeVar

_P = ParamSpec("_P", default=...)
_R_co = TypeVar("_R_co", covariant=True, default=Any)

def clear_locks(app: Celery[Any]) -> None: ...

class Singleton(BaseTask[_P, _R_co]):
    unique_on: str | Sequence[str] | None
    raise_on_duplicate: bool | None
    lock_expiry: int | None
    @property
    def singleton_config(self) -> Config: ...
    @property
    def singleton_backend(self) -> BaseBackend: ...
    def aquire_lock(self, lock: str, task_id: str) -> bool: ...
    def get_existing_task_id(self, lock: str) -> str | None: ...
    def generate_lock(
        self,
        task_name: str,
        task_args: Sequence[_JSON] | None = None,
        task_kwargs: Mapping[str, _JSON] | None = None,
    ) -> str: ...
    # None when another task holds the lock.
    def lock_and_run(
        self, lock: str, *args: Any, task_id: str | None = None, **kwargs: Any
    ) -> AsyncResult[_R_co] | None: ...
    def release_lock(
        self, task_args: Sequence[_JSON] | None = None, task_kwargs: Mapping[str, _JSON] | None = None
    ) -> None: ...
    def unlock(self, lock: str) -> None: ...
    # The result of the task that is queued already; DuplicateTaskError where raise_on_duplicate is set.
    def on_duplicate(self, existing_task_id: str) -> AsyncResult[_R_co]: ...
