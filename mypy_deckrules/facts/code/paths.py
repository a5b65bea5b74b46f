"""What a function does, one path after the other: which nodes can run after which in the same call.

``follow`` runs over a function's body in the order of evaluation and carries a set of facts along. Branches that
exclude each other (``if``, ``match``, a conditional expression, a ``try`` and its ``except``) each start with the facts
from before them, and what comes after starts with the facts of all that get there; after ``a and b``, both have run
where it held; a path ends with ``return``, ``raise``, ``break``, ``continue``, ``assert False`` and a call that never
returns. The body of a loop is run once. What is only defined (functions, lambdas, classes) is not entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mypy import nodes, patterns
from mypy.checker import TypeChecker
from mypy.nodes import Block, Expression, Node, Statement
from mypy.types import UninhabitedType, get_proper_type

from mypy_deckrules.facts.code.tree import children

T = TypeVar("T")

Step = Callable[[Node, frozenset[T]], frozenset[T]]
"""Given a node, after all that is evaluated for it, and the facts of the paths that lead there: the facts after it."""

Assume = Callable[[Expression, bool, frozenset[T]], frozenset[T]]
"""Given a condition, whether it holds, and the facts after it: those of the paths on which it is so."""


def never_returns(api: TypeChecker, expr: Expression) -> bool:
    """Whether mypy has found that an expression never gives control back: ``sys.exit()``, any ``NoReturn``."""
    return api.has_type(expr) and isinstance(get_proper_type(api.lookup_type(expr)), UninhabitedType)


def follow(
    body: Block,
    step: Step[T],
    never_returns: Callable[[Expression], bool] = lambda expr: False,
    assume: Assume[T] = lambda condition, holds, facts: facts,
) -> None:
    """Call ``step`` for each node of a function's body that a path reaches.

    Assignments, ``for`` and ``with`` statements get their step when they bind their targets.

    Args:
        step: is told the node and the facts before it, and returns those after it.
        never_returns: whether an expression that stands as a statement never gives control back.
        assume: is told of each condition, of ``not``, ``and`` and ``or`` each part, on both its ways.
    """
    _Walk(step, never_returns, assume).block(body, frozenset())


def leaves(api: TypeChecker, block: Block) -> bool:
    """Whether no path comes to the end of a block: each returns, raises, or leaves the turn of a loop."""

    def step(node: Node, before: frozenset[Node]) -> frozenset[Node]:
        return before

    walk = _Walk(step, lambda expr: never_returns(api, expr), lambda condition, holds, facts: facts)
    return walk.block(block, frozenset()) is None


@dataclass
class _Loop(Generic[T]):
    """The facts of the paths that leave a turn of a loop early."""

    breaks: list[frozenset[T]] = field(default_factory=list)
    continues: list[frozenset[T]] = field(default_factory=list)


class _Walk(Generic[T]):
    """One run over a body. ``None`` stands for the facts of a place that no path reaches."""

    def __init__(self, step: Step[T], never_returns: Callable[[Expression], bool], assume: Assume[T]) -> None:
        self.step = step
        self.never_returns = never_returns
        self.assume = assume
        self.loops: list[_Loop[T]] = []

    # --- statements

    def block(self, block: Block | None, facts: frozenset[T] | None) -> frozenset[T] | None:
        if block is None:
            return facts
        if block.is_unreachable:
            return None
        for statement in block.body:
            if facts is None:
                return None
            facts = self.statement(statement, facts)
        return facts

    def statement(self, statement: Statement, facts: frozenset[T]) -> frozenset[T] | None:
        match statement:
            case Block():
                return self.block(statement, facts)
            case nodes.IfStmt(expr=conditions, body=bodies, else_body=last):
                ends = []
                for condition, body in zip(conditions, bodies, strict=True):
                    held, facts = self.condition(condition, facts)
                    ends.append(self.block(body, held))
                return _joined([*ends, self.block(last, facts)])
            case nodes.WhileStmt(expr=condition, body=body, else_body=last):
                held, facts = self.condition(condition, facts)
                unending = isinstance(condition, nodes.NameExpr) and condition.fullname == "builtins.True"
                return self.loop(None if unending else facts, held, body, last)
            case nodes.ForStmt(expr=iterated, body=body, else_body=last):
                facts = self.expression(iterated, facts)
                return self.loop(facts, self.step(statement, facts), body, last)
            case nodes.TryStmt():
                return self.try_statement(statement, facts)
            case nodes.WithStmt(expr=contexts, body=body):
                return self.block(body, self.step(statement, self.expressions(contexts, facts)))
            case nodes.MatchStmt():
                return self.match_statement(statement, facts)
            case nodes.ReturnStmt() | nodes.RaiseStmt():
                self.step(statement, self.expressions(children(statement), facts))
                return None
            case nodes.AssertStmt(expr=nodes.NameExpr(fullname="builtins.False")):
                self.step(statement, self.expressions(children(statement), facts))
                return None
            case nodes.BreakStmt():
                self.leave(lambda loop: loop.breaks, facts)
                return None
            case nodes.ContinueStmt():
                self.leave(lambda loop: loop.continues, facts)
                return None
            case nodes.AssignmentStmt(lvalues=targets, rvalue=value):
                return self.step(statement, self.expressions([value, *targets], facts))
            case nodes.OperatorAssignmentStmt(lvalue=target, rvalue=value):
                return self.step(statement, self.expressions([target, value], facts))
            case nodes.ExpressionStmt(expr=expr):
                after = self.step(statement, self.expression(expr, facts))
                return None if self.never_returns(expr) else after
            case nodes.FuncDef() | nodes.OverloadedFuncDef() | nodes.ClassDef():
                return self.step(statement, facts)
            case nodes.Decorator(original_decorators=decorators):
                return self.step(statement, self.expressions(decorators, facts))
            case _:
                return self.step(statement, self.expressions(children(statement), facts))

    def loop(
        self, skipped: frozenset[T] | None, entered: frozenset[T], body: Block, last: Block | None
    ) -> frozenset[T] | None:
        """Args: ``skipped``: the facts where the loop ends by itself without a turn; ``entered``: those of a turn."""
        self.loops.append(_Loop())
        end = self.block(body, entered)
        loop = self.loops.pop()
        exhausted = None if skipped is None else _joined([skipped, end, *loop.continues])
        after = exhausted if exhausted is None else self.block(last, exhausted)
        return _joined([after, *loop.breaks])

    def leave(self, exits: Callable[[_Loop[T]], list[frozenset[T]]], facts: frozenset[T]) -> None:
        if self.loops:
            exits(self.loops[-1]).append(facts)

    def try_statement(self, statement: nodes.TryStmt, facts: frozenset[T]) -> frozenset[T] | None:
        end = self.block(statement.body, facts)
        ends = [end if end is None else self.block(statement.else_body, end)]
        for caught, handler in zip(statement.types, statement.handlers, strict=True):
            ends.append(self.block(handler, self.expressions([caught] if caught else [], facts)))
        after = _joined(ends)
        if statement.finally_body is None:
            return after
        last = self.block(statement.finally_body, facts if after is None else after)
        return None if after is None else last

    def match_statement(self, statement: nodes.MatchStmt, facts: frozenset[T]) -> frozenset[T] | None:
        facts = self.step(statement, self.expression(statement.subject, facts))
        ends: list[frozenset[T] | None] = []
        exhaustive = False
        for pattern, guard, body in zip(statement.patterns, statement.guards, statement.bodies, strict=True):
            ends.append(self.block(body, self.expressions([guard] if guard else [], facts)))
            exhaustive |= guard is None and isinstance(pattern, patterns.AsPattern) and pattern.pattern is None
        return _joined(ends if exhaustive else [*ends, facts])

    # --- expressions

    def expressions(self, expressions: Iterable[Node], facts: frozenset[T]) -> frozenset[T]:
        for expression in expressions:
            facts = self.expression(expression, facts)
        return facts

    def expression(self, expression: Node, facts: frozenset[T]) -> frozenset[T]:
        match expression:
            case nodes.LambdaExpr():
                pass
            case nodes.ConditionalExpr(cond=condition, if_expr=first, else_expr=second):
                held, facts = self.condition(condition, facts)
                facts = self.expression(first, held) | self.expression(second, facts)
            case nodes.OpExpr(op="and" | "or"):
                return frozenset().union(*self.condition(expression, facts))
            case _:
                facts = self.expressions(children(expression), facts)
        return self.step(expression, facts)

    def condition(self, condition: Expression, facts: frozenset[T]) -> tuple[frozenset[T], frozenset[T]]:
        """The facts of the paths on which a condition holds, and of those on which it does not."""
        match condition:
            case nodes.UnaryExpr(op="not", expr=inner):
                failed, held = self.condition(inner, facts)
            case nodes.OpExpr(op="and", left=left, right=right):
                held, failed = self.condition(left, facts)
                held, failed_later = self.condition(right, held)
                failed |= failed_later
            case nodes.OpExpr(op="or", left=left, right=right):
                held, failed = self.condition(left, facts)
                held_later, failed = self.condition(right, failed)
                held |= held_later
            case _:
                after = self.expression(condition, facts)
                return self.assume(condition, True, after), self.assume(condition, False, after)
        return self.step(condition, held), self.step(condition, failed)


def _joined(ends: Iterable[frozenset[T] | None]) -> frozenset[T] | None:
    reached = [end for end in ends if end is not None]
    return frozenset().union(*reached) if reached else None
