"""The arguments that are sent do not fit the task.

## What it does
Reports arguments that the task cannot be called with: too many, too few, an unknown keyword, a type that is not the
parameter's; in `apply_async`, `signature`, `s`, `retry`, `map`, `starmap`, `chunks`, `apply_async_on_commit`, in
`delay`, `apply_async` and `clone` of a signature, and in `send_task` and `celery.signature` with the literal name of a
task that mypy sees. `s(...)` and `signature(...)` may leave out what comes later: the result of the task before, which
Celery puts in front.

Also reports where a result goes to a task that cannot take it: in `f.s() | g.s()`, `chain`, `chord` and `link=`.

## Why is this bad?
The type stubs have `Any` for all of these, so mypy says nothing. Celery looks at the number and the names of the
arguments, and raises a `TypeError`, in `delay` and `apply_async` of a task that it has the function of; else, and for a
wrong type always, it is the worker that fails, later and somewhere else.

## Example
```python
from celery import shared_task

@shared_task
def ship(order_id: int, express: bool = False) -> str: ...

@shared_task
def notify(address: str) -> None: ...

ship.apply_async(args=("17",), kwargs={"expres": True})
(ship.s(17) | notify.s("a@example.com")).delay()
```

## Use instead
```python
from celery import shared_task

@shared_task
def ship(order_id: int, express: bool = False) -> str: ...

@shared_task
def notify(address: str) -> None: ...

ship.apply_async(args=(17,), kwargs={"express": True})
(ship.s(17) | notify.si("a@example.com")).delay()
```

## Limits
What a signature holds is known where the code shows it: in the expression itself, or in a variable that is bound once.
`s(...)` is never reported for too little, since more can be added until it is sent. A task of `celery_batches` may be
sent anything, as its function takes a list of requests; a class `Clicks(Batches[[int], None])` says what.

## References
- Celery, "Canvas", "Partials": https://docs.celeryq.dev/en/stable/userguide/canvas.html#partials
- Celery, "Calling Tasks", "Linking": https://docs.celeryq.dev/en/stable/userguide/calling.html#linking-callbacks-errbacks
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mypy.messages import format_type_distinctly
from mypy.nodes import ARG_STAR2
from mypy.types import Type

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.dispatches import flow
from mypy_deckrules.facts.dispatches.contracts import Contract
from mypy_deckrules.facts.dispatches.dispatch import Dispatch
from mypy_deckrules.facts.dispatches.signatures import Problem, SignatureMisfit
from mypy_deckrules.facts.findings import Finding

FUNCTIONS = flow.FUNCTIONS
METHODS = flow.METHODS


def check_dispatch(dispatch: Dispatch) -> Iterator[Finding]:
    for taker, misfit in dispatch.misfits():
        value = misfit.value if misfit.value in dispatch.sent else None
        node = value.expr if value is not None else dispatch.call.node
        yield Finding(node, _message(dispatch.call, taker.contract, misfit))


def check_call(call: Call) -> Iterator[Finding]:
    for broken in flow.broken_handovers(call):
        contract, misfit = broken.taker.contract, broken.misfit
        task = _task(contract)
        if misfit.problem in (Problem.TOO_MANY, Problem.TWICE):
            message = (
                f"{task} has no parameter left for the result that it is given; use si(...) to leave the result out"
            )
        elif misfit.problem is Problem.TYPE and misfit.value is None:
            given, expected = _types(call, broken.result, misfit.expected)
            message = f"{task} is given a result of type {given}{_for(misfit)}, which takes {expected}"
        else:
            message = _message(call, contract, misfit)
        yield Finding(misfit.value.expr if misfit.value is not None else broken.expr, message)


def _message(call: Call, contract: Contract, misfit: SignatureMisfit) -> str:
    task = _task(contract)
    takes = f"it takes {_signature(contract)}"
    match misfit.problem:
        case Problem.TOO_MANY:
            return f"{task} is sent too many arguments; {takes}"
        case Problem.UNKNOWN:
            meant = _meant(misfit.parameter, contract)
            lacking = next((f' and is not sent "{name}"' for name in misfit.lacking if name != meant), "")
            way_out = f'did you mean "{meant}"?' if meant is not None else takes
            return f'{task} has no parameter "{misfit.parameter}"{lacking}; {way_out}'
        case Problem.TWICE:
            return f'{task} is sent its parameter "{misfit.parameter}" twice; {takes}'
        case Problem.MISSING:
            return f'{task} is not sent its parameter "{misfit.parameter}"; {takes}'
        case Problem.TYPE:
            assert misfit.value is not None
            given, expected = _types(call, misfit.value.type, misfit.expected)
            return f"{task} is sent {given}{_for(misfit)}, which takes {expected}"


def _task(contract: Contract) -> str:
    return f'Task "{contract.name}"' if contract.name is not None else "The task"


def _for(misfit: SignatureMisfit) -> str:
    return f' for parameter "{misfit.parameter}"' if misfit.parameter is not None else ""


def _types(call: Call, given: Type, expected: Type) -> tuple[str, str]:
    shown = format_type_distinctly(given, expected, options=call.api.options)
    return shown[0], shown[1]


def _signature(contract: Contract) -> str:
    """The parameters as they are written in a ``def``: ``(order_id, express=...)``."""
    shown: list[str] = []
    parameters = contract.parameters
    for name, kind in zip(parameters.arg_names, parameters.arg_kinds, strict=True) if parameters is not None else ():
        if kind.is_named() and not any(part.startswith("*") for part in shown):
            shown.append("*")
        stars = "*" * (kind.is_star() + (kind == ARG_STAR2))
        shown.append(f"{stars}{name or '_'}{'=...' if kind.is_optional() else ''}")
    return f"({', '.join(shown)})"


def _meant(keyword: str | None, contract: Contract) -> str | None:
    """The parameter that a keyword is most like."""
    names = [name for name in contract.parameters.arg_names if name] if contract.parameters is not None else []
    return next(iter(get_close_matches(keyword or "", names, 1)), None)
