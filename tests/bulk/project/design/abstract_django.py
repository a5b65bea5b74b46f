# select: design-abstract-method
"""Methods that only raise, in the classes that Django code has."""

from __future__ import annotations

import abc
import enum
import typing as t
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, NoReturn, Protocol, TypedDict, TypeVar, overload, runtime_checkable

from celery import Task, shared_task
from django.core.management.base import BaseCommand
from django.db import models
from django.db.models.base import ModelBase
from django.views import View
from django.views.generic import ListView, TemplateView
from rest_framework import serializers, viewsets
from rest_framework.permissions import BasePermission
from unittest import TestCase
from shop.models import Order

T = TypeVar("T")


class Exporter:
    def export(self) -> bytes:  # E: design-abstract-method
        raise NotImplementedError

    def doc(self) -> bytes:  # E: design-abstract-method
        """Doc."""
        raise NotImplementedError("Subclasses must implement doc()")

    def fmt(self) -> bytes:  # E: design-abstract-method
        raise NotImplementedError(f"{type(self).__name__} must implement fmt")

    async def a(self) -> bytes:  # E: design-abstract-method
        raise NotImplementedError()

    def gen(self) -> Iterator[int]:
        raise NotImplementedError
        yield 1

    def with_log(self) -> None:
        print("x")
        raise NotImplementedError

    def with_var(self) -> None:
        msg = "must implement"
        raise NotImplementedError(msg)

    def ellipsis(self) -> None:
        ...

    def pass_(self) -> None:
        pass

    @property
    def name(self) -> str:  # E: design-abstract-method
        raise NotImplementedError

    @name.setter
    def name(self, value: str) -> None:
        raise NotImplementedError

    @staticmethod
    def st() -> None:  # E: design-abstract-method
        raise NotImplementedError

    @classmethod
    def cl(cls) -> None:  # E: design-abstract-method
        raise NotImplementedError

    @t.overload
    def ov(self, x: int) -> int: ...
    @t.overload
    def ov(self, x: str) -> str: ...
    def ov(self, x: Any) -> Any:  # E: design-abstract-method
        raise NotImplementedError


class Child(Exporter):
    def export(self) -> bytes:
        raise NotImplementedError("still")


class MixinWithMeta(metaclass=ABCMeta):
    def x(self) -> None:
        raise NotImplementedError


class InheritsAbc(AbstractContextManager[int]):
    def x(self) -> None:
        raise NotImplementedError


class Map(Mapping[str, int]):
    def extra(self) -> None:
        raise NotImplementedError


class OrderMixin:
    request: Any

    def get_orders(self) -> list[Order]:  # E: design-abstract-method
        raise NotImplementedError


class OrderView(OrderMixin, View):
    def get(self, request: Any) -> Any:  # E: design-abstract-method
        raise NotImplementedError


class L(ListView[Order]):
    def get_queryset(self) -> models.QuerySet[Order]:
        raise NotImplementedError


class S(serializers.Serializer[Order]):
    def create(self, validated_data: Any) -> Order:
        raise NotImplementedError

    def custom(self) -> None:
        raise NotImplementedError


class P(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        raise NotImplementedError


class V(viewsets.ModelViewSet[Order]):
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


class C(BaseCommand):
    def handle(self, *args: Any, **options: Any) -> str | None:
        raise NotImplementedError

    def work(self) -> None:  # E: design-abstract-method
        raise NotImplementedError


class M(models.Manager[Order]):
    def open(self) -> Any:  # E: design-abstract-method
        raise NotImplementedError


class Q(models.QuerySet[Order]):
    def delete(self) -> Any:
        raise NotImplementedError

    def hard_delete(self) -> Any:
        raise NotImplementedError


class Mod(models.Model):
    def x(self) -> None:
        raise NotImplementedError

    class Meta:
        abstract = True


class Tk(Task[Any, Any]):
    def run(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def extra(self) -> None:  # E: design-abstract-method
        raise NotImplementedError


class St(enum.Enum):
    A = 1

    def label(self) -> str:
        raise NotImplementedError


class Pr(Protocol):
    def x(self) -> None:
        raise NotImplementedError


class ImplPr(Pr):
    def x(self) -> None:
        raise NotImplementedError

    def y(self) -> None:
        raise NotImplementedError


class NT(NamedTuple):
    a: int

    def x(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


@dataclass
class DC:
    a: int

    def x(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


class Err(Exception):
    def x(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


class Gen(Generic[T]):
    def x(self) -> T:  # E: design-abstract-method
        raise NotImplementedError


class GenAbc(ABC, Generic[T]):
    def x(self) -> T:
        raise NotImplementedError


class Tests(TestCase):
    def make(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    def setUp(self) -> None:
        raise NotImplementedError


class Unknown(t.cast(Any, object)):  # type: ignore[misc]
    def x(self) -> int:
        raise NotImplementedError


class SelfDefined:
    def __eq__(self, other: object) -> bool:
        raise NotImplementedError

    def __lt__(self, other: object) -> bool:  # E: design-abstract-method
        raise NotImplementedError

    def __init__(self) -> None:
        raise NotImplementedError

    def __init_subclass__(cls) -> None:
        raise NotImplementedError

    def __call__(self) -> int:  # E: design-abstract-method
        raise NotImplementedError

    def __enter__(self) -> int:  # E: design-abstract-method
        raise NotImplementedError


def factory() -> type[object]:
    class Local:
        def x(self) -> None:
            raise NotImplementedError

    return Local


class AliasRaise:
    def x(self) -> None:  # E: design-abstract-method
        raise NotImplementedError from None  # fine

    x2 = x
