import os
from typing import Any, ParamSpec, TypeVar

from billiard.einfo import ExceptionInfo
from celery import Celery
from celery.contrib.django.task import DjangoTask
from django.core.mail import mail_admins

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class ReportedTask(DjangoTask[P, R_co]):
    """A task whose final failure is told to the admins."""

    def on_failure(
        self, exc: Exception, task_id: str, args: tuple[Any, ...], kwargs: dict[str, Any], einfo: ExceptionInfo
    ) -> None:
        mail_admins(f"{self.name} failed", f"{exc!r} with {args} {kwargs}")
