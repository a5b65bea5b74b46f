from celery_once.tasks import AlreadyQueued as AlreadyQueued
from celery_once.tasks import QueueOnce as QueueOnce

__author__: str
__email__: str
__version__: str
