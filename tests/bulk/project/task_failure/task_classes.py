"""Classes of tasks that other modules name: what their options are is known there too."""

from typing import Any

from celery import Task


class Short(Task[Any, Any]):
    time_limit = 30
    retry_jitter = False


class Eager(Task[Any, Any]):
    acks_late = False
    retry_backoff = 900
