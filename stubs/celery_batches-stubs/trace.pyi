from collections.abc import Callable
from logging import Logger
from typing import Any

from celery_batches import Batches, SimpleRequest

logger: Logger
send_prerun: Callable[..., Any]
send_postrun: Callable[..., Any]
send_success: Callable[..., Any]
SUCCESS: str
FAILURE: str

def apply_batches_task(
    task: Batches[..., Any], args: tuple[list[SimpleRequest]], loglevel: int, logfile: None
) -> Any: ...
