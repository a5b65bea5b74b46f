from celery_once.backends.file import File as File
from celery_once.backends.redis import Redis as Redis
