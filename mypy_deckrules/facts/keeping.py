"""Answers that are kept while mypy is at work on a module: many calls of a module ask the same.

What is kept may rest on what the semantic analysis and the learning of modules tell, and not on the types that mypy
infers later.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar, TypeVarTuple

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

_answers: dict[Hashable, object] = {}


def kept(answer: Callable[[*Ts], R]) -> Callable[[*Ts], R]:
    """Keep what a function answers, by its arguments, until mypy begins another module.

    Args:
        answer: a function whose arguments can be hashed.
    """

    @wraps(answer)
    def kept_answer(*args: *Ts) -> R:
        key = (answer, args)
        try:
            return _answers[key]  # type: ignore[return-value]
        except KeyError:
            answered = _answers[key] = answer(*args)
            return answered

    return kept_answer


def forget() -> None:
    """Begin anew: mypy begins a module, and what is learnt of it changes what is answered."""
    _answers.clear()
