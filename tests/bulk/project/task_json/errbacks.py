# select: task-json-param
"""Tasks for ``link_error``."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from celery import shared_task
from celery.app.task import Context

# what the worker itself calls for ``link_error``, with the request, the exception and the traceback


@shared_task
def failed(request: Context, exc: Exception, traceback: str) -> None: ...


@shared_task
def failed_with_more(request: Any, exc: ValueError, traceback: TracebackType, tag: str, tags: set[str]) -> None:  # E: task-json-param
    ...


@shared_task(bind=True)
def bound_failed(self: Any, request: Context, exc: Exception, traceback: str) -> None:  # E: task-json-param, task-json-param
    ...


@shared_task
def of_exception(exc: Exception) -> None:  # E: task-json-param
    ...
