# select: task-model-arg, task-json-arg, task-signature
"""What a property of a class gives, which mypy takes for a method."""

from __future__ import annotations

from celery import shared_task
from shop.models import Order


class Named:
    @classmethod
    @property
    def path(cls) -> str:  # type: ignore[misc]
        return cls.__qualname__

    @classmethod
    @property
    def latest(cls) -> Order:  # type: ignore[misc]
        return Order.objects.latest("pk")

    @classmethod
    def shown(cls) -> str:
        return cls.__name__


class Plugin(Named):
    pass


@shared_task
def refresh(path: str) -> None: ...


def refresh_all(kind: type[Named]) -> None:
    refresh.apply_async(args=[Plugin.path])
    refresh.apply_async([kind.path])
    refresh.apply_async(args=[Plugin.shown])  # E: task-json-arg
    refresh.apply_async([kind.shown])  # E: task-json-arg
    refresh.apply_async(args=[Plugin.latest])  # E: task-model-arg "Order"
