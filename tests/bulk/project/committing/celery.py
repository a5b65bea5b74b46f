from __future__ import annotations

from typing import Any

from celery import Celery, Task
from django.db import transaction

app = Celery("committing")


class CommitTask(Task):
    abstract = True

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        transaction.on_commit(lambda: super(CommitTask, self).apply_async(*args, **kwargs))


app.Task = CommitTask  # type: ignore[misc]
