"""Places that are inside a transaction, and places that are not: each sends ``probe``, and is run.

A line is reported if, and only if, it is inside a transaction when it is run.
"""

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from typing import Any

from bank.models import Account
from bank.tasks import app
from celery import chain, group, shared_task
from django.db import connection, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.db.transaction import Atomic, atomic
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View

Place = Callable[[Account], object]
PLACES: list[Place] = []


@shared_task
def probe(number: int = 0) -> int:
    return number


def place(function: Place) -> Place:
    PLACES.append(function)
    return function


def ours() -> Atomic:
    return transaction.atomic()


class Durable(Atomic):
    def __init__(self) -> None:
        super().__init__(None, True, False)


@place
def blocks(account: Account) -> None:
    probe.delay()
    with transaction.atomic():
        probe.delay()
        with transaction.atomic():
            probe.delay()
        probe.delay()
    probe.delay()
    with atomic(durable=True):
        probe.apply_async()
    with ours():
        probe.delay()
    with Durable():
        probe.delay()
    block = transaction.atomic()
    with block:
        probe.delay()
    with nullcontext():
        probe.delay()


@place
def several_items(account: Account) -> None:
    with nullcontext(probe.delay()), transaction.atomic():
        probe.delay()
    with transaction.atomic(), nullcontext(probe.delay()):
        probe.delay()


@place
def inside_of_everything(account: Account) -> None:
    with transaction.atomic():
        for number in range(2):
            if number:
                probe.delay()
            else:
                probe.delay()
        while account.balance == 0:
            probe.delay()
            break
        try:
            probe.delay()
            raise ValueError
        except ValueError:
            probe.delay()
        finally:
            probe.delay()
        with suppress(ValueError):
            probe.delay()
        match account.state:
            case "new":
                probe.delay()
            case _:
                pass
        print(*[probe.delay() for _ in range(2)])
        print(probe.delay() if account.pk else None)


@place
def stacks(account: Account) -> None:
    with ExitStack() as stack:
        probe.delay()
        stack.enter_context(transaction.atomic())
        probe.delay()
        if account.pk:
            probe.delay()
    probe.delay()
    with ExitStack() as stack:
        stack.enter_context(nullcontext())
        probe.delay()


@place
def canvases(account: Account) -> None:
    with transaction.atomic():
        probe.s(1).delay()
        probe.si(1).apply_async()
        chain(probe.s(1), probe.s())()
        (probe.s(1) | probe.s()).delay()
        group([probe.s(1)]).apply_async()
        app.send_task("probe")
        waiting = probe.s(1)
        probe.apply(())
        probe()
    waiting.delay()


@place
def defined_inside(account: Account) -> None:
    with transaction.atomic():

        def later() -> None:
            probe.delay()

        both = [later, lambda: probe.delay()]

        def eager(result: object = probe.delay()) -> None:
            print(result)

    for function in both:
        function()
    eager()


@place
def handed_over(account: Account) -> None:
    with transaction.atomic():
        transaction.on_commit(lambda: probe.delay())
        transaction.on_commit(partial(probe.delay, 1))
        transaction.on_commit(probe.s(1).delay)
        connection.on_commit(lambda: probe.delay())
        probe.delay_on_commit()
        probe.apply_async_on_commit()

        def send() -> None:
            probe.delay()

        transaction.on_commit(send)

        @transaction.on_commit
        def _() -> None:
            probe.delay()


@place
@transaction.atomic
def decorated(account: Account) -> None:
    probe.delay()


@place
@ours()
def decorated_by_a_function(account: Account) -> None:
    probe.delay()


in_default = transaction.atomic(using="default")


@place
@in_default
def decorated_by_a_variable(account: Account) -> None:
    probe.delay()


@place
def inner_functions(account: Account) -> None:
    @transaction.atomic()
    def inner() -> None:
        probe.delay()

    inner()
    probe.delay()


@transaction.atomic
def returns_a_function() -> Callable[[], object]:
    probe.delay()
    return lambda: probe.delay()


place(lambda account: returns_a_function()())


class Courier:
    @transaction.atomic
    def send(self) -> None:
        probe.delay()
        self.help()

    @classmethod
    @transaction.atomic
    def send_all(cls) -> None:
        probe.delay()

    @staticmethod
    @transaction.atomic
    def send_one() -> None:
        probe.delay()

    def help(self) -> None:
        probe.delay()


def notify(account: Account) -> None:
    probe.delay()


def notify_late(account: Account) -> None:
    transaction.on_commit(lambda: probe.delay())


@place
def helpers(account: Account) -> None:
    notify(account)
    Courier().help()
    Courier().send()
    Courier.send_all()
    Courier.send_one()
    with transaction.atomic():
        notify(account)
        Courier().help()
        notify_late(account)
        transaction.on_commit(partial(notify, account))


class Views(View):
    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()

    def get(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()


@method_decorator(transaction.atomic, name="get")
class NamedView(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()

    def get(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()


@method_decorator([transaction.atomic], name="dispatch")
class AtomicView(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()


class InheritingView(AtomicView):
    def get(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()


class DispatchingView(View):
    @method_decorator(transaction.atomic)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        probe.delay()
        return HttpResponse()


@place
def views(account: Account) -> None:
    for view in (Views, NamedView, AtomicView, InheritingView, DispatchingView):
        for method in ("GET", "POST"):
            request = HttpRequest()
            request.method = method
            view.as_view()(request)


class Note(models.Model):
    objects: "models.Manager[Note]" = models.Manager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        probe.delay()
        transaction.on_commit(lambda: probe.delay())

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        probe.delay()
        return super().delete(*args, **kwargs)


@receiver(post_save, sender=Note)
def saved(sender: Any, **kwargs: Any) -> None:
    probe.delay()
    transaction.on_commit(lambda: probe.delay())


@receiver([pre_save, post_delete], sender=Note)
def saving(sender: Any, **kwargs: Any) -> None:
    probe.delay()


def connected(sender: Any, **kwargs: Any) -> None:
    probe.delay()


post_delete.connect(connected, sender=Note)
m2m_changed.connect(notify_late)


@place
def writes(account: Account) -> None:
    with transaction.atomic():
        note = Note()
        note.save()
        note.delete()


@contextmanager
def logged() -> Iterator[None]:
    yield


@place
def other_contexts(account: Account) -> None:
    with logged():
        probe.delay()
    with connection.cursor():
        probe.delay()


async def asynchronous(account: Account) -> None:
    async with AsyncExitStack() as stack:
        probe.delay()
        stack.enter_context(nullcontext())
        probe.delay()
