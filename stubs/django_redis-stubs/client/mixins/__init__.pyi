from django_redis.client.mixins.protocols import ClientProtocol
from django_redis.client.mixins.sorted_sets import SortedSetMixin

__all__ = ["ClientProtocol", "SortedSetMixin"]
