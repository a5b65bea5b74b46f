# select: task-model-arg, task-json-arg, task-signature
"""Rows and query sets on their way to a task, by every way there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, NewType, Optional, TypedDict, TypeVar, Union

from celery import Celery, Signature, Task, chain, chord, current_app, group, shared_task, signature, subtask
from celery.canvas import chunks, xmap, xstarmap
from django.db import transaction
from django.db.models import QuerySet

from shop.models import Customer, Order

app = Celery("other")


@shared_task
def ship(order: Any, note: Any = None) -> None: ...


@shared_task
def untyped(*args, **kwargs): ...


@app.task(bind=True)
def again(self: Task[Any, Any], order: Any, note: Any = None) -> None:
    row = Order.objects.get(pk=order)
    self.retry(args=(row,))  # E: task-model-arg
    self.retry([row], {"note": row})  # E: task-model-arg, task-model-arg
    self.retry(kwargs={"note": row}, countdown=3)  # E: task-model-arg
    raise self.retry(args=(row.pk,))


class Ship(Task):
    name = "ship"

    def run(self, order: Any, note: Any = None) -> None:
        row = Order.objects.get(pk=order)
        self.delay(row)  # E: task-model-arg
        self.apply_async((row,))  # E: task-model-arg


ship_class = app.register_task(Ship())


class Row(TypedDict):
    order: Order
    note: str


class Pair(NamedTuple):
    order: Order
    count: int


@dataclass
class Bag:
    order: Order


OrderId = NewType("OrderId", int)
Big = NewType("Big", Order)
Orders = list[Order]
Deep = dict[str, "Orders | None"]
T = TypeVar("T", bound=Order)
Either = TypeVar("Either", Order, Customer)


# every method


def methods(order: Order, keys: dict[str, Any]) -> None:
    ship.delay(order)  # E: task-model-arg "the model "
    ship.delay(order.pk, order)  # E: task-model-arg
    ship.delay(order=order)  # E: task-model-arg
    ship.delay(note=order, order=1)  # E: task-model-arg
    ship.apply_async((order,))  # E: task-model-arg
    ship.apply_async([order])  # E: task-model-arg
    ship.apply_async(args=(1, order), countdown=3)  # E: task-model-arg
    ship.apply_async(kwargs={"order": order})  # E: task-model-arg
    ship.apply_async((1,), {"note": order}, queue="slow")  # E: task-model-arg
    ship.apply_async(None, {"order": order})  # E: task-model-arg
    ship.apply_async(**{"args": (order,)})  # E: task-model-arg
    ship.delay_on_commit(order)  # E: task-model-arg
    ship.apply_async_on_commit((order,))  # E: task-model-arg
    ship.apply_async_on_commit(kwargs={"order": order})  # E: task-model-arg
    ship.s(order)  # E: task-model-arg
    ship.s(1, note=order)  # E: task-model-arg
    ship.si(order)  # E: task-model-arg
    ship.signature((order,))  # E: task-model-arg
    ship.signature(args=[1], kwargs={"note": order}, immutable=True)  # E: task-model-arg
    ship.subtask((order,))  # E: task-model-arg
    ship.map([order])  # E: task-model-arg
    ship.starmap([(1, order)])  # E: task-model-arg
    ship.chunks([(1, order)], 10)  # E: task-model-arg
    current_app.send_task("ship", (order,))  # E: task-model-arg
    app.send_task("ship", args=[order])  # E: task-model-arg
    app.send_task("ship", kwargs={"order": order})  # E: task-model-arg
    app.send_task(name="ship", args=(order,))  # E: task-model-arg
    signature("ship", (order,))  # E: task-model-arg
    signature("ship", args=(order,), kwargs={"note": order})  # E: task-model-arg, task-model-arg
    subtask("ship", kwargs={"note": order})  # E: task-model-arg
    app.signature("ship", (order,))  # E: task-model-arg
    Signature("ship", (order,))  # E: task-model-arg
    Signature(ship, args=(order,))  # E: task-model-arg
    xmap(ship.s(), [order])  # E: task-model-arg
    xstarmap(ship.s(), [(order, 1)])  # E: task-model-arg
    chunks(ship.s(), [(order, 1)], 10)  # E: task-model-arg
    untyped.delay(order)  # E: task-model-arg
    untyped.delay(x=order)  # E: task-model-arg
    untyped.apply_async((1, 2, order), {"x": order})  # E: task-model-arg, task-model-arg
    again.delay(order)  # E: task-model-arg
    ship_class.delay(order)  # E: task-model-arg
    Ship().apply_async((order,))  # E: task-model-arg


async def asynchronously(order: Order) -> None:
    fresh = await Order.objects.aget(pk=1)
    ship.delay(fresh)  # E: task-model-arg
    ship.delay(fresh.pk)
    async for row in Order.objects.all():
        ship.delay(row)  # E: task-model-arg


def signatures(order: Order) -> None:
    ship.s().delay(order)  # E: task-model-arg
    ship.s().apply_async((order,))  # E: task-model-arg
    ship.s().apply_async(kwargs={"order": order})  # E: task-model-arg
    ship.s().clone((order,))  # E: task-model-arg
    ship.s().clone(kwargs={"note": order})  # E: task-model-arg
    chain(ship.s(), ship.si(1))(order)  # E: task-model-arg
    chain(ship.s(), ship.si(1)).delay(order)  # E: task-model-arg
    chain(ship.s(order), ship.si(1)).delay()  # E: task-model-arg
    (ship.s() | ship.si(1))(order)  # E: task-model-arg
    (ship.s() | ship.si(1)).delay(order)  # E: task-model-arg
    (ship.s() | ship.si(1)).apply_async((order,))  # E: task-model-arg
    group(ship.s(), ship.s())(order)  # E: task-model-arg
    group(ship.s(), ship.s()).delay(order)  # E: task-model-arg
    group(ship.s(row) for row in Order.objects.all())()  # E: task-model-arg
    group([ship.s(row) for row in Order.objects.all()])()  # E: task-model-arg
    chord([ship.s(order)])(ship.s(1))  # E: task-model-arg
    chord([ship.s(1)], ship.si(order))  # E: task-model-arg
    ship.apply_async((1,), link=ship.si(order))  # E: task-model-arg
    ship.apply_async((1,), link_error=ship.si(order))  # E: task-model-arg
    ship.s(1).link(ship.si(order))  # E: task-model-arg
    ship.s(1).on_error(ship.s(order))  # E: task-model-arg
    job = ship.s()
    job.delay(order)  # E: task-model-arg
    job.apply_async(args=[order])  # E: task-model-arg


# every receiver


class Sender:
    task = ship

    def __init__(self, chosen: Task[[Order], None], maybe: Task[[Order], None] | None) -> None:
        self.chosen = chosen
        self.maybe = maybe
        self.tasks = [ship]
        self.by_name = {"ship": ship}

    def send(self, order: Order) -> None:
        self.task.delay(order)  # E: task-model-arg
        self.chosen.delay(order)  # E: task-model-arg
        if self.maybe is not None:
            self.maybe.delay(order)  # E: task-model-arg
        if self.maybe:
            self.maybe.apply_async((order,))  # E: task-model-arg
        for task in self.tasks:
            task.delay(order)  # E: task-model-arg
        self.tasks[0].delay(order)  # E: task-model-arg
        self.by_name["ship"].delay(order)  # E: task-model-arg
        self.chosen.s(order)  # E: task-model-arg


def find() -> Task[..., None]:
    return ship


def receivers(order: Order, task: Task[[Order], None] | Task[[Any], str], flag: bool) -> None:
    task.delay(order)  # E: task-model-arg
    (ship if flag else again).delay(order)  # E: task-model-arg
    find().delay(order)  # E: task-model-arg
    app.tasks["ship"].delay(order)  # E: task-model-arg
    alias = ship
    alias.delay(order)  # E: task-model-arg
    send = ship.delay
    send(order)  # E: task-model-arg


# every shape


def shapes(
    order: Order,
    maybe: Order | None,
    optional: Optional[Order],
    either: Union[Order, int],
    rows: list[Order],
    frozen: frozenset[Order],
    some: set[Order],
    pair: tuple[int, Order],
    many: tuple[Order, ...],
    by_id: dict[int, Order],
    deep: Deep,
    row: Row,
    named: Pair,
    big: Big,
    bag: Bag,
    sequence: Sequence[Order],
    iterable: Iterable[Order],
    iterator: Iterator[Order],
    mapping: Mapping[str, Order],
    kind: type[Order],
) -> None:
    ship.delay(maybe)  # E: task-model-arg
    ship.delay(optional)  # E: task-model-arg
    ship.delay(either)  # E: task-model-arg
    ship.delay(rows)  # E: task-model-arg
    ship.delay(frozen)  # E: task-model-arg
    ship.delay(some)  # E: task-model-arg
    ship.delay(pair)  # E: task-model-arg
    ship.delay(many)  # E: task-model-arg
    ship.delay(by_id)  # E: task-model-arg
    ship.delay(deep)  # E: task-model-arg
    ship.delay(row)  # E: task-model-arg
    ship.delay(named)  # E: task-model-arg
    ship.delay(big)  # E: task-model-arg
    ship.delay(sequence)  # E: task-model-arg
    ship.delay(iterable)  # E: task-model-arg
    ship.delay(iterator)  # E: task-model-arg
    ship.delay(mapping)  # E: task-model-arg
    ship.delay([order.pk, order])  # E: task-model-arg
    ship.delay({"order": order})  # E: task-model-arg
    ship.delay([[order]])  # E: task-model-arg
    ship.delay(order or None)  # E: task-model-arg
    ship.delay(order if maybe else None)  # E: task-model-arg
    ship.delay(bag.order)  # E: task-model-arg
    ship.delay(bag)  # E: task-json-arg
    ship.delay(kind)  # E: task-json-arg
    ship.delay(*pair)  # E: task-model-arg
    ship.delay(*rows)  # E: task-model-arg
    ship.delay(**row)  # E: task-model-arg
    ship.delay(**mapping)  # E: task-model-arg
    ship.delay(*(1, order))  # E: task-model-arg
    ship.delay(**{"order": order})  # E: task-model-arg
    ship.delay(**dict(order=order))  # E: task-model-arg
    if maybe:
        ship.delay(maybe)  # E: task-model-arg
    if isinstance(either, int):
        ship.delay(either)
    else:
        ship.delay(either)  # E: task-model-arg
    if maybe is None:
        ship.delay(maybe)


def generic(row: T, other: Either) -> T:
    ship.delay(row)  # E: task-model-arg
    ship.delay(row.pk)
    ship.delay(other)  # E: task-model-arg "Order", task-model-arg "Customer"
    return row


class Handler(Generic[T]):
    def __init__(self, row: T) -> None:
        self.row = row

    def handle(self) -> None:
        ship.delay(self.row)  # E: task-model-arg
        ship.delay(self.row.pk)


def query_sets(rows: QuerySet[Order], customer: Customer) -> None:
    ship.delay(rows)  # E: task-model-arg "the query set"
    ship.delay(rows.filter(status="new"))  # E: task-model-arg
    ship.delay(Order.objects.all())  # E: task-model-arg
    ship.delay(Order.objects)  # E: task-model-arg
    ship.delay(Order.objects.raw("select 1"))  # E: task-model-arg
    ship.delay(Order.objects.get(pk=1))  # E: task-model-arg
    ship.delay(Order.objects.first())  # E: task-model-arg
    ship.delay(list(rows))  # E: task-model-arg
    ship.delay([row for row in rows])  # E: task-model-arg
    ship.delay(rows[0])  # E: task-model-arg
    ship.delay(rows[:5])  # E: task-model-arg
    ship.delay(rows.values_list("pk", flat=True))  # E: task-model-arg
    ship.delay([row.pk for row in rows])
    ship.delay(rows.count())
    ship.delay(list(rows.values_list("pk", flat=True)))
    ship.delay(list(rows.values_list("pk", "status")))
    ship.delay(list(rows.values("pk")))
    ship.map(rows)  # E: task-model-arg
    ship.map(rows.iterator())  # E: task-model-arg
    ship.map(row.pk for row in rows)
    ship.map(rows.values_list("pk", flat=True))
    ship.starmap(rows.values_list("pk", "status"))
    ship.starmap((row, 1) for row in rows)  # E: task-model-arg
    ship.starmap(zip(rows, range(3)))  # E: task-model-arg
    ship.starmap(zip([row.pk for row in rows], range(3)))
    ship.chunks(zip(rows, range(3)), 10)  # E: task-model-arg
    ship.chunks(((row.pk, 1) for row in rows), 10)
    ship.map(set(rows))  # E: task-model-arg
    ship.map({1, 2})
    for row in rows:
        ship.delay(row)  # E: task-model-arg
    created = Order.objects.create(customer=customer)
    ship.delay(created)  # E: task-model-arg
    got, _ = Order.objects.get_or_create(pk=1)
    ship.delay(got)  # E: task-model-arg
    ship.delay(got.pk)


def related(order: Order) -> None:
    ship.delay(order.customer)  # D: task-model-arg
    ship.delay(order.customer.pk)
    ship.delay(order.pk)
    ship.delay(str(order.pk))
    ship.delay(order.status)


# args and kwargs that stand in a variable


def in_variables(order: Order, flag: bool) -> None:
    args = (order, 1)
    ship.apply_async(args)  # E: task-model-arg
    listed = [order, 1]
    ship.apply_async(args=listed)  # E: task-model-arg
    kwargs = {"order": order, "note": 1}
    ship.apply_async(kwargs=kwargs)  # E: task-model-arg
    ship.delay(**kwargs)  # E: task-model-arg
    only = {"order": order}
    ship.apply_async(kwargs=only)  # E: task-model-arg
    named = dict(order=order, note=1)
    ship.apply_async(kwargs=named)  # E: task-model-arg
    ship.apply_async(kwargs={**named, "note": 2})  # E: task-model-arg
    ship.apply_async(args=[order] + [1])  # E: task-model-arg
    ship.apply_async(args=(order, *(1,)))  # E: task-model-arg
    ship.apply_async(args=[*listed])  # E: task-model-arg
    typed: dict[str, Any] = {"order": order}
    ship.apply_async(kwargs=typed)  # E: task-model-arg
    ids: tuple[int, str] = (order.pk, "x")
    ship.apply_async(ids)
    good = {"order": order.pk}
    ship.apply_async(kwargs=good)
    ship.apply_async(args=(order,) if flag else (1,))  # E: task-model-arg
    row: Row = {"order": order, "note": "x"}
    ship.apply_async(kwargs=row)  # E: task-model-arg


def parameters(args: tuple[int, Order], kwargs: dict[str, Order], rest: list[Order]) -> None:
    ship.apply_async(args)  # E: task-model-arg
    ship.apply_async(kwargs=kwargs)  # E: task-model-arg
    ship.apply_async(args=rest)  # E: task-model-arg
    ship.apply_async(args=tuple(rest))  # E: task-model-arg


def rebound(order: Order, flag: bool) -> None:
    args: list[Any] = [order]
    args = [order.pk]
    ship.apply_async(args=args)


def wrapper(*args: Order, **kwargs: Order) -> None:
    ship.delay(*args)  # E: task-model-arg
    ship.delay(**kwargs)  # E: task-model-arg
    ship.apply_async(args)  # E: task-model-arg
    ship.apply_async(args, kwargs)  # E: task-model-arg


def passing_on(*args: Any, **kwargs: Any) -> None:
    ship.delay(*args, **kwargs)
    ship.apply_async(args, kwargs)
    ship.apply_async(args=args, kwargs=kwargs, queue="x")


# later


def later(order: Order) -> None:
    transaction.on_commit(lambda: ship.delay(order))  # E: task-model-arg
    transaction.on_commit(lambda: ship.delay(order.pk))
    transaction.on_commit(partial(ship.delay, order))  # E: task-model-arg
    transaction.on_commit(partial(ship.delay, order.pk))
    transaction.on_commit(partial(ship.apply_async, (order,)))  # E: task-model-arg
    transaction.on_commit(partial(ship.apply_async, kwargs={"order": order}))  # E: task-model-arg
    transaction.on_commit(partial(ship.apply_async, kwargs={"order": order.pk}))

    def inner() -> None:
        ship.delay(order)  # E: task-model-arg

    inner()


# in this process, and no tasks at all


class Queue:
    def delay(self, row: object) -> None: ...

    def apply_async(self, args: object = None, kwargs: object = None) -> None: ...

    def send_task(self, name: str, args: object) -> None: ...

    def s(self, row: object) -> None: ...

    def map(self, rows: object) -> None: ...


def no_dispatch(order: Order, queue: Queue, anything: Any, rows: list[Order], untyped_one) -> None:
    ship(order)
    ship.run(order)
    ship.apply((order,))
    ship.apply(args=[order], kwargs={"note": order})
    ship.s()(order)
    queue.delay(order)
    queue.apply_async((order,))
    queue.send_task("ship", (order,))
    queue.s(order)
    queue.map([order])
    anything.delay(order)
    anything.apply_async((order,))
    untyped_one.delay(order)
    ship.delay(anything)
    ship.apply_async(anything, anything)
    list(map(str, rows))
    ship.apply_async((order.pk,), headers={"order": str(order.pk)})


class Own(Task):
    """Sends the keys of the rows that it is given."""

    def delay(self, *rows: Order) -> Any:
        return self.apply_async(([row.pk for row in rows],))


class Single(Task):
    def delay(self, row: Order) -> Any:
        return super().delay(row.pk)


class Logged(Task):
    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        return super().apply_async(args, kwargs, **options)


@app.task(base=Logged)
def logged(order: Any) -> None: ...


def overridden(order: Order, single: Single) -> None:
    single.delay(order)
    logged.apply_async((order,))  # E: task-model-arg
    logged.delay(order)  # E: task-model-arg


def put_together(order: Order, by_key: dict[int, Order], keys: dict[Order, str]) -> None:
    # a list or dict that is filled later holds what its type says
    arguments = []
    arguments.append(order)
    ship.apply_async(arguments)  # E: task-model-arg
    keywords = {}
    keywords["order"] = order
    ship.apply_async(kwargs=keywords)  # E: task-model-arg
    anything: list[Any] = []
    anything.append(order)
    ship.apply_async(anything)
    # options in a variable
    options: dict[str, Any] = {"args": (order,), "countdown": 3}
    ship.apply_async(**options)  # E: task-model-arg
    later: dict[str, Any] = {"countdown": 3}
    later["args"] = (order.pk,)
    ship.apply_async(**later)
    # a view of one half of a dict
    ship.delay(by_key.values())  # E: task-model-arg
    ship.delay(list(by_key))
    ship.delay(list(keys.values()))
    ship.map(by_key.keys())
    ship.map(by_key.items())  # E: task-model-arg


def beside_what_is_not_known(order: Order, anything: Any, more: dict[str, Any]) -> None:
    ship.delay([anything, order])  # E: task-model-arg
    ship.delay({"any": anything, "order": order})  # E: task-model-arg
    ship.delay({**more, "order": order})  # E: task-model-arg
    ship.delay({**more, "order": order.pk})
    ship.delay(order if anything else anything)  # E: task-model-arg


class LoggedBase(Task):
    """Hands on what it is given, on both sides; nobody has annotated it."""

    def __call__(self, *args, **kwargs):
        return super().__call__(*args, **kwargs)

    def apply_async(self, args=None, kwargs=None, **options):
        return super().apply_async(args, kwargs, **options)


class LoadingBase(Task):
    def __call__(self, pk, *args, **kwargs):
        return super().__call__(Order.objects.get(pk=pk), *args, **kwargs)

    def apply_async(self, args=None, kwargs=None, **options):
        return super().apply_async((args[0].pk, *args[1:]), kwargs, **options)


@app.task(base=LoggedBase)
def handed_on(order: Any) -> None: ...


@app.task(base=LoadingBase)
def loading(order: Order) -> None: ...


def with_bases(order: Order) -> None:
    handed_on.delay(order)  # E: task-model-arg
    handed_on.apply_async((order,))  # E: task-model-arg
    handed_on.s(order)  # E: task-model-arg
    loading.delay(order)
    loading.apply_async((order,))
