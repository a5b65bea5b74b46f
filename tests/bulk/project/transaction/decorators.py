# select: transaction-dispatch
"""Functions, methods and classes that a decorator makes atomic."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.transaction import Atomic, atomic
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import FormView
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from shop.models import Order
from transaction.tasks import ship

C = TypeVar("C", bound=Callable[..., Any])
in_replica = transaction.atomic(using="replica")
both = [login_required, transaction.atomic]


def ours() -> Atomic:
    return transaction.atomic()


def harmless(function: C) -> C:
    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper  # type: ignore[return-value]


@transaction.atomic
def bare(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch


@transaction.atomic()
def called(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch


@harmless
@atomic(using="replica", durable=True)
def stacked(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch "replica"


@in_replica
def through_a_variable(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch


@ours()
def through_a_function(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch


@harmless
def not_atomic(order: Order) -> None:
    ship.delay(order.pk)


@transaction.non_atomic_requests
def view_outside(request: HttpRequest) -> HttpResponse:
    ship.delay(1)
    return HttpResponse()


@transaction.atomic
async def asynchronous(order: Order) -> None:
    ship.delay(order.pk)  # E: transaction-dispatch


@transaction.atomic
def makes_functions(order: Order) -> Callable[[], None]:
    def inner() -> None:
        ship.delay(order.pk)

    return inner


def holds_an_atomic_one(order: Order) -> None:
    @transaction.atomic
    def inner() -> None:
        ship.delay(order.pk)  # E: transaction-dispatch

    ship.delay(order.pk)
    print(inner)


class Checkout:
    @transaction.atomic
    def confirm(self, order: Order) -> None:
        ship.delay(order.pk)  # E: transaction-dispatch

    @classmethod
    @transaction.atomic
    def confirm_all(cls) -> None:
        ship.delay(1)  # E: transaction-dispatch

    @staticmethod
    @transaction.atomic()
    def confirm_one() -> None:
        ship.delay(1)  # E: transaction-dispatch

    @property
    @transaction.atomic
    def confirmed(self) -> int:
        ship.delay(1)  # E: transaction-dispatch
        return 1

    def cancel(self, order: Order) -> None:
        ship.delay(order.pk)


class Views(View):
    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    @method_decorator([login_required, transaction.atomic])
    def put(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    @method_decorator(transaction.atomic(using="replica"))
    def patch(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch "replica"
        return HttpResponse()

    @method_decorator(login_required)
    def get(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)
        return HttpResponse()


@method_decorator(transaction.atomic, name="post")
class OneMethod(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    def get(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)
        return HttpResponse()


@method_decorator(login_required, name="get")
@method_decorator(transaction.atomic(), "dispatch")
class Everything(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    def get(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    def helper(self) -> None:
        ship.delay(1)


class Inherited(Everything):
    def delete(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()


class ByHand(View):
    @method_decorator(transaction.atomic)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()


@method_decorator(login_required, name="dispatch")
class Unharmed(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)
        return HttpResponse()


@method_decorator(transaction.atomic, name="dispatch")
class Orders(ViewSet):
    def create(self, request: Request) -> Response:
        ship.delay(1)  # E: transaction-dispatch
        return Response()

    @action(detail=True)
    def cancel(self, request: Request, pk: int) -> Response:
        ship.delay(1)  # E: transaction-dispatch
        return Response()


@method_decorator(both, name="dispatch")
class ListedByName(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()


@transaction.atomic
def behind_the_decorators_block(orders: list[Order]) -> Iterator[int]:
    for order in orders:
        ship.delay(order.pk)  # runs when somebody iterates
        yield order.pk


@method_decorator(name="post", decorator=transaction.atomic)
class NamedArguments(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)
        return HttpResponse()

    @method_decorator(decorator=[transaction.atomic])
    def put(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()

    def post(self, request: HttpRequest) -> HttpResponse:
        ship.delay(1)  # E: transaction-dispatch
        return HttpResponse()
