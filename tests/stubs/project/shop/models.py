"""Models whose history is kept, for the stubs of simple_history, and an order to send where none belongs."""

from __future__ import annotations

from django.db import models
from django_celery_beat.models import PeriodicTask
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalChanges, HistoricalRecords  # noqa: F401  # the first one in quotes


class Customer(models.Model):
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    status = models.CharField(max_length=20)
    total = models.IntegerField(default=0)
    history = HistoricalRecords()


class ItemHistoryManager(HistoryManager["HistoricalChanges[Item]"]):
    def of_today(self) -> int:
        return 0


class PriceQuerySet(HistoricalQuerySet["HistoricalChanges[Price]"]):
    def lowest(self) -> int:
        return 0


class Item(models.Model):
    history = HistoricalRecords(history_manager=ItemHistoryManager)


class Price(models.Model):
    history = HistoricalRecords(historical_queryset=PriceQuerySet)


class Report(PeriodicTask):
    """A periodic task with a field of its own."""

    recipients: models.TextField[str, str] = models.TextField()
