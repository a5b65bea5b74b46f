"""What is reported of a call agrees with what Python says of it: ``inspect.signature(task.run).bind(...)``.

Tasks with random parameters are called at random, in every construct that takes the arguments of a task, and all calls
are checked by one run of mypy. ``delay`` and ``si`` are mypy's own to report, with the parameters that the plugin gives
back to the task.
"""

from __future__ import annotations

import inspect
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from celery import Celery
from mypy import api

SEED = 20240611
TASKS = 150
CALLS_PER_TASK = 8
DECORATORS = ("@app.task", "@app.task()", "@app.task(bind=True)", "@shared_task", "@shared_task(bind=True)")
RESULT = object()
HEADER = """
from celery import Celery, Signature, chain, chord, group, shared_task, signature
from typing import Any

app = Celery("shop", set_as_current=False)

@app.task
def before() -> Any: ...
"""


@dataclass(frozen=True)
class Arguments:
    """What a call gives a task."""

    args: tuple[object, ...]
    kwargs: dict[str, int]

    @property
    def starred(self) -> str:
        return ", ".join([*map(repr, self.args), *(f"{name}={value}" for name, value in self.kwargs.items())])

    def after(self, *args: object) -> Arguments:
        """The same with others in front."""
        return Arguments((*args, *self.args), self.kwargs)

    def fit(self, signature: inspect.Signature, *, partly: bool = False) -> bool:
        try:
            (signature.bind_partial if partly else signature.bind)(*self.args, **self.kwargs)
        except TypeError:
            return False
        return True


@dataclass(frozen=True)
class Construct:
    """One way to hand over arguments.

    Attributes:
        template: the call; ``{task}``, ``{starred}``, ``{args}`` and ``{kwargs}`` are filled in.
        fits: whether Celery can run the task with it.
    """

    template: str
    fits: Callable[[inspect.Signature, Arguments], bool]

    def written(self, task: str, given: Arguments) -> str:
        return self.template.format(task=task, starred=given.starred, args=given.args, kwargs=given.kwargs)


def whole(signature: inspect.Signature, given: Arguments) -> bool:
    return given.fit(signature)


def after_result(signature: inspect.Signature, given: Arguments) -> bool:
    return given.after(RESULT).fit(signature)


def in_two(signature: inspect.Signature, given: Arguments) -> bool:
    """``s(...)`` with the arguments, and one more in front when it is sent."""
    return given.fit(signature, partly=True) and given.after(1).fit(signature)


def part(signature: inspect.Signature, given: Arguments) -> bool:
    return given.fit(signature, partly=True) or given.after(RESULT).fit(signature, partly=True)


def rest(signature: inspect.Signature, given: Arguments) -> bool:
    return given.fit(signature) or given.after(RESULT).fit(signature)


CONSTRUCTS = (
    Construct("{task}.delay({starred})", whole),
    Construct("{task}.si({starred})", whole),
    Construct("{task}.apply_async({args}, {kwargs})", whole),
    Construct("{task}.apply_async(args=list({args}), kwargs={kwargs}, countdown=1)", whole),
    Construct("{task}.signature({args}, {kwargs}, immutable=True)", whole),
    Construct("{task}.s({starred}).delay()", whole),
    Construct("{task}.s({starred}).apply_async()", whole),
    Construct("{task}.s().delay({starred})", whole),
    Construct("{task}.s().apply_async({args}, {kwargs})", whole),
    Construct("{task}.s().clone({args}, {kwargs}).delay()", whole),
    Construct("chain({task}.s({starred}), before.si()).delay()", whole),
    Construct("({task}.s({starred}) | before.si())()", whole),
    Construct("chain({task}.s(), before.si()).delay({starred})", whole),
    Construct("group({task}.s({starred}), before.si()).delay()", whole),
    Construct('app.send_task("program.{task}", {args}, {kwargs})', whole),
    Construct('app.send_task(name="program.{task}", args={args}, kwargs={kwargs})', whole),
    Construct("{task}.s({starred}).delay(1)", in_two),
    Construct("{task}.s({starred})", part),
    Construct("{task}.signature({args}, {kwargs})", rest),
    Construct("{task}.subtask({args}, {kwargs})", rest),
    Construct("Signature({task}, {args}, {kwargs})", rest),
    Construct('signature("program.{task}", {args}, {kwargs})', rest),
    Construct("chain(before.s(), {task}.s({starred}))", after_result),
    Construct("before.s() | {task}.s({starred})", after_result),
    Construct("before.apply_async(link={task}.s({starred}))", after_result),
    Construct("before.s().link({task}.s({starred}))", after_result),
    Construct("chord([before.s()])({task}.s({starred}))", after_result),
    Construct("chord([before.s()], {task}.s({starred}))", after_result),
    Construct("group(before.s(), before.s()) | {task}.s({starred})", after_result),
)


def parameters(rng: random.Random) -> str:
    """The parameters of a ``def``, of every kind that Python has."""
    names = iter("abcdef")
    positional = [next(names) for _ in range(rng.randrange(4))]
    required = rng.randint(0, len(positional))
    shown = [name if i < required else f"{name}=0" for i, name in enumerate(positional)]
    if shown and rng.random() < 0.3:
        shown.insert(rng.randint(1, len(shown)), "/")
    keyword_only = [f"{next(names)}{rng.choice(('', '=0'))}" for _ in range(rng.choice((0, 0, 1, 2)))]
    if rng.random() < 0.25:
        shown.append("*args")
    elif keyword_only:
        shown.append("*")
    shown += keyword_only
    if rng.random() < 0.2:
        shown.append("**kwargs")
    return ", ".join(shown)


def definition(rng: random.Random, name: str) -> str:
    taken = parameters(rng)
    decorator = rng.choice(DECORATORS)
    itself = ["self"] if "bind" in decorator else []
    return f"{decorator}\ndef {name}({', '.join([*itself, *filter(None, [taken])])}): ...\n"


def arguments(rng: random.Random, signature: inspect.Signature) -> Arguments:
    """Arguments that fit about as often as not."""
    taken = signature.parameters.values()
    positional = [one for one in taken if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    count = max(0, len(positional) - rng.choice((0, 0, 1, 1, 2)) + rng.choice((0, 0, 0, 0, 1)))
    left = [one for one in [*positional[count:], *taken] if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
    names = [
        one.name
        for one in left
        if one not in positional[:count] and rng.random() < (0.4, 0.9)[one.default is one.empty]
    ]
    if rng.random() < 0.15:  # one that is unknown, given twice, or positional only
        names.append(rng.choice(["unknown", *(one.name for one in positional)]))
    if any(one.kind is one.VAR_KEYWORD for one in taken):
        # f(a=1) is good for def f(a, /, **kwargs), but not for inspect.signature(f).bind in all versions of Python.
        names = [name for name in names if name not in (one.name for one in taken if one.kind is one.POSITIONAL_ONLY)]
    return Arguments(tuple(range(1, count + 1)), dict.fromkeys(names, 1))


def program(rng: random.Random) -> Iterator[tuple[str, bool | None, str]]:
    """(source, whether the call in it fits, a description) of each definition and each call."""
    definitions = [(f"task_{i}", definition(rng, f"task_{i}")) for i in range(TASKS)]
    source = HEADER + "".join(text for _, text in definitions)
    module: dict[str, Any] = {"__name__": "program"}
    exec(source.replace("@shared_task", "@app.task"), module)  # shared tasks would stay with all apps of this process
    assert isinstance(module["app"], Celery)
    yield source, None, ""
    for name, text in definitions:
        signature = inspect.signature(module[name].run)
        for _ in range(CALLS_PER_TASK):
            construct, given = rng.choice(CONSTRUCTS), arguments(rng, signature)
            call = construct.written(name, given)
            yield f"{call}\n", construct.fits(signature, given), f"{call}  # {text.splitlines()[1]}"


def test_verdicts_agree_with_bind(tmp_path: Path, monkeypatch: Any) -> None:
    rng = random.Random(SEED)
    source = ""
    calls: dict[int, tuple[bool, str]] = {}
    for text, fits, description in program(rng):
        if fits is not None:
            calls[source.count("\n") + 1] = fits, description
        source += text
    assert len(calls) >= 500
    monkeypatch.chdir(tmp_path)
    Path("program.py").write_text(source)
    Path("mypy.ini").write_text("[mypy]\nplugins = mypy_deckrules\n[mypy.plugins.deckrules]\nselect = task-signature\n")
    output, errors, _ = api.run(["--cache-dir=/dev/null", "program.py"])
    assert errors == ""
    assert "deck-internal" not in output
    reported = {int(line) for line in re.findall(r"^program\.py:(\d+): error: .*\[", output, re.MULTILINE)}
    assert reported <= calls.keys(), output
    wrong = [
        f"{'fits, and is reported' if fits else 'does not fit, and is not reported'}: {description}"
        for line, (fits, description) in calls.items()
        if fits is (line in reported)
    ]
    assert wrong == [], "\n".join(wrong)
    assert 0.3 < sum(fits for fits, _ in calls.values()) / len(calls) < 0.8
