# select: task-model-param, task-model-arg, task-json-param, task-json-arg, task-signature, task-untyped
"""The forms in which a task can be defined, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

import celery
from celery import Celery, Task, current_app, shared_task
from celery import Celery as Application
from celery import shared_task as background
from celery.app import shared_task as of_the_app
from django.db.models import QuerySet
from shop.celery import app as shop_app
from shop.models import Order

if TYPE_CHECKING:
    from celery.result import AsyncResult

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Order)
Orders = list[Order]

app = Celery("forms")
named: Celery = Application("named")


class OurApp(Celery):
    pass


our_app = OurApp("ours")


# --- 1. @shared_task, under any name
@shared_task
def shared(order: Order) -> None: ...  # E: task-model-param


@shared_task()
def shared_called(orders: Orders) -> None: ...  # E: task-model-param


@shared_task(name="shared", bind=True, max_retries=3)
def shared_bound(self: Task[..., None], order: Order | None = None) -> None: ...  # E: task-model-param


@background
def renamed(order: Order) -> None: ...  # E: task-model-param


@celery.shared_task(ignore_result=True)
def by_module(*orders: Order) -> None: ...  # E: task-model-param


@of_the_app
async def later(pk: int, **orders: Order) -> None: ...  # E: task-model-param


# --- 2. @app.task, of any Celery
@app.task
def plain(order: Order) -> None: ...  # E: task-model-param


@app.task()
def plain_called(tags: set[str]) -> None: ...  # E: task-json-param


@app.task(bind=True)
def plain_bound(self, orders: QuerySet[Order]) -> None: ...  # E: task-model-param


@shop_app.task(serializer="json")
def imported_app(order: T) -> None: ...  # E: task-model-param


@named.task
def annotated_app(order: Order, /) -> None: ...  # E: task-model-param


@our_app.task(name="ours")
def subclassed_app(*, order: Order) -> None: ...  # E: task-model-param


@current_app.task
def of_current_app(order: Order) -> None: ...  # E: task-model-param


@celery.current_app.task(bind=False)
def of_current_app_called(order: Order) -> None: ...  # E: task-model-param


# --- 3. a class with a run method
class Ship(Task):
    def run(self, order: Order) -> None: ...  # E: task-model-param


class ShipAgain(Ship):
    pass


class ShipLater(Ship):
    name = "ship.later"

    def run(self, order: Order, tags: set[str] | None = None) -> None: ...  # E: task-model-param, task-json-param


class OfTheApp(app.Task):
    def run(self, order: Order) -> None: ...  # E: task-model-param


class Base(Task, Generic[R]):
    abstract = True


class Concrete(Base[int]):
    def run(self, order: Order) -> int:  # E: task-model-param
        return order.pk


ship = app.register_task(Ship())


# --- 4. a decorator of the project, whose types show that it makes a task
def our_task(function: Callable[P, R]) -> Task[P, R]:
    return shared_task(function)


def our_task_with(queue: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    return app.task(queue=queue)


@our_task
def typed(order: Order) -> None: ...  # E: task-model-param


@our_task_with("slow")
def typed_called(order: Order) -> None: ...  # E: task-model-param


# --- 5. one whose types show nothing
def untyped_task(**options):
    return shared_task(acks_late=True, **options)


def untyped_plainly(function):
    return app.task(function)


@untyped_task(queue="slow")
def untyped(order: Order) -> None: ...  # E: task-model-param


@untyped_plainly
def untyped_bare(order: Order) -> None: ...  # E: task-model-param


# --- 6. a call
def _called(order: Order) -> None: ...  # E: task-model-param


called = shared_task(_called)


def _called_with(order: Order) -> None: ...  # E: task-model-param


called_with = app.task(name="called", queue="slow")(_called_with)

# --- where they stand
if app.conf.task_always_eager:

    @shared_task
    def conditional(order: Order) -> None: ...  # E: task-model-param

else:

    @shared_task
    def conditional(order: Order) -> None: ...  # E: task-model-param


class Holder:
    @staticmethod
    @shared_task
    def in_class(order: Order) -> None: ...  # E: task-model-param

    @app.task(bind=True)
    def method(self, order: Order) -> None: ...  # E: task-model-param


def make() -> Task[..., None]:
    @app.task
    def inner(order: Order) -> None: ...  # E: task-model-param

    return inner


# --- stacked
def logged(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    return wrapper


@shared_task
@logged
def below(order: Order) -> None: ...  # E: task-model-param


@logged
@shared_task
def above(order: Order) -> None: ...  # E: task-model-param


# --- what only looks like a task
class Registry:
    def task(self, function: Callable[P, R]) -> Callable[P, R]:
        return function

    def shared_task(self, **options: object) -> Callable[[Callable[P, R]], Callable[P, R]]:
        return lambda function: function


registry = Registry()


@registry.task
def registered(order: Order) -> None: ...


@registry.shared_task(queue="slow")
def registered_called(order: Order) -> None: ...


def task(function: Callable[P, R]) -> Callable[P, R]:
    return function


@task
def own_decorator(order: Order) -> None: ...


class Runner:
    def run(self, order: Order) -> None: ...


class Debounced:
    def delay(self, order: Order) -> None: ...

    def apply_async(self, args: Iterable[Order]) -> None: ...

    def s(self, order: Order) -> None: ...


def calls_task(order: Order) -> None:
    print(order.pk)


def send(order: Order, debounced: Debounced, result: AsyncResult[int]) -> None:
    # the forms are sent alike
    shared.delay(order)  # E: task-model-arg
    shared_bound.apply_async(kwargs={"order": order})  # E: task-model-arg
    renamed.s(order)  # E: task-model-arg
    by_module.apply_async((order, [order]))  # E: task-model-arg, task-model-arg
    plain.apply_async((order,))  # E: task-model-arg
    plain_called.delay({"a"})  # E: task-json-arg
    annotated_app.si(order)  # E: task-model-arg
    subclassed_app.apply_async((1,))  # E: task-signature
    subclassed_app.apply_async(kwargs={"ordre": 1})  # E: task-signature
    of_current_app.delay(order)  # E: task-model-arg
    ship.delay(order)  # E: task-model-arg
    ShipAgain().apply_async((order,))  # E: task-model-arg
    ShipLater().apply_async(("x", {"a"}))  # E: task-signature, task-json-arg
    OfTheApp().delay(order)  # E: task-model-arg
    Concrete().apply_async(())  # E: task-signature
    typed.delay(order)  # E: task-model-arg
    typed_called.apply_async((order,))  # E: task-model-arg
    untyped.delay(order)  # E: task-model-arg
    untyped_bare.apply_async((order,))  # E: task-model-arg
    called.delay(order)  # E: task-model-arg
    called_with.apply_async((order,))  # E: task-model-arg
    conditional.delay(order)  # E: task-model-arg
    make().delay(order)  # E: task-model-arg
    below.delay(order)  # E: task-model-arg
    # run in this process, they take anything
    shared(order)
    plain.run(order)
    untyped(order)
    Ship()(order)
    typed.apply((order,))
    # what only looks like a task
    registered(order)
    debounced.delay(order)
    debounced.apply_async([order])
    debounced.s(order)
    partial(calls_task, order)()
    Runner().run(order)
    result.get()
    cast(Any, debounced).delay(order)


# --- Celery's decorators under a name of the project's, or with some options given before
app_task = app.task
retried = partial(shared_task, max_retries=3)
slow = partial(app.task, queue="slow")
pickled = partial(shared_task, serializer="pickle")
binary = partial(int, base=2)


@app_task
def by_name(order: Order) -> None: ...  # E: task-model-param


@app_task(bind=True, queue="slow", owner="us")
def by_name_bound(self: Task[..., None], order: int, note: str = "") -> None: ...


@retried
def by_partial(order: Order) -> None: ...  # E: task-model-param


@retried(bind=True, name="retried")
def by_partial_bound(self, order: int, tags: set[str] | None = None) -> None: ...  # E: task-json-param


@slow()
def by_partial_called(order: int) -> None: ...


@pickled
def by_pickle(tags: set[str]) -> None: ...


@pickled(serializer="json")
def by_json_after_all(tags: set[str]) -> None: ...  # E: task-json-param


class Audited(Celery):
    def task(self, *args, **options):
        options.setdefault("acks_late", True)
        return super().task(*args, **options)


audited_app = Audited("audited")


@audited_app.task(bind=True)
def audited(self, order: int) -> None: ...


def send_to_these(order: Order) -> None:
    by_name.delay(order)  # E: task-model-arg
    by_name_bound.apply_async(("x",))  # E: task-signature
    by_name_bound.apply_async((order,))  # E: task-model-arg
    by_partial.delay(order)  # E: task-model-arg
    by_partial_bound.apply_async((1, {"a"}))  # E: task-json-arg
    by_partial_bound.apply_async((1, 2, 3))  # E: task-signature
    by_partial_called.apply_async(("x",))  # E: task-signature
    by_pickle.delay({"a"})
    by_json_after_all.delay({"a"})  # E: task-json-arg
    audited.apply_async((order,))  # E: task-model-arg
    audited.apply_async((1, 2))  # E: task-signature
    binary("101")
