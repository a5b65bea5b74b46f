"""The Celery application of the marked programs."""

from celery import Celery

app = Celery("shop")
