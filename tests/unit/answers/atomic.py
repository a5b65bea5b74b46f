from contextlib import ExitStack, nullcontext

from answers import ask
from django.db import transaction
from django.db.transaction import Atomic
from django.utils.decorators import method_decorator
from django.views import View


def ours() -> Atomic:
    return transaction.atomic()


def blocks() -> None:
    ask.transaction()  # = none
    with transaction.atomic():
        ask.transaction()  # = default
        with transaction.atomic(using="replica"):
            ask.transaction()  # = "replica"
    with ours(), nullcontext():
        ask.transaction()  # = default
    with nullcontext(ask.transaction()), ours():  # = none
        pass
    with ExitStack() as stack:
        ask.transaction()  # = none
        stack.enter_context(transaction.atomic("replica"))
        ask.transaction()  # = "replica"


def defined() -> None:
    with transaction.atomic():
        print(lambda: ask.transaction())  # = none

        def inner() -> None:
            ask.transaction()  # = none

        @transaction.atomic
        def own() -> None:
            ask.transaction()  # = default


@transaction.atomic(using="replica")
def decorated() -> None:
    ask.transaction()  # = "replica"


@method_decorator(transaction.atomic, name="dispatch")
class Every(View):
    def get(self) -> None:
        ask.transaction()  # = default

    def other(self) -> None:
        ask.transaction()  # = none


@method_decorator(transaction.atomic, "post")
class One(View):
    def get(self) -> None:
        ask.transaction()  # = none

    def post(self) -> None:
        ask.transaction()  # = default


class Inherited(Every):
    def put(self) -> None:
        ask.transaction()  # = default
