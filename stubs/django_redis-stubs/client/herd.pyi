from typing import Any, NoReturn

from django_redis.client.default import DefaultClient
from redis import Redis

class Marker: ...

class HerdClient(DefaultClient):
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def set_many(
        self,
        data: dict[str, Any],
        timeout: float | None = ...,
        version: int | None = None,
        client: Redis | None = None,
        herd: bool = True,
    ) -> None: ...
    # NotImplementedError: a herded value is no number.
    def incr(self, *args: Any, **kwargs: Any) -> NoReturn: ...
    def decr(self, *args: Any, **kwargs: Any) -> NoReturn: ...
