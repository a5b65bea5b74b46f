from django_redis.client.default import DefaultClient
from django_redis.client.herd import HerdClient
from django_redis.client.sentinel import SentinelClient
from django_redis.client.sharded import ShardClient

__all__ = ["DefaultClient", "HerdClient", "SentinelClient", "ShardClient"]
