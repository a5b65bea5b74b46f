from celery_singleton.exceptions import DuplicateTaskError as DuplicateTaskError
from celery_singleton.singleton import Singleton as Singleton
from celery_singleton.singleton import clear_locks as clear_locks

__version__: str
