from typing import Final

from redis import Redis

VERSION: Final[tuple[int, int, int]]
__version__: str

def get_redis_connection(alias: str = "default", write: bool = True) -> Redis: ...
