# select: task-time-limit
"""Configurations for apps; this app has another."""

from celery import Celery


class Production:
    task_time_limit = 300


class Unlimited:
    task_time_limit = None


app = Celery("unlimited")
app.config_from_object(Unlimited)


@app.task  # E: task-time-limit
def unlimited() -> None: ...
