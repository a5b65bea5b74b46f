# select: task-signature
from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, TypedDict, Unpack

from celery import Task, chain, chord, group, signature
from django.db import transaction

from teams.celery import app
from teams.tasks import based, bound, cls_task, many, named, nothing, one, total, two, typed, untyped
from teams.tasks import one as uno


def apply(pk: int, anything: Any, ids: list[int], opts: dict[str, Any], s: str) -> None:
    one.apply_async((pk,))
    one.apply_async([pk])
    one.apply_async(args=(pk,), countdown=3, queue="q")
    one.apply_async(kwargs={"pk": pk})
    one.apply_async()  # E: task-signature
    one.apply_async(())  # E: task-signature
    one.apply_async((pk, 2))  # E: task-signature
    one.apply_async(("x",))  # E: task-signature "pk"
    one.apply_async(("x",), {"pk": 1})  # E: task-signature
    one.apply_async(kwargs={"pk": "x"})  # E: task-signature
    one.apply_async(kwargs={"id": 1})  # E: task-signature
    one.apply_async(kwargs={"pk": 1, "extra": 1})  # E: task-signature
    one.apply_async((anything,))
    one.apply_async(anything)
    one.apply_async(kwargs=opts)
    one.apply_async(args=ids)
    one.apply_async(*ids)
    one.apply_async(args=None, kwargs=None)  # E: task-signature
    uno.apply_async((None,))  # E: task-signature
    uno.apply_async((True,))
    two.apply_async((1, "x"))
    two.apply_async((1,), {"name": "x"})
    two.apply_async((1, 2))  # E: task-signature
    two.apply_async((1, "x"), {"name": "x"})  # E: task-signature
    two.delay(1, "x")
    bound.apply_async((1,))
    bound.apply_async((1,), {"when": dt.datetime.now()})
    bound.apply_async((1,), {"when": "x"})  # E: task-signature
    bound.apply_async((1, 2))  # E: task-signature
    based.apply_async((1, ["a"]))
    based.apply_async((1, [1]))  # E: task-signature
    based.apply_async(("a", ["a"]))  # E: task-signature
    many.apply_async((1, 2, 3))
    many.apply_async((1, "a"))  # E: task-signature
    many.apply_async(kwargs={"a": "b"})
    many.apply_async(kwargs={"a": 1})  # E: task-signature
    typed.apply_async(({"a": 1, "b": "x"},))
    typed.apply_async(({"a": 1},))  # E: task-signature
    typed.apply_async(({"a": "1", "b": "x"},))  # E: task-signature
    typed.apply_async(({"a": 1, "b": "x", "c": 1},))  # E: task-signature
    typed.apply_async((opts,))
    typed.apply_async(({**opts},))
    typed.apply_async(({s: 1},))
    untyped.apply_async((1,))
    untyped.apply_async((1, 2, 3))  # E: task-signature
    untyped.apply_async()  # E: task-signature
    untyped.apply_async(kwargs={"c": 1, "a": 2})  # E: task-signature
    nothing.apply_async()
    nothing.apply_async((1,))  # E: task-signature
    nothing.apply_async(countdown=3)
    named.apply_async(("x",))  # E: task-signature
    cls_task.apply_async((1, True))
    cls_task.apply_async(("x",))  # E: task-signature
    one.apply_async_on_commit((1,))
    one.apply_async_on_commit(("x",))  # E: task-signature
    one.apply_async_on_commit(args=())  # E: task-signature


def sigs(pk: int, ids: list[int]) -> None:
    one.s(1)
    one.s()
    one.s("x")  # E: task-signature
    one.s(1, 2)  # E: task-signature
    one.s(pk="x")  # E: task-signature
    one.s(nope=1)  # E: task-signature
    two.s("x")
    two.s(name="x")
    two.s(1, "x", 3)  # E: task-signature
    one.signature((1,))
    one.signature(("x",))  # E: task-signature
    one.signature(kwargs={"no": 1})  # E: task-signature
    one.signature()
    one.si(1)
    signature("send.named", (1,))
    signature("teams.tasks.one", ("x",))  # E: task-signature
    signature("not.known", ("x",))
    app.send_task("teams.tasks.one", (1,))
    app.send_task("teams.tasks.one", ("x",))  # E: task-signature
    app.send_task("teams.tasks.one")  # E: task-signature
    app.send_task("teams.tasks.one", kwargs={"pk": 1})
    app.send_task(name="send.named", args=["x"])  # E: task-signature
    app.send_task("unknown.task", args=["x"])
    one.s().delay(1)
    one.s(1).delay()
    one.s().delay("x")  # E: task-signature
    one.s(1).delay(2)  # E: task-signature
    one.s().apply_async((1,))
    one.map([1, 2])
    one.map(["x"])  # E: task-signature
    two.starmap([(1, "a")])
    two.starmap([("a", 1)])  # E: task-signature, task-signature
    two.chunks([(1, "a")], 10)
    two.chunks(zip(ids, ids), 10)  # E: task-signature
    transaction.on_commit(partial(one.apply_async, (1,)))
    transaction.on_commit(partial(one.apply_async, ("x",)))  # E: task-signature
    transaction.on_commit(lambda: one.apply_async(("x",)))  # E: task-signature


def canvas(pk: int) -> None:
    one.s(1) | one.s()
    one.s(1) | two.s()
    two.s(1) | one.s()  # E: task-signature
    one.s(1) | nothing.s()  # E: task-signature
    one.s(1) | nothing.si()
    one.s(1) | one.s(2)  # E: task-signature
    one.s(1) | two.s("x")
    one.s(1) | two.s(1)  # E: task-signature
    chain(one.s(1), one.s(), two.s())
    chain(two.s(1), one.s())  # E: task-signature
    chain(two.s(1), one.si(3), one.s())
    group(one.s(1), one.s(2)) | total.s()
    group(one.s(1), one.s(2)) | one.s()  # E: task-signature
    group(two.s(1)) | total.s()  # E: task-signature
    chord([one.s(1), one.s(2)])(total.s())
    chord([one.s(1), one.s(2)], total.s())
    chord([one.s(1), one.s(2)])(one.s())  # E: task-signature
    chord([two.s(1)], total.s())  # E: task-signature
    chord((one.s(i) for i in range(3)), total.s())
    chord(group(one.s(i) for i in range(3)), one.s())  # E: task-signature
    one.apply_async((1,), link=one.s())
    one.apply_async((1,), link=two.s("x"))
    two.apply_async((1,), link=one.s())  # E: task-signature
    one.apply_async((1,), link=[one.s(), nothing.si()])
    one.apply_async((1,), link_error=two.s())
    chain(untyped.s(1), one.s())
    chain(one.s(1), untyped.s())
    chain(one.s(1), untyped.s(1))
    chain(one.s(1), untyped.s(1, 2))  # E: task-signature
    (one.s(1) | one.s()).apply_async()
    nothing.s() | one.s()  # E: task-signature


class Shop:
    task = one

    def go(self) -> None:
        self.task.apply_async(("x",))  # E: task-signature
        self.task.apply_async((1,))


@app.task(bind=True, max_retries=3)
def retrying(self: Task[..., Any], pk: int, name: str = "") -> None:
    try:
        nothing()
    except Exception as exc:
        raise self.retry(exc=exc, countdown=3)
    self.retry(args=(1, "x"))
    self.retry(args=("x",))  # E: task-signature
    self.retry(kwargs={"pk": 1, "nope": 2})  # E: task-signature
    self.retry(args=(1,), kwargs={"name": "b"}, countdown=2)
    self.apply_async((1,))
    self.apply_async(("x",))  # E: task-signature
    retrying.apply_async((pk, 3))  # E: task-signature


class Opts(TypedDict):
    pk: int


def unpack(**kw: Unpack[Opts]) -> None:
    one.apply_async(kwargs=kw)
    two.apply_async(kwargs={**kw, "name": 3})  # E: task-signature
    two.apply_async(kwargs={**kw, "name": "x"})
    args = (1, 2)
    one.apply_async(args)  # E: task-signature
    kwargs = {"pk": "x"}
    one.apply_async(kwargs=kwargs)  # E: task-signature
    lst = [1]
    one.apply_async(lst)
    one.apply_async([*lst])
    one.apply_async(tuple(lst))
