import os

from celery import Celery, shared_task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")


def make_celery():
    app = Celery("shop")
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.autodiscover_tasks()
    return app


def background(function):
    return shared_task(ignore_result=True)(function)


app = make_celery()
