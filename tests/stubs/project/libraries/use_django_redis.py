from typing import Any, assert_type, cast

from django.core.cache import caches
from django_redis import get_redis_connection
from django_redis.cache import RedisCache
from django_redis.client import ShardClient
from django_redis.exceptions import ConnectionInterrupted
from django_redis.serializers.json import JSONSerializer
from redis import Redis
from redis.lock import Lock

assert_type(get_redis_connection("default"), Redis)
cache = cast(RedisCache, caches["default"])
assert_type(cache.set("order", 1, timeout=30, nx=True), bool)
assert_type(cache.add("order", 1), bool)
assert_type(cache.get("order", default=0), Any)
assert_type(cache.delete("order"), bool)
assert_type(cache.delete_many(["order"]), int)
assert_type(cache.delete_pattern("order:*", itersize=1000), int)
assert_type(cache.incr("order", ignore_key_check=True), int)
assert_type(cache.ttl("order"), int | None)
assert_type(cache.expire("order", 30), bool)
assert_type(cache.lock("order", timeout=30), Lock)
assert_type(cache.keys("order:*"), list[Any])
assert_type(cache.zrange("orders", 0, -1), list[Any])
assert_type(cache.zrange("orders", 0, -1, withscores=True), list[tuple[Any, float]])
assert_type(cache.zpopmax("orders"), tuple[Any, float] | None)
assert_type(cache.zpopmax("orders", 3), list[tuple[Any, float]])
assert_type(cache.smembers("orders"), set[Any])
assert_type(cache.hset("order", "speed", 2), int)
assert_type(cache.client.get_client(write=True), Redis)
assert_type(cache.client.delete("order"), int)
with cache.lock("order"):
    for key in cache.iter_keys("order:*"):
        assert_type(key, str)
cache.get_or_set("order", 1)


def sharded(shards: RedisCache[ShardClient], error: ConnectionInterrupted) -> None:
    assert_type(shards.client, ShardClient)
    assert_type(error.connection, Redis | None)
    assert_type(JSONSerializer({}).dumps([1]), bytes)


def refused() -> None:
    get_redis_connection(1)  # E
    cache.set("order", 1, timeout="30")  # E
    cache.lock("order", timout=30)  # E
    cache.delete_patern("order:*")  # E
    cache.zadd("orders", ["one"])  # E
    cache.ttl()  # E
    cache.client.encode(1, allow_int=0.5)  # E
    cache.client.ring  # E
