# select: task-time-limit
"""The app is configured from a class, which is named."""

from celery import Celery

app = Celery("named")
app.config_from_object("task_failure.limits:Production")


@app.task
def limited() -> None: ...
