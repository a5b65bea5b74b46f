"""Which loops run a piece of code again and again, and over what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mypy import nodes
from mypy.nodes import Expression, Node

from mypy_deckrules.facts.position import Position
from mypy_deckrules.facts.reaching import Comprehension


@dataclass(frozen=True, slots=True)
class Loop:
    """A ``for`` statement, or one ``for`` of a comprehension.

    Attributes:
        node: the statement or comprehension.
        index: what is bound in each turn.
        iterated: what it is over.
    """

    node: nodes.ForStmt | nodes.GeneratorExpr | nodes.DictionaryComprehension
    index: Expression
    iterated: Expression


def loops_around(position: Position) -> Iterator[Loop]:
    """The loops that run a node once in each of their turns, the innermost first; of the function that runs it."""
    for holder, held in position.within_function():
        if isinstance(holder, nodes.ForStmt):
            if held is holder.body and not _ends_at_once(holder.body):
                yield Loop(holder, holder.index, holder.expr)
        elif isinstance(holder, Comprehension):
            yield from reversed(list(_turned(holder, held)))


def _turned(holder: nodes.GeneratorExpr | nodes.DictionaryComprehension, held: Node) -> Iterator[Loop]:
    """The loops of a comprehension that are run for ``held``: those before it, if it is itself what one is over."""
    for index, iterated in zip(holder.indices, holder.sequences, strict=True):
        if held is iterated:
            return
        yield Loop(holder, index, iterated)


def _ends_at_once(body: nodes.Block) -> bool:
    """Whether the first turn is always the last."""
    return isinstance(body.body[-1], nodes.BreakStmt | nodes.ReturnStmt | nodes.RaiseStmt)
