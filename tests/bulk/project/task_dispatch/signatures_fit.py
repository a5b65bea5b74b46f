# select: task-signature, task-model-arg, task-json-arg
"""Arguments against the parameters of the task, by every way there is that the stubs type as Any."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypedDict, Unpack

from celery import Celery, Signature, Task, current_app, shared_task, signature
from celery.execute import send_task
from django.db import transaction

from shop.models import Order

app = Celery("other")


@shared_task
def ship(order: int, express: bool = False) -> str:
    return ""


@shared_task
def two(first: int, second: str) -> None: ...


@shared_task
def keyword_only(order: int, *, note: str, loud: bool = False) -> None: ...


@shared_task
def positional_only(order: int, /, note: str = "") -> None: ...


@shared_task
def rest(order: int, *notes: str) -> None: ...


@shared_task
def options(order: int, **options: int) -> None: ...


@shared_task
def anything(*args: Any, **kwargs: Any) -> None: ...


@shared_task
def nothing() -> None: ...


@shared_task
def untyped(order, express=False): ...


@app.task
def by_app(order: int, express: bool = False) -> None: ...


@app.task()
def by_called_app(order: int) -> None: ...


@shared_task(bind=True, max_retries=3)
def bound(self: Task[Any, Any], order: int, note: str = "") -> None:
    self.retry(args=(order,))
    self.retry(args=(order, note))
    self.retry(args=("x",))  # E: task-signature
    failure: ValueError | KeyError = ValueError(note)
    self.retry(failure)  # no arguments at all, as mypy says by itself
    self.retry(args=(order, note, 1))  # E: task-signature
    self.retry(kwargs={"order": order})
    self.retry(kwargs={"note": 1})  # E: task-signature
    self.retry(kwargs={"notes": "x"})  # E: task-signature
    self.retry(args=(), kwargs={"order": 1})
    self.retry(args=(), kwargs={"note": ""})  # E: task-signature
    self.retry()
    self.retry(countdown=3, exc=None)
    self.apply_async((order,))
    self.apply_async(("x",))  # E: task-signature
    self.s("x", 1)  # E: task-signature, task-signature


class Base(Task):
    pass


@shared_task(base=Base)
def with_base(order: int) -> None: ...


@app.task(bind=True, base=Base)
def bound_with_base(self: Base, order: int) -> None:
    self.retry(args=("x",))  # E: task-signature
    self.retry(args=(order,))


class Ship(Task):
    def run(self, order: int, express: bool = False) -> None: ...


ship_class = app.register_task(Ship())


class Payload(TypedDict):
    order: int
    note: str


class Extra(TypedDict, total=False):
    loud: bool


@shared_task
def with_payload(payload: Payload, tags: list[str], limits: dict[str, float], when: datetime.datetime) -> None: ...


@shared_task
def unpacked(order: int, **extra: Unpack[Extra]) -> None: ...


@shared_task
def literal(mode: Literal["fast", "slow"], amount: float, price: Decimal | None = None) -> None: ...


# too many, too few, unknown, twice, ill-typed


def apply_async(order: int, any_args: Any) -> None:
    ship.apply_async((order,))
    ship.apply_async((order, True))
    ship.apply_async([order])
    ship.apply_async([order, True], {})
    ship.apply_async((), {"order": 1})
    ship.apply_async(args=None, kwargs={"order": 1})
    ship.apply_async(kwargs={"order": 1, "express": True}, countdown=10)
    ship.apply_async(args=[1], kwargs={"express": True}, queue="slow", expires=3, priority=1)
    ship.apply_async(any_args)
    ship.apply_async(any_args, any_args)
    ship.apply_async((any_args, any_args))
    ship.apply_async()  # E: task-signature "parameter "
    ship.apply_async(())  # E: task-signature
    ship.apply_async([])  # E: task-signature
    ship.apply_async(None)  # E: task-signature
    ship.apply_async(countdown=3)  # E: task-signature
    ship.apply_async(kwargs={})  # E: task-signature
    ship.apply_async(kwargs={"express": True})  # E: task-signature
    ship.apply_async((1, True, 3))  # E: task-signature "too many"
    ship.apply_async([1, True, 3])  # E: task-signature
    ship.apply_async((1, True, 3, 4))  # E: task-signature
    ship.apply_async((1,), {"order": 1})  # E: task-signature "twice"
    ship.apply_async((1,), {"expres": True})  # E: task-signature "did you mean"
    ship.apply_async((1,), {"whatever": True})  # E: task-signature "no parameter"
    ship.apply_async(("1",))  # E: task-signature
    ship.apply_async((None,))  # E: task-signature
    ship.apply_async((1.5,))  # E: task-signature
    ship.apply_async((1, "yes"))  # E: task-signature
    ship.apply_async(("1", "yes"))  # E: task-signature, task-signature
    ship.apply_async(kwargs={"order": "1"})  # E: task-signature
    ship.apply_async(kwargs={"order": 1, "express": "yes"})  # E: task-signature
    ship.apply_async_on_commit((1,))
    ship.apply_async_on_commit(("1",))  # E: task-signature
    ship.apply_async_on_commit()  # E: task-signature
    nothing.apply_async()
    nothing.apply_async(())
    nothing.apply_async((1,))  # E: task-signature
    nothing.apply_async(kwargs={"x": 1})  # E: task-signature
    by_app.apply_async((1,))
    by_app.apply_async(("1",))  # E: task-signature
    by_app.apply_async()  # E: task-signature
    by_called_app.apply_async(("1",))  # E: task-signature
    bound.apply_async((1,))
    bound.apply_async(("1",))  # E: task-signature
    bound.apply_async((bound, 1))  # E: task-json-arg, task-signature
    with_base.apply_async((1,))
    with_base.apply_async(("1",))  # E: task-signature
    bound_with_base.apply_async(("1",))  # E: task-signature
    ship_class.apply_async((1,))
    ship_class.apply_async(("1",))  # E: task-signature
    ship_class.apply_async()  # E: task-signature
    Ship().apply_async((1, True, 2))  # E: task-signature
    untyped.apply_async(("1", "2"))
    untyped.apply_async((1, 2, 3))  # E: task-signature
    untyped.apply_async(kwargs={"expres": 1, "order": 1})  # E: task-signature


def parameters(order: int, order_row: Order) -> None:
    keyword_only.apply_async((1,), {"note": "x"})
    keyword_only.apply_async((1,))  # E: task-signature
    keyword_only.apply_async((1, "x"), {"note": "x"})  # E: task-signature
    keyword_only.apply_async((1,), {"note": "x", "loud": True})
    positional_only.apply_async((1,))
    positional_only.apply_async((1,), {"note": "x"})
    positional_only.apply_async(kwargs={"order": 1})  # E: task-signature
    rest.apply_async((1,))
    rest.apply_async((1, "a", "b"))
    rest.apply_async((1, "a", 2))  # E: task-signature
    rest.apply_async(())  # E: task-signature
    options.apply_async((1,), {"a": 1, "b": 2})
    options.apply_async((1,), {"a": "1"})  # E: task-signature
    anything.apply_async((1, 2), {"a": 1})
    anything.apply_async()
    unpacked.apply_async((1,), {"loud": True})
    unpacked.apply_async((1,), {"loud": "x"})  # E: task-signature
    unpacked.apply_async((1,), {"laud": True})  # E: task-signature
    literal.apply_async(("fast", 1))
    literal.apply_async(("fast", 1.5, Decimal("1")))
    literal.apply_async(("medium", 1))  # E: task-signature
    literal.apply_async(("slow", 1), {"price": None})
    now = datetime.datetime.now()
    with_payload.apply_async(({"order": 1, "note": "x"}, ["a"], {"a": 1}, now))
    with_payload.apply_async(args=[{"order": 1, "note": "x"}, [], {}, now])
    with_payload.apply_async(({"order": 1}, ["a"], {"a": 1}, now))  # E: task-signature "which takes"
    with_payload.apply_async(({"order": 1, "note": "x"}, [1], {"a": 1}, now))  # E: task-signature
    with_payload.apply_async(({"order": 1, "note": "x"}, "ab", {"a": 1}, now))  # E: task-signature
    with_payload.apply_async(({"order": 1, "note": "x"}, ["a"], {"a": 1}, "today"))  # E: task-signature


def unions(number: int | None, options: dict[str, Any], anything: Any, either: int | str) -> None:
    ship.apply_async((number,))  # E: task-signature
    ship.apply_async((either,))  # E: task-signature
    ship.apply_async((options.get("order"),))
    ship.apply_async((anything or None,))


def containers(ints: list[int], bools: list[bool], pair: tuple[int, bool], texts: list[str], short: tuple[int]) -> None:
    ship.apply_async(pair)
    ship.apply_async(short)
    ship.apply_async(ints)
    ship.apply_async(tuple(ints))
    ship.apply_async(texts)  # E: task-signature
    two.apply_async(pair)  # E: task-signature
    two.apply_async(short)  # E: task-signature
    two.apply_async((*short, "x"))
    two.apply_async((*short, *short))  # E: task-signature
    two.apply_async([*ints, "x"])
    two.apply_async(kwargs={"first": 1, **{"second": "x"}})
    two.apply_async(kwargs={"first": 1, **{"second": 2}})  # E: task-signature
    two.apply_async(kwargs=dict(first=1, second="x"))
    two.apply_async(kwargs=dict(first=1, second=2))  # E: task-signature
    two.apply_async(kwargs={"first": 1} | {"second": "x"})
    payload: Payload = {"order": 1, "note": "x"}
    ship.apply_async(kwargs=payload)  # E: task-signature


@shared_task
def of_floats(amounts: list[float], by_name: dict[str, float], pair: tuple[int, int]) -> None: ...


def copies(ints: list[int], pair: tuple[int, int], by_name: dict[str, int], counts: dict[str, bool]) -> None:
    of_floats.apply_async((ints, by_name, pair))
    of_floats.apply_async((pair, counts, ints))
    of_floats.apply_async((["x"], by_name, pair))  # E: task-signature


# variables that may change


def variables(flag: bool) -> None:
    args = (1, True)
    ship.apply_async(args)
    wrong = ("1", True)
    ship.apply_async(wrong)  # E: task-signature
    kwargs = {"order": 1}
    if flag:
        kwargs["express"] = True
    ship.apply_async(kwargs=kwargs)
    empty: dict[str, Any] = {}
    empty["order"] = 1
    ship.apply_async(kwargs=empty)
    listed: list[Any] = []
    listed.append(1)
    ship.apply_async(listed)
    misspelt = {"oder": 1}
    ship.apply_async(kwargs=misspelt)  # E: task-signature
    for key in ("order", "express"):
        ship.apply_async(kwargs={key: 1})
    name = "order" if flag else "express"
    ship.apply_async(kwargs={name: 1})


def passing_on(*args: Any, **kwargs: Any) -> None:
    ship.apply_async(args, kwargs)
    ship.apply_async(args)
    ship.apply_async(kwargs=kwargs)
    ship.apply_async((1, *args))
    ship.apply_async((1, True, 3, *args))  # E: task-signature
    ship.apply_async(kwargs={"order": 1, **kwargs})
    ship.apply_async(kwargs={"oder": 1, **kwargs})  # E: task-signature
    ship.apply_async(*args)
    ship.apply_async(**kwargs)


# signatures


def partial_signatures() -> None:
    ship.s()
    ship.s(1)
    ship.s(1, True)
    ship.s(True)
    ship.s(express=True)
    ship.s(order=1)
    ship.s(1, True, 3)  # E: task-signature
    ship.s(1, expres=True)  # E: task-signature
    ship.s(1, order=1)  # E: task-signature
    ship.s("x")  # E: task-signature
    ship.s(1, "x")  # E: task-signature
    ship.s(express="x")  # E: task-signature
    two.s()
    two.s(1)
    two.s("x")
    two.s(1, "x")
    two.s(second="x")
    two.s(1.5)  # E: task-signature
    two.s("x", 1)  # E: task-signature, task-signature
    two.s(second=1)  # E: task-signature
    nothing.s()
    nothing.s(1)  # E: task-signature
    keyword_only.s()
    keyword_only.s(note="x")
    keyword_only.s(1)
    keyword_only.s(1, 2)  # E: task-signature
    anything.s(1, 2, a=3)
    untyped.s(1, 2)
    untyped.s(1, 2, 3)  # E: task-signature
    by_app.s("x")  # E: task-signature
    bound.s(1)
    bound.s(1, 2)  # E: task-signature
    ship_class.s("x")  # E: task-signature
    with_base.s("x")  # E: task-signature


def whole_signatures() -> None:
    ship.signature((1,))
    ship.signature([1, True])
    ship.signature()
    ship.signature((True,))
    ship.signature(args=(1,), kwargs={"express": True}, countdown=3)
    ship.signature(("x",))  # E: task-signature
    ship.signature((1, True, 2))  # E: task-signature
    ship.signature((1,), {"expres": True})  # E: task-signature
    ship.signature((1,), immutable=True)
    ship.signature((), immutable=True)  # E: task-signature
    ship.subtask(("x",))  # E: task-signature
    two.signature((1,))  # E: task-signature
    two.signature(("x",))
    two.signature()  # E: task-signature
    two.signature(kwargs={"second": "x"})
    two.signature(kwargs={"first": 1})  # E: task-signature
    two.signature((1,), immutable=True)  # E: task-signature
    Signature(ship, (1,))
    Signature(ship, ("x",))  # E: task-signature
    Signature(ship, args=(1, True, 2))  # E: task-signature


def sent_signatures() -> None:
    ship.s().delay(1)
    ship.s(1).delay()
    ship.s(True).delay(1)
    ship.s().delay()  # E: task-signature
    ship.s().delay("x")  # E: task-signature
    ship.s(1).delay(2)  # E: task-signature
    ship.s(1, True).delay(2)  # E: task-signature
    ship.s().apply_async((1,))
    ship.s().apply_async()  # E: task-signature
    ship.s().apply_async(kwargs={"order": 1})
    ship.s().apply_async(kwargs={"order": "x"})  # E: task-signature
    ship.s(express=True).apply_async((1,))
    ship.s(order=1).apply_async(kwargs={"order": 2})
    two.s("x").delay(1)
    two.s("x").delay()  # E: task-signature
    two.s("x").clone((1,)).delay()
    two.s("x").clone((1,)).delay(1)  # E: task-signature
    two.s().clone((1.5,))  # E: task-signature
    ship.si(1).delay(2, 3, 4)
    ship.s(1).set(countdown=3).delay()
    ship.s().set(countdown=3).delay()  # E: task-signature
    ship.s(1).set(immutable=True).delay(2, 3, 4)
    ship.signature((1,)).delay()
    ship.signature((1,)).delay("x")  # E: task-signature
    job = ship.s()
    job.delay(1)
    job.delay()  # E: task-signature
    job.delay("x")  # E: task-signature
    changed = ship.s()
    changed.kwargs["order"] = 1
    changed.delay()
    frozen = ship.s(1)
    frozen.set_immutable(True)
    frozen.delay(2, 3, 4)


def given(job: Signature[Any], other: Signature[str]) -> None:
    job.delay(1, 2, 3)
    other.apply_async((1, 2, 3))


# by name


def by_name() -> None:
    current_app.send_task("task_dispatch.signatures_fit.ship", (1,))
    current_app.send_task("task_dispatch.signatures_fit.ship", ("1",))  # E: task-signature
    current_app.send_task("task_dispatch.signatures_fit.ship", args=[1, True, 2])  # E: task-signature
    current_app.send_task("task_dispatch.signatures_fit.ship")  # E: task-signature
    current_app.send_task("task_dispatch.signatures_fit.ship", kwargs={"oder": 1})  # E: task-signature
    app.send_task(name="task_dispatch.signatures_fit.two", args=(1, "x"))
    app.send_task(name="task_dispatch.signatures_fit.two", args=(1, 2))  # E: task-signature
    app.send_task("task_dispatch.signatures_fit.bound", (1,))
    app.send_task("task_dispatch.signatures_fit.bound", ("1",))  # E: task-signature
    app.send_task("elsewhere.ship", (1, 2, 3))
    app.send_task("ship", (1, 2, 3))
    signature("task_dispatch.signatures_fit.ship", (1,))
    signature("task_dispatch.signatures_fit.ship", ("1",))  # E: task-signature
    signature("task_dispatch.signatures_fit.ship", args=(1, True, 2))  # E: task-signature
    signature("task_dispatch.signatures_fit.two")  # E: task-signature
    signature("task_dispatch.signatures_fit.two", (1,))  # E: task-signature
    signature("task_dispatch.signatures_fit.two", ("x",))
    signature("elsewhere.ship", (1, 2, 3))
    app.signature("task_dispatch.signatures_fit.ship", ("1",))  # E: task-signature


@shared_task(name="ship-it")
def named(order: int) -> None: ...


def by_own_name() -> None:
    app.send_task("ship-it", (1,))
    app.send_task("ship-it", ("1",))  # E: task-signature
    app.send_task("task_dispatch.signatures_fit.named", ("1",))


# iterables


def iterables(ids: list[int], pairs: list[tuple[int, bool]]) -> None:
    ship.map(ids)
    ship.map([1, 2])
    ship.map(range(10))
    ship.map(["a"])  # E: task-signature
    two.map(ids)  # E: task-signature
    ship.starmap(pairs)
    ship.starmap([(1, True), (2, False)])
    ship.starmap([(1,)])
    ship.starmap([(1, "x")])  # E: task-signature
    ship.starmap([(1, True, 2)])  # E: task-signature
    ship.starmap(zip(ids, ids))  # E: task-signature
    ship.chunks(pairs, 10)
    ship.chunks(zip(ids, [True]), 10)
    ship.chunks([("x", True)], 10)  # E: task-signature


# left to mypy


def typed_by_the_stubs() -> None:
    ship.delay("x")  # type: ignore[arg-type]
    ship.delay()  # type: ignore[call-arg]
    ship.si("x")  # type: ignore[arg-type]
    ship.si(1, True, 2)  # type: ignore[call-arg]
    ship.delay_on_commit("x")  # type: ignore[arg-type]


# in this process


def in_process() -> None:
    ship.apply(("x",))
    ship.s("x", True, 3)("y")  # E: task-signature


# later


def later() -> None:
    transaction.on_commit(partial(ship.apply_async, (1,)))
    transaction.on_commit(partial(ship.apply_async, ("x",)))  # E: task-signature
    transaction.on_commit(partial(ship.apply_async, kwargs={"oder": 1}))  # E: task-signature
    transaction.on_commit(lambda: ship.apply_async(("x",)))  # E: task-signature
    partial(ship.apply_async)()
    partial(ship.apply_async, countdown=3)


def other_orders() -> None:
    app.send_task(args=("1",), name="task_dispatch.signatures_fit.ship")  # E: task-signature
    send_task("task_dispatch.signatures_fit.ship", ("1",))  # E: task-signature
    nothing.si() | app.signature("task_dispatch.signatures_fit.ship", immutable=True)  # E: task-signature
    app.signature("task_dispatch.signatures_fit.ship", (1,)) | two.s("x")  # E: task-signature
