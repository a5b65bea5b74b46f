# select: task-signature, task-model-arg, task-json-arg, task-blocking-result
"""What a bound task sends by its own ``self``, annotated or not, and what its class changes on the way."""

from __future__ import annotations

from typing import Any

from celery import Celery, Task, shared_task

from shop.models import Order

app = Celery("other")


@shared_task(bind=True)
def unannotated(self, order: int, note: str = "") -> None:
    row = Order.objects.get(pk=order)
    try:
        self.update_state(state="BUSY")
        self.anything.at.all(row)
    except ValueError as error:
        self.retry(args=(row,))  # E: task-model-arg "parameter "
        self.retry(args=[row.pk])
        self.retry(args=("x",))  # E: task-signature
        self.retry(args=(1, "x", 2))  # E: task-signature
        self.retry(kwargs={"note": {1}})  # E: task-json-arg
        self.retry(kwargs={"notes": "x"})  # E: task-signature
        self.retry(args=(), kwargs={"note": ""})  # E: task-signature
        self.retry(error)
        raise self.retry(exc=error, countdown=3) from error
    self.delay(row)  # E: task-model-arg
    self.delay("x")  # E: task-signature
    self.delay(row.pk)
    self.apply_async((row,))  # E: task-model-arg
    self.apply_async(kwargs={"order": 1})
    self.s(1, "x", 2)  # E: task-signature
    self.si(row)  # E: task-model-arg
    self.map([row])  # E: task-model-arg

    def inner() -> None:
        self.retry(args=(row,))  # E: task-model-arg

    inner()
    self(row)
    self.apply((row,))


@app.task(bind=True, max_retries=3)
def untyped(self, order, *notes):
    row = Order.objects.get(pk=order)
    self.retry(args=(row, 1, 2))  # E: task-model-arg
    self.retry(args=(), kwargs={})  # E: task-signature
    self.retry(args=(order,))
    self.retry(kwargs={"other": 1})  # E: task-signature


@app.task(bind=True)
def annotated(self: Task[..., None], order: int) -> None:
    self.retry(args=("x",))  # E: task-signature
    self.retry(args=(order,))


@shared_task
def not_bound(self: Order) -> None:
    self.save()


@shared_task(bind=True)
def named_otherwise(task, order: int) -> None:
    task.retry(args=({1},))  # E: task-json-arg
    self = Order()
    self.save()


def holding() -> None:
    @shared_task(bind=True)
    def inner(self, order: int) -> None:
        self.retry(args=(order, 1))  # E: task-signature


def command(**options: Any) -> Any: ...


@command(bind=True)
def no_task(self, order: Order) -> None:
    self.delay(order)
    self.retry(args=(order,))


# a class of the project's between what is sent and the function


class Unpacking(Task):
    """Loads the row whose key is sent."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.run(Order.objects.get(pk=args[0]), **kwargs)


class Packing(Unpacking):
    """Sends the key of the row that it is given."""

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        return super().apply_async((args[0].pk,), kwargs, **options)


@app.task(base=Unpacking)
def unpacked(order: Order) -> None: ...


@app.task(base=Packing)
def packed(order: Order) -> None: ...


def send(order: Order) -> None:
    unpacked.delay(order.pk)
    unpacked.apply_async((order.pk,))
    unpacked.apply_async((order.pk, 1, 2))
    unpacked.delay(order)  # E: task-model-arg
    packed.delay(order)
    packed.apply_async((order,))
    packed.s(order)
