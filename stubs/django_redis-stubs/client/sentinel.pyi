from collections.abc import Mapping
from typing import Any
from urllib.parse import ParseResult

from django_redis.client.default import DefaultClient

def replace_query(url: ParseResult, query: Mapping[str, Any]) -> str: ...

class SentinelClient(DefaultClient): ...
