from celery_singleton.backends.base import BaseBackend as BaseBackend
from celery_singleton.backends.redis import RedisBackend as RedisBackend
from celery_singleton.config import Config

__all__ = ["BaseBackend", "RedisBackend", "get_backend"]

def get_backend(config: Config) -> BaseBackend: ...
