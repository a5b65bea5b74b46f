# select: task-time-limit
"""The app is given its limits when it is made."""

from celery import Celery

app = Celery("given", changes={"task_soft_time_limit": 300})


@app.task
def limited() -> None: ...
