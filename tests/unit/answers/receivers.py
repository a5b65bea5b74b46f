from typing import Any

from answers import ask
from django.core.signals import request_started
from django.db import models
from django.db.models import signals
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver


@receiver(post_save)
def saved(**kwargs: Any) -> None:
    ask.caller()  # = post_save


@receiver([request_started, signals.m2m_changed])
def several(**kwargs: Any) -> None:
    ask.caller()  # = m2m_changed


@receiver(request_started)
def other(**kwargs: Any) -> None:
    ask.caller()  # = none


def connected(**kwargs: Any) -> None:
    ask.caller()  # = post_delete


def unconnected(**kwargs: Any) -> None:
    ask.caller()  # = none


post_delete.connect(connected)
request_started.connect(unconnected)


class Setup:
    def ready(self) -> None:
        pre_save.connect(self.on_save)
        pre_save.connect(Other.on_save)

    def on_save(self, **kwargs: Any) -> None:
        ask.caller()  # = pre_save


class Other:
    @classmethod
    def on_save(cls, **kwargs: Any) -> None:
        ask.caller()  # = pre_save

    def ready(self) -> None:
        ask.caller()  # = none


class Row(models.Model):
    def save(self, *args: Any, **kwargs: Any) -> None:
        ask.caller()  # = overrides

    def pay(self) -> None:
        ask.caller()  # = none


class Form:
    def save(self) -> None:
        ask.caller()  # = none
