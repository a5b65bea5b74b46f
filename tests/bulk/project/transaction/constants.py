# select: transaction-dispatch
"""Decorators that a constant of the module stands for."""

from __future__ import annotations

from django.db import transaction
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View

from transaction.tasks import ship

ATOMIC = transaction.atomic
OTHER = transaction.atomic(using="other")
DISPATCH = "dispatch"
atomic_view = method_decorator(transaction.atomic, name="dispatch")
atomic_method = method_decorator(atomic)
plain_view = method_decorator(transaction.non_atomic_requests, name="dispatch")
either = transaction.atomic
either = transaction.non_atomic_requests  # type: ignore[assignment]


@ATOMIC
def aliased(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@OTHER
def on_another_database(pk: int) -> None:
    ship.delay(pk)  # E: transaction-dispatch


@either
def rebound(pk: int) -> None:
    ship.delay(pk)


def entered(pk: int) -> None:
    with ATOMIC():
        ship.delay(pk)  # E: transaction-dispatch


class Methods(View):
    @atomic_method
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    def get(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)
        return HttpResponse()


@method_decorator(ATOMIC, name=DISPATCH)
class Named(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    def helper(self) -> None:
        ship.delay(1)


@atomic_view
class Whole(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()


class Inherits(Whole):
    def get(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()


@plain_view
class NotAtomic(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)
        return HttpResponse()
