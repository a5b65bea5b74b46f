"""Who finds out that arguments do not fit, and what a canvas adds to them: task-signature."""

from typing import Any

import celery
import pytest
from celery import chain, chord, group
from kombu.exceptions import EncodeError

from .app import add, add_unchecked, app, show, show_all
from .conftest import Worker

ADD = "tests.runtime.app.add"


@pytest.mark.parametrize(
    "send",
    [
        lambda: add.delay(1),
        lambda: add.delay(1, 2, 3),
        lambda: add.delay(1, 2, other=3),
        lambda: add.apply_async((1,)),
        lambda: add.apply_async([1, 2, 3]),  # type: ignore[arg-type] # celery-types know the tuple only
        lambda: add.apply_async((1,), {"other": 2}),
        lambda: add.apply_async(kwargs={"left": 1}),
        lambda: add.s(1).delay(),
        lambda: add.s(1).apply_async((2, 3)),
        lambda: add.si(1).delay(),
        lambda: add.signature((1, 2, 3)).delay(),
        lambda: add.s().clone((1,)).delay(),
        lambda: chain(add.s(1), show.s()).delay(),
        lambda: group(add.s(1), add.s(1, 2))(),
        lambda: app.signature(ADD, (1,)).delay(),
        lambda: celery.signature(ADD, (1,), app=app).apply_async(),
    ],
)
def test_sender_is_refused(worker: Worker, send: Any) -> None:
    """The sender knows the task and checks its signature."""
    with pytest.raises(TypeError, match=r"add\(\) (missing|takes|got)"):
        send()


@pytest.mark.parametrize(
    "send",
    [
        lambda: app.send_task(ADD, (1,)),
        lambda: add_unchecked.delay(1),
        lambda: chain(add.s(1, 2), add.s(3, 4)).delay(),
        lambda: add.map([1]).delay(),
        lambda: add.starmap([(1, 2, 3)]).delay(),
    ],
)
def test_worker_fails(worker: Worker, send: Any) -> None:
    """`send_task` knows a name only, `typing=False` checks nothing, and the later steps are checked in the worker."""
    result = send()
    while result.parent is not None:
        result = result.parent
    with pytest.raises(TypeError, match=r"add(_unchecked)?\(\) (missing|takes|got)"):
        worker.get(result)


def test_chunks_fail_in_the_worker(worker: Worker) -> None:
    sent: Any = add.chunks([(1, 2, 3)], 1).delay()
    [chunk] = sent
    with pytest.raises(TypeError, match=r"add\(\) takes"):
        worker.get(chunk)


def test_misfit_in_a_chain_fails_the_task_before_it(worker: Worker) -> None:
    """It has done its work, and counts as failed, as does the next one, which is never sent."""
    last: Any = chain(add.s(1, 2), add.s(3, 4)).delay()
    for result in (last.parent, last):
        with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
            worker.get(result)
    assert last.id not in worker.running.written()


@pytest.mark.parametrize("args", [{1}, "1", {"left": 1}, (x for x in [1])], ids=["set", "str", "dict", "generator"])
def test_args_are_a_tuple_or_a_list(worker: Worker, args: Any) -> None:
    with pytest.raises(TypeError, match="task args must be a list or tuple"):
        show.apply_async(args)


@pytest.mark.parametrize("args", [[1], (1,)], ids=["list", "tuple"])
def test_list_is_as_good_as_a_tuple(worker: Worker, args: Any) -> None:
    assert worker.get(show.apply_async(args)) == "1"


@pytest.mark.parametrize(
    ("canvas", "result"),
    [
        (lambda: chain(add.s(1, 2), add.s(3)), 6),
        (lambda: add.s(1, 2) | add.s(3), 6),
        (lambda: chain(add.s(1, 2), add.si(3, 4)), 7),
        (lambda: chain(add.s(1, 2), add.signature((3, 4), immutable=True)), 7),
        (lambda: chain(add.s(1, 2), show_all.s("a", b="c")), "((3, 'a'), {'b': 'c'})"),
        (lambda: chain(group(add.s(1, 2), add.s(3, 4)), show_all.s("a")), "(([3, 7], 'a'), {})"),
        (lambda: chord([add.s(1, 2), add.s(3, 4)], show_all.s()), "(([3, 7],), {})"),
        (lambda: chord([add.s(1, 2)], show_all.s()), "(([3],), {})"),
        (lambda: chord([add.s(1, 2)], show_all.si("a")), "(('a',), {})"),
        (lambda: add.s(2).clone((1,)), 3),
        (lambda: show_all.s(3).clone((1, 2)), "((1, 2, 3), {})"),
    ],
)
def test_result_is_put_before_the_arguments_of_the_next(worker: Worker, canvas: Any, result: Any) -> None:
    """But not of an immutable one; a group hands on a list."""
    assert worker.get(canvas().delay()) == result


def test_late_arguments_come_first(worker: Worker) -> None:
    assert worker.get(show_all.s("first given").delay("given last")) == "(('given last', 'first given'), {})"


def test_link_is_given_the_result(worker: Worker) -> None:
    add.apply_async((1, 2), link=show_all.s("linked"))
    worker.running.wait_for(r"show_all.* succeeded .*\(\(3, \\'linked\\'\), \{\}\)")


class TestMany:
    """`map`, `starmap` and `chunks`: what is iterated is listed, its items are the arguments."""

    @pytest.mark.parametrize(
        "items", [[1], {1}, (x for x in [1]), range(1, 2)], ids=["list", "set", "generator", "range"]
    )
    def test_items_alone_must_be_json(self, worker: Worker, items: Any) -> None:
        assert worker.get(show.map(items).delay()) == ["1"]

    def test_items_must_be_json(self, worker: Worker) -> None:
        for signature in (show.map([{1}]), show.starmap([({1},)]), show.chunks([({1},)], 1)):
            with pytest.raises(EncodeError):
                signature.delay()

    def test_arguments(self, worker: Worker) -> None:
        assert worker.get(show_all.map([(1, 2)]).delay()) == ["(([1, 2],), {})"]
        assert worker.get(show_all.starmap([(1, 2)]).delay()) == ["((1, 2), {})"]
        assert worker.get(show_all.chunks([(1, 2)], 1).delay()) == [["((1, 2), {})"]]


class TestCalled:
    """Which signatures send when they are called, and which run here."""

    @pytest.mark.parametrize(
        "signature",
        [
            lambda: add.s(1, 2),
            lambda: add.si(1, 2),
            lambda: add.signature((1, 2)),
            lambda: show.map([1]),
            lambda: add.starmap([(1, 2)]),
        ],
    )
    def test_runs_in_this_process(self, worker: Worker, signature: Any) -> None:
        assert not hasattr(signature()(), "id")

    @pytest.mark.parametrize(
        "signature",
        [
            lambda: chain(add.s(1, 2), show.s()),
            lambda: add.s(1, 2) | show.s(),
            lambda: group(add.s(1, 2)),
            lambda: chord([add.s(1, 2)], show.s()),
            lambda: add.chunks([(1, 2)], 1),
        ],
    )
    def test_is_sent(self, worker: Worker, signature: Any) -> None:
        assert signature()().id

    def test_task_runs_in_this_process(self, worker: Worker) -> None:
        assert show({1}) == show.run({1}) == show.apply(({1},)).get() == "{1}"
