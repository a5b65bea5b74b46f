# select: task-time-limit
"""A function makes the app and sets its limits."""

from celery import Celery


def make_app() -> Celery:
    made = Celery("made")
    made.conf.update(task_time_limit=300)
    return made


app = make_app()


@app.task
def limited() -> None: ...


@app.task(soft_time_limit=300)  # E: task-time-limit "killed at time_limit=300"
def above_the_app() -> None: ...


@app.task(time_limit=900, soft_time_limit=300)
def longer() -> None: ...
