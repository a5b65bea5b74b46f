from typing import Any, Literal, overload, type_check_only

from django_redis.client.mixins.protocols import ClientProtocol
from redis import Redis

# The sorted sets of a client, and of the cache, which hands every call to its client.
@type_check_only
class _SortedSets:
    # incr=True answers the new score, or None.
    def zadd(
        self,
        key: str,
        mapping: dict[Any, float],
        nx: bool = False,
        xx: bool = False,
        ch: bool = False,
        incr: bool = False,
        gt: bool = False,
        lt: bool = False,
        version: int | None = None,
        client: Redis | None = None,
    ) -> int | float | None: ...
    def zcard(self, key: str, version: int | None = None, client: Redis | None = None) -> int: ...
    def zcount(
        self, key: str, min: float | str, max: float | str, version: int | None = None, client: Redis | None = None
    ) -> int: ...
    def zincrby(
        self, key: str, amount: float, value: Any, version: int | None = None, client: Redis | None = None
    ) -> float | None: ...
    @overload
    def zpopmax(
        self, key: str, count: None = None, version: int | None = None, client: Redis | None = None
    ) -> tuple[Any, float] | None: ...
    @overload
    def zpopmax(
        self, key: str, count: int, version: int | None = None, client: Redis | None = None
    ) -> list[tuple[Any, float]]: ...
    @overload
    def zpopmin(
        self, key: str, count: None = None, version: int | None = None, client: Redis | None = None
    ) -> tuple[Any, float] | None: ...
    @overload
    def zpopmin(
        self, key: str, count: int, version: int | None = None, client: Redis | None = None
    ) -> list[tuple[Any, float]]: ...
    @overload
    def zrange(
        self,
        key: str,
        start: int,
        end: int,
        desc: bool = False,
        withscores: Literal[False] = False,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any]: ...
    @overload
    def zrange(
        self,
        key: str,
        start: int,
        end: int,
        desc: bool = False,
        *,
        withscores: Literal[True],
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[tuple[Any, float]]: ...
    @overload
    def zrange(
        self,
        key: str,
        start: int,
        end: int,
        desc: bool = False,
        *,
        withscores: bool,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any] | list[tuple[Any, float]]: ...
    @overload
    def zrangebyscore(
        self,
        key: str,
        min: float | str,
        max: float | str,
        start: int | None = None,
        num: int | None = None,
        withscores: Literal[False] = False,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any]: ...
    @overload
    def zrangebyscore(
        self,
        key: str,
        min: float | str,
        max: float | str,
        start: int | None = None,
        num: int | None = None,
        *,
        withscores: Literal[True],
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[tuple[Any, float]]: ...
    @overload
    def zrangebyscore(
        self,
        key: str,
        min: float | str,
        max: float | str,
        start: int | None = None,
        num: int | None = None,
        *,
        withscores: bool,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any] | list[tuple[Any, float]]: ...
    @overload
    def zrank(
        self,
        key: str,
        value: Any,
        withscore: Literal[False] = False,
        version: int | None = None,
        client: Redis | None = None,
    ) -> int | None: ...
    @overload
    def zrank(
        self, key: str, value: Any, withscore: bool, version: int | None = None, client: Redis | None = None
    ) -> int | list[Any] | None: ...
    def zrem(self, key: str, *values: Any, version: int | None = None, client: Redis | None = None) -> int: ...
    def zremrangebyscore(
        self, key: str, min: float | str, max: float | str, version: int | None = None, client: Redis | None = None
    ) -> int: ...
    @overload
    def zrevrange(
        self,
        key: str,
        start: int,
        end: int,
        withscores: Literal[False] = False,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any]: ...
    @overload
    def zrevrange(
        self,
        key: str,
        start: int,
        end: int,
        *,
        withscores: Literal[True],
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[tuple[Any, float]]: ...
    @overload
    def zrevrange(
        self,
        key: str,
        start: int,
        end: int,
        *,
        withscores: bool,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any] | list[tuple[Any, float]]: ...
    @overload
    def zrevrangebyscore(
        self,
        key: str,
        max: float | str,
        min: float | str,
        start: int | None = None,
        num: int | None = None,
        withscores: Literal[False] = False,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any]: ...
    @overload
    def zrevrangebyscore(
        self,
        key: str,
        max: float | str,
        min: float | str,
        start: int | None = None,
        num: int | None = None,
        *,
        withscores: Literal[True],
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[tuple[Any, float]]: ...
    @overload
    def zrevrangebyscore(
        self,
        key: str,
        max: float | str,
        min: float | str,
        start: int | None = None,
        num: int | None = None,
        *,
        withscores: bool,
        score_cast_func: type = ...,
        version: int | None = None,
        client: Redis | None = None,
    ) -> list[Any] | list[tuple[Any, float]]: ...
    def zscore(self, key: str, value: Any, version: int | None = None, client: Redis | None = None) -> float | None: ...

class SortedSetMixin(_SortedSets, ClientProtocol): ...
