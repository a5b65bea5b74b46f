from typing import Any

from django_redis.serializers.base import BaseSerializer

class PickleSerializer(BaseSerializer):
    def setup_pickle_version(self, options: dict[str, Any]) -> None: ...
