# select: task-signature, task-model-arg, task-json-arg
"""Results on their way to the next task: chains, groups, chords, callbacks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NoReturn, TypedDict

import celery
from celery import Celery, Signature, Task, chain, chord, group, shared_task, signature
from celery.canvas import _chain

app = Celery("other")


class Totals(TypedDict):
    net: int
    gross: int


@shared_task
def load(order: int) -> str:
    return ""


@shared_task
def count() -> int:
    return 1


@shared_task
def save(text: str) -> None: ...


@shared_task
def save_to(text: str, folder: str) -> str:
    return ""


@shared_task
def add(a: int, b: int = 0) -> int:
    return a + b


@shared_task
def no_room() -> int:
    return 1


@shared_task
def named(*, text: str = "") -> None: ...


@shared_task
def many(*texts: str) -> None: ...


@shared_task
def anything(value: Any) -> Any: ...


@shared_task
def unannotated(value): ...


@shared_task
def untyped_result(order: int):
    return order


@shared_task
def total(numbers: list[int]) -> int:
    return sum(numbers)


@shared_task
def totals(order: int) -> Totals:
    return {"net": 1, "gross": 2}


@shared_task
def show(values: dict[str, int]) -> None: ...


@shared_task
def show_any(values: dict[str, Any]) -> None: ...


@shared_task
def pair(order: int) -> tuple[int, int]:
    return 1, 2


@shared_task
def floats(numbers: Sequence[float]) -> None: ...


@shared_task
def when(order: int) -> datetime.datetime: ...


@shared_task
def at(moment: datetime.datetime | None) -> None: ...


@shared_task
def maybe(order: int) -> int | None: ...


@shared_task
def fails(order: int) -> NoReturn:
    raise ValueError


@app.task(bind=True)
def bound(self: Task[Any, Any], text: str, note: str = "") -> int:
    return 1


class Save(Task):
    def run(self, text: str) -> int:
        return 1


save_class = app.register_task(Save())


# the operator


def operator() -> None:
    load.s(1) | save.s()
    load.s(1) | save_to.s("folder")
    load.s(1) | add.s()  # E: task-signature "result"
    count.s() | save.s()  # E: task-signature
    count.s() | add.s()
    count.s() | add.s(b=2)
    count.s() | add.s(2)
    count.s() | add.s(1, 2)  # E: task-signature "no parameter left"
    count.s() | add.s(a=1)  # E: task-signature "no parameter left"
    count.s() | no_room.s()  # E: task-signature "no parameter left"
    count.s() | no_room.si()
    count.s() | named.s()  # E: task-signature
    count.s() | many.s()  # E: task-signature
    load.s(1) | many.s("x")
    load.s(1) | save_to.s()  # E: task-signature "parameter "
    load.s(1) | save_to.s(folder="x")
    load.s(1) | save_to.s(text="x")  # E: task-signature
    load.s(1) | save_to.s(1)  # E: task-signature
    load.s(1) | bound.s()
    count.s() | bound.s()  # E: task-signature
    load.s(1) | save_class.s()
    count.s() | save_class.s()  # E: task-signature
    save.s("x") | add.s()  # E: task-signature
    save.s("x") | no_room.si()
    count.s() | anything.s()
    anything.s(1) | add.s()
    untyped_result.s(1) | add.s()
    untyped_result.s(1) | no_room.s()  # E: task-signature
    count.s() | unannotated.s()
    count.s() | unannotated.s(1)  # E: task-signature
    fails.s(1) | add.s()
    maybe.s(1) | add.s()
    maybe.s(1) | save.s()  # E: task-signature
    when.s(1) | at.s()
    load.s(1) | at.s()  # E: task-signature
    load.s(1) | save.si("x")
    load.s(1) | add.si(1)
    load.s(1) | save.signature()
    load.s(1) | add.signature()  # E: task-signature
    load.s(1) | add.signature((1,), immutable=True)
    load.s(1) | add.s(1).set(immutable=True)
    load.s(1) | add.s().set(countdown=3)  # E: task-signature
    load.s(1) | signature("elsewhere.task")
    load.s(1) | signature("task_dispatch.results_handed_on.save")
    load.s(1) | signature("task_dispatch.results_handed_on.add")  # E: task-signature
    signature("elsewhere.task") | add.s()
    signature("task_dispatch.results_handed_on.load", (1,)) | add.s()  # E: task-signature


def longer() -> None:
    count.s() | add.s(1) | add.s(2) | load.s() | save.s()
    count.s() | add.s(1) | save.s() | load.si(1)  # E: task-signature
    count.s() | load.s() | add.s() | load.s() | save.s()  # E: task-signature
    (count.s() | load.s()) | (save_to.s("x") | save.s())
    (count.s() | load.s()) | (add.s() | load.s())  # E: task-signature
    (
        count.s()
        | load.s()
        | add.s()  # E: task-signature
        | load.s()
    )()


def sent() -> None:
    (count.s() | save.s()).delay()  # E: task-signature
    (count.s() | add.s())()
    (count.s() | add.s()).apply_async()
    (load.s() | save.s()).delay(1)
    (load.s() | save.s()).delay("x")  # E: task-signature
    (load.s() | save.s()).delay()  # E: task-signature
    (load.s(1) | save.s()).delay(1)  # E: task-signature
    (load.s() | save.s())(1)
    (load.s() | save.s())("x")  # E: task-signature
    (load.s() | save.s()).apply_async((1,))
    (load.s() | save.s()).apply_async(("x",))  # E: task-signature
    chain(load.s(), save.s()).delay("x")  # E: task-signature
    chain(load.s(), save.s())("x")  # E: task-signature
    chain(load.s(), save.s())()  # E: task-signature
    chain(load.s(), save.s())(1)


# chain()


def chains(flag: bool) -> None:
    chain(load.s(1), save.s())
    chain(load.s(1), add.s())  # E: task-signature
    chain([load.s(1), add.s()])  # E: task-signature
    chain((load.s(1), add.s()))  # E: task-signature
    chain(load.s(1), save_to.s("x"), save.s(), no_room.si())
    chain(load.s(1), save_to.s("x"), add.s(), load.s())  # E: task-signature
    chain(load.s(1) | save_to.s("x"), add.s())  # E: task-signature
    chain(load.s(1), chain(save_to.s("x"), add.s()))  # E: task-signature
    chain(load.s(1), chain(add.s(), load.s()))  # E: task-signature
    chain(add.s(i) for i in range(3))
    chain(*[add.s(i) for i in range(3)])
    chain(load.s(1))
    chain()
    _chain(load.s(1), add.s())  # E: task-signature
    celery.chain(load.s(1), add.s())  # E: task-signature
    chain(load.s(1), save.si("x") if flag else add.si(1))
    steps = [load.s(1), save.s()]
    steps.append(no_room.si())
    chain(*steps)
    chain(steps)


def variables() -> None:
    first = load.s(1)
    second = add.s()
    chain(first, second)  # E: task-signature
    first | second  # E: task-signature
    flow = first | save_to.s("x")
    flow | add.s()  # E: task-signature
    flow | save.s()
    job = load.s(1)
    job |= save_to.s("x")
    job | save.s()
    other = count.s()
    other |= load.s()
    other | save.s()
    third = add.s(1, 2)
    third.set_immutable(True)
    first | third
    fourth = add.s(1, 2)
    fourth.set(immutable=True)
    first | fourth


def unknown(job: Signature[Any], text: Signature[str], number: Signature[int]) -> None:
    job | add.s()
    text | save.s()
    text | add.s()  # E: task-signature
    number | add.s()
    number | job
    chain(number, save.s())  # E: task-signature
    chain(job, save.s())
    job | no_room.s()  # E: task-signature


# groups and chords


def groups(numbers: list[int], jobs: list[Signature[int]], mixed: list[Signature[Any]]) -> None:
    group(count.s(), count.s()) | total.s()
    group(count.s(), count.s()) | add.s()  # E: task-signature "list"
    group(load.s(1), load.s(2)) | total.s()  # E: task-signature
    group(load.s(1), count.s()) | total.s()  # E: task-signature
    group(add.s(i, i) for i in numbers) | total.s()
    group(add.s(i, i) for i in numbers) | add.s()  # E: task-signature
    group([add.s(i, i) for i in numbers]) | save.s()  # E: task-signature
    group(jobs) | total.s()
    group(jobs) | add.s()  # E: task-signature
    group(mixed) | total.s()
    group(mixed) | add.s()  # E: task-signature
    group(count.s(), count.s()) | anything.s()
    group(count.s(), count.s()) | floats.s()
    group(count.s(), count.s()) | no_room.si()
    group(count.s(), count.s()) | no_room.s()  # E: task-signature
    count.s() | group(add.s(1), add.s(2))
    count.s() | group(add.s(1), save.s())  # E: task-signature
    count.s() | group(add.s(1), add.s(2)) | total.s()
    count.s() | group(add.s(1), add.s(2)) | add.s()  # E: task-signature
    count.s() | group(add.s(1)) | add.s()
    group(add.s(1), add.s(2))(3)
    group(add.s(1), add.s(2))("x")  # E: task-signature
    group(add.s(), add.s()).delay()  # E: task-signature


def chords(numbers: list[int], jobs: list[Signature[int]]) -> None:
    chord([add.s(i, i) for i in numbers])(total.s())
    chord([add.s(i, i) for i in numbers])(add.s())  # E: task-signature
    chord((add.s(i, i) for i in numbers), total.s())
    chord((add.s(i, i) for i in numbers), add.s())  # E: task-signature
    chord([load.s(1), load.s(2)], total.s())  # E: task-signature
    chord([add.s(1, 2)], total.s())
    chord([add.s(1, 2)], add.s())  # E: task-signature
    chord(group(add.s(1, 2), add.s(3, 4)), total.s())
    chord(group(add.s(1, 2), add.s(3, 4)), body=save.s())  # E: task-signature
    chord(header=[add.s(1, 2)], body=total.s())
    chord(jobs)(total.s())
    chord(jobs)(save.s())  # E: task-signature
    chord(jobs, total.s() | load.s() | save.s())
    chord(jobs, add.s() | load.s())  # E: task-signature
    chord(jobs, no_room.si())
    chord(jobs)(no_room.si())
    chord(jobs)
    body = total.s()
    chord(jobs)(body)
    wrong = add.s()
    chord(jobs)(wrong)  # E: task-signature
    chord(jobs, total.s()) | load.s()
    chord(jobs, total.s()) | save.s()  # E: task-signature
    tasks = []
    for number in numbers:
        tasks.append(add.s(number, number))
    chord(tasks)(total.s())
    chord(tasks)(add.s())  # E: task-signature


# link=


def links(number: Signature[int]) -> None:
    load.apply_async((1,), link=save.s())
    load.apply_async((1,), link=add.s())  # E: task-signature
    load.apply_async((1,), link=[save.s(), add.s()])  # E: task-signature
    load.apply_async((1,), link=save.si("x"))
    load.apply_async((1,), link=add.si(1))
    load.apply_async((1,), link=save_to.s("x"))
    load.apply_async((1,), link=no_room.s())  # E: task-signature
    load.apply_async((1,), link_error=no_room.s())
    load.apply_async((1,), link=save_to.s("x") | save.s())
    load.apply_async((1,), link=add.s() | load.s())  # E: task-signature
    load.apply_async((1,), link=chain(add.s(), load.s()))  # E: task-signature
    load.signature((1,), link=add.s())  # E: task-signature
    load.s(1).link(save.s())
    load.s(1).link(add.s())  # E: task-signature
    load.s(1).apply_async(link=add.s())  # E: task-signature
    load.s(1).set(link=add.s())  # E: task-signature
    load.s(1).link_error(no_room.s())
    number.link(add.s())
    number.link(save.s())  # E: task-signature
    job = load.s(1)
    job.link(save.s())
    job.link(add.s())  # E: task-signature
    app.send_task("task_dispatch.results_handed_on.load", (1,), link=save.s())
    app.send_task("task_dispatch.results_handed_on.load", (1,), link=add.s())  # E: task-signature
    app.send_task("elsewhere.load", (1,), link=add.s())
    load.apply_async((1,), link=None)


def set_later() -> None:
    body = add.s(1, 2).set(countdown=3, immutable=True)
    chord([count.s()], body=body)
    chord([count.s()])(body)
    load.s(1) | body
    chain(load.s(1), body)
    load.apply_async((1,), link=body)
    load.apply_async((1,), link=[save.s(), body])
    other = add.s(1, 2).set(countdown=3)
    chord([count.s()], body=other)  # E: task-signature
    chain(load.s(1), other.clone())  # E: task-signature


# what arrives is a copy, by way of JSON


def copies() -> None:
    totals.s(1) | show.s()
    totals.s(1) | show_any.s()
    totals.s(1) | add.s()  # E: task-signature
    pair.s(1) | total.s()
    pair.s(1) | floats.s()
    pair.s(1) | save.s()  # E: task-signature


# one report each


def once() -> None:
    count.s() | add.s("x", "y")  # E: task-signature, task-signature
    count.s() | add.s(1, 2, 3)  # E: task-signature
    count.s() | load.s("x")  # E: task-signature
