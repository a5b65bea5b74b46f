# select: transaction-dispatch
"""What is inside an atomic block, and what is not."""

from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack, contextmanager, nullcontext, suppress
from functools import partial

from celery import chain, chord, group, signature
from django.db import transaction
from django.db.transaction import Atomic, atomic, atomic as in_transaction
from django.db import transaction as db_transaction

from shop.celery import app
from shop.models import Order
from transaction.tasks import archive, bill, loud, patient, quiet, ship


def our_atomic() -> Atomic:
    return transaction.atomic(using="replica")


class Durable(Atomic):
    pass


class Unit:
    def block(self) -> Atomic:
        return transaction.atomic()


def plain(order: Order) -> None:
    ship.delay(order.pk)
    with transaction.atomic():
        order.save()
        ship.delay(order.pk)  # E: transaction-dispatch "is sent inside a transaction, before the commit; use"
        ship.apply_async((order.pk,))  # E: transaction-dispatch "ship.apply_async_on_commit(...)"
        bill.delay(order.pk)  # E: transaction-dispatch
        archive.delay(order.pk)  # E: transaction-dispatch
        loud.delay(order.pk)  # E: transaction-dispatch
        # These wait for the commit.
        patient.delay(order.pk)
        patient.apply_async((order.pk,))
        quiet.delay(order.pk)
        ship.delay_on_commit(order.pk)
        ship.apply_async_on_commit((order.pk,))
        # These run in this process.
        ship(order.pk)
        ship.apply((order.pk,))
        ship.run(order.pk)
    ship.delay(order.pk)


def names(order: Order) -> None:
    with atomic():
        ship.delay(order.pk)  # E: transaction-dispatch
    with in_transaction():
        ship.delay(order.pk)  # E: transaction-dispatch
    with db_transaction.atomic(savepoint=False):
        ship.delay(order.pk)  # E: transaction-dispatch
    with our_atomic():
        ship.delay(order.pk)  # E: transaction-dispatch
    with Durable(None, True, True):
        ship.delay(order.pk)  # E: transaction-dispatch
    with Unit().block():
        ship.delay(order.pk)  # E: transaction-dispatch
    block = transaction.atomic()
    with block:
        ship.delay(order.pk)  # E: transaction-dispatch
    with transaction.atomic() as nothing:
        ship.delay(order.pk)  # E: transaction-dispatch
    with nullcontext():
        ship.delay(order.pk)
    with suppress(ValueError):
        ship.delay(order.pk)


def using(order: Order, alias: str) -> None:
    with transaction.atomic(using="replica"):
        ship.delay(order.pk)  # E: transaction-dispatch "transaction.on_commit(partial(ship.delay, ...), using="
    with transaction.atomic("default"):
        ship.delay(order.pk)  # E: transaction-dispatch "ship.delay_on_commit(...)"
    with transaction.atomic(using=alias):
        ship.delay(order.pk)  # E: transaction-dispatch "using=alias"


def several_items(order: Order, path: str) -> None:
    with open(path) as log, transaction.atomic():
        ship.delay(order.pk)  # E: transaction-dispatch
    with transaction.atomic(), open(path) as log:
        ship.delay(order.pk)  # E: transaction-dispatch
    with transaction.atomic(), open(str(ship.delay(order.pk))):  # E: transaction-dispatch
        log.close()
    with open(str(ship.delay(order.pk))), transaction.atomic():
        log.close()
    with (
        open(path) as log,
        transaction.atomic(),
    ):
        print(log)
        ship.delay(order.pk)  # E: transaction-dispatch


def nested(orders: list[Order]) -> None:
    with transaction.atomic():
        for order in orders:
            if order.total:
                try:
                    ship.delay(order.pk)  # E: transaction-dispatch
                except ValueError:
                    ship.delay(order.pk)  # E: transaction-dispatch
                finally:
                    ship.delay(order.pk)  # E: transaction-dispatch
            while order.total:
                with suppress(ValueError):
                    ship.delay(order.pk)  # E: transaction-dispatch
            match order.status:
                case "new":
                    ship.delay(order.pk)  # E: transaction-dispatch
                case _:
                    pass
        results = [ship.delay(order.pk) for order in orders]  # E: transaction-dispatch
        print(len(results) if results else ship.delay(1))  # E: transaction-dispatch
        print(f"{ship.delay(1)}")  # E: transaction-dispatch
    for order in orders:
        with transaction.atomic():
            order.save()
        ship.delay(order.pk)


def stacks(order: Order) -> None:
    with ExitStack() as stack:
        ship.delay(order.pk)
        stack.enter_context(transaction.atomic())
        ship.delay(order.pk)  # E: transaction-dispatch
        if order.total:
            ship.delay(order.pk)  # E: transaction-dispatch
    ship.delay(order.pk)
    with ExitStack() as stack:
        stack.enter_context(nullcontext())
        ship.delay(order.pk)
    with ExitStack() as stack:
        if order.total:
            stack.enter_context(transaction.atomic())
        ship.delay(order.pk)
    with ExitStack() as stack:
        block = stack.enter_context(our_atomic())
        ship.delay(order.pk)  # E: transaction-dispatch


async def asynchronous(order: Order) -> None:
    async with AsyncExitStack() as stack:
        stack.enter_context(transaction.atomic())
        ship.delay(order.pk)  # E: transaction-dispatch
    with transaction.atomic():
        ship.delay(order.pk)  # E: transaction-dispatch
    await order.asave()
    ship.delay(order.pk)


def only_defined(order: Order) -> Callable[[], object]:
    with transaction.atomic():
        order.save()

        def later() -> None:
            ship.delay(order.pk)

        class Later:
            def run(self) -> None:
                ship.delay(order.pk)

        callbacks = [lambda: ship.delay(order.pk)]
        print(callbacks, Later)

        def eager(result: object = ship.delay(1)) -> None:  # E: transaction-dispatch
            print(result)

    return later


def own_transaction() -> None:
    def inner(order: Order) -> None:
        with transaction.atomic():
            ship.delay(order.pk)  # E: transaction-dispatch

    print(inner)


def canvases(order: Order) -> None:
    with transaction.atomic():
        ship.s(order.pk).delay()  # E: transaction-dispatch "transaction.on_commit(ship.s(...).delay)"
        ship.si(order.pk).apply_async()  # E: transaction-dispatch
        chain(archive.s(order.pk), ship.s()).delay()  # E: transaction-dispatch
        chain(archive.s(order.pk), ship.s())()  # E: transaction-dispatch
        (archive.s(order.pk) | ship.s()).apply_async()  # E: transaction-dispatch
        (archive.s(order.pk) | ship.s())()  # E: transaction-dispatch
        group([archive.s(order.pk)]).apply_async()  # E: transaction-dispatch
        group([archive.s(order.pk)])()  # E: transaction-dispatch
        chord([archive.si(order.pk)], bill.si(order.pk)).delay()  # E: transaction-dispatch
        chord([archive.si(order.pk)])(bill.si(order.pk))  # E: transaction-dispatch
        app.send_task("transaction.tasks.ship", (order.pk,))  # E: transaction-dispatch
        signature("transaction.tasks.ship", (order.pk,)).delay()  # E: transaction-dispatch
        # These only build.
        waiting = ship.s(order.pk)
        both = archive.s(order.pk) | ship.s()
        line = chain(archive.s(order.pk), ship.s())
        copy = ship.signature((order.pk,))
        print(waiting, both, line, copy)
        waiting.delay()  # E: transaction-dispatch "transaction.on_commit(waiting.delay)"


def handed_over(order: Order) -> None:
    with transaction.atomic():
        transaction.on_commit(lambda: ship.delay(order.pk))
        transaction.on_commit(partial(ship.delay, order.pk))
        transaction.on_commit(ship.s(order.pk).delay)
        transaction.on_commit(lambda: chain(archive.s(order.pk), ship.s())())

        def send() -> None:
            ship.delay(order.pk)

        transaction.on_commit(send)

        @transaction.on_commit
        def _() -> None:
            ship.delay(order.pk)

        transaction.on_commit(ship.delay(order.pk))  # E: transaction-dispatch "is given the result; write"
    transaction.on_commit(ship.delay(order.pk))  # E: transaction-dispatch
    transaction.on_commit(func=archive.delay(order.pk))  # E: transaction-dispatch
    transaction.on_commit(partial(print, ship.delay(order.pk)))  # E: transaction-dispatch


@contextmanager
def logged():
    yield


def other_things(order: Order, queue: list[int]) -> None:
    class Timer:
        def delay(self, seconds: int) -> None: ...

        def atomic(self) -> "Timer":
            return self

        def __enter__(self) -> None: ...

        def __exit__(self, *args: object) -> None: ...

    timer = Timer()
    with transaction.atomic():
        timer.delay(3)
    with timer.atomic():
        ship.delay(order.pk)
    with logged():
        ship.delay(order.pk)


ship.delay(1)
with transaction.atomic():
    ship.delay(1)  # E: transaction-dispatch


def one_of_several_tasks(pk: int, is_loud: bool) -> None:
    one = ship if is_loud else loud
    either = patient if is_loud else loud
    with transaction.atomic():
        one.delay(pk)  # E: transaction-dispatch "transaction.on_commit(partial(one.delay, ...))"
        either.delay(pk)  # E: transaction-dispatch


def with_options(pk: int, **options: str) -> None:
    with transaction.atomic(**options):  # type: ignore[arg-type, call-overload]
        ship.delay(pk)  # E: transaction-dispatch
