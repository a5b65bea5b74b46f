# select: task-model-param, task-model-arg
"""Tasks where their app is made in the same module, or in a class."""

from celery import Celery

from teams.models import Order


def build():
    app = Celery()
    app.autodiscover_tasks()
    return app


celery = build()


@celery.task
def x(order: Order):  # E: task-model-param
    ...


class App:
    def __init__(self):
        self.celery = Celery("x")

    def register(self):
        @self.celery.task
        def inner(order: Order):  # E: task-model-param
            ...

        return inner


def init(order: Order):
    app = build()

    @app.task(bind=True)
    def local(self, order: Order):  # E: task-model-param
        ...

    local.delay(order)  # E: task-model-arg
    x.delay(order)  # E: task-model-arg
