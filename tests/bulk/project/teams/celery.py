"""The Celery application of these programs."""

from celery import Celery

app = Celery("teams")
