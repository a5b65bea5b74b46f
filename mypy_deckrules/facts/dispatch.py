"""What a dispatch is: a call that hands arguments to the broker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mypy.nodes import Expression
from mypy.types import Type

from mypy_deckrules.facts.calls import Call


@dataclass(frozen=True, slots=True)
class SentArgument:
    """One value that goes to the broker.

    Attributes:
        parameter: the task's parameter it is for, None where that is not known.
        expr: what to point at; for an item of what ``map`` iterates, the iterable.
        type: the type of the value that is sent (of ``map``'s iterable, the item's).
    """

    parameter: str | None
    expr: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch, as ``RULES`` has the word.

    Attributes:
        call: the call itself.
        method: ``delay``, ``apply_async``, ``s``, ``send_task`` ...; ``__call__`` where a canvas is called.
        task: the full name of the task where it is known (``shop.tasks.ship``), else its name as Celery has it, else None.
        sends_now: whether it publishes at once, rather than building a signature or waiting for the commit.
        sent: the values that it hands over, those inside literal ``args=(...)`` and ``kwargs={...}`` one by one.
    """

    call: Call
    method: str
    task: str | None
    sends_now: bool
    sent: Sequence[SentArgument]
