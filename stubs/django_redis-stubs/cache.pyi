from collections.abc import Callable
from logging import Logger
from typing import Any, Final, Generic

from django.core.cache.backends.base import BaseCache
from django_redis.client import DefaultClient
from django_redis.client.default import _Commands
from redis import Redis
from typing_extensions import TypeVar

ClientType = TypeVar("ClientType", bound=DefaultClient[Any, Any, Any, Any, Any], default=DefaultClient)

CONNECTION_INTERRUPTED: Final[object]

def omit_exception(method: Callable[..., Any] | None = None, return_value: Any | None = None) -> Callable[..., Any]: ...

# Where IGNORE_EXCEPTIONS is set, a method answers None for a server that cannot be reached, and get_many an empty dict.
# The types leave that out: else every use of every value would have to be guarded.
class RedisCache(_Commands, BaseCache, Generic[ClientType]):  # type: ignore[misc]
    logger: Logger | None
    def __init__(self, server: str, params: dict[str, Any]) -> None: ...
    @property
    def client(self) -> ClientType: ...
    def close(self, **kwargs: Any) -> None: ...
    def delete(
        self, key: str, version: int | None = None, prefix: str | None = None, client: Redis | None = None
    ) -> bool: ...
