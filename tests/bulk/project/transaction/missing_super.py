# select: transaction-missing
"""Models whose methods write by ``super()``, for which mypy calls no hook."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.decorators import method_decorator
from shop.models import Order


class Numbered(models.Model):
    number = models.CharField(max_length=9)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.number = f"{self.pk:05}"
        super().save(update_fields=["number"])  # E: transaction-missing "line 17"


class SavesItself(models.Model):
    number = models.CharField(max_length=9)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if not self.number:
            self.number = f"{self.pk:05}"
            self.save(update_fields=["number"])  # E: transaction-missing


class Either(models.Model):
    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            super().save(*args, **kwargs)
        else:
            super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        try:
            return super().delete(*args, **kwargs)
        except ValueError:
            return super().delete(*args, **kwargs)


class InBlock(models.Model):
    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            super().save(*args, **kwargs)

    async def asave(self, *args: Any, **kwargs: Any) -> None:
        await super().asave(*args, **kwargs)
        await super().asave(*args, **kwargs)  # E: transaction-missing


class Decorated(models.Model):
    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        super().save(*args, **kwargs)


@method_decorator(transaction.atomic, name="save")
class DecoratedClass(models.Model):
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        super().save(*args, **kwargs)


class AfterAnother(models.Model):
    def save(self, *args: Any, **kwargs: Any) -> None:
        Order.objects.create()
        super().save(*args, **kwargs)  # E: transaction-missing
        super().save(*args, **kwargs)


class NoModel:
    def save(self) -> None: ...


class StillNoModel(NoModel):
    def save(self) -> None:
        super().save()
        super().save()
