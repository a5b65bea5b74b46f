"""A project whose app has a task class of its own: all tasks wait for the commit."""

from committing.celery import app

__all__ = ("app",)
