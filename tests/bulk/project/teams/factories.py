# select: task-model-param
from celery import Celery, shared_task


def create_app(name="x"):
    celery = Celery(name)
    celery.config_from_object("django.conf:settings")
    return celery


def make_celery(flask_app):
    celery = Celery(flask_app.import_name)

    class ContextTask(celery.Task):
        def __call__(self, *args, **kwargs):
            with flask_app.app_context():
                return self.run(*args, **kwargs)

    celery.Task = ContextTask
    return celery


app = create_app()
app2 = make_celery(object())


class MyCelery(Celery):
    pass


app3 = MyCelery("z")


class BaseTask(app.Task):
    autoretry_for = (OSError,)

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        pass


class Registry:
    celery = create_app("r")


def my_task(*args, **kwargs):
    kwargs.setdefault("queue", "x")
    return shared_task(*args, **kwargs)


def retry_task(func):
    return shared_task(bind=True, max_retries=3)(func)


def queued(queue):
    def decorator(func):
        return app.task(queue=queue, bind=False)(func)

    return decorator
