"""What becomes of a query set where it stands: does the code there run its query?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.nodes import CallExpr, MemberExpr, NameExpr, Node, RefExpr, Var
from mypy.types import Instance

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.models import definer_of
from mypy_deckrules.facts.queries.methods import LAZY, RUNNING

ITERATING: Final = frozenset(
    f"builtins.{name}"
    for name in (
        *(
            "list",
            "tuple",
            "set",
            "frozenset",
            "dict",
            "sorted",
            "reversed",
            "iter",
            "enumerate",
            "zip",
            "map",
            "filter",
        ),
        *("len", "bool", "sum", "any", "all", "max", "min", "str", "repr", "print"),
    )
) | {"itertools.chain", "collections.Counter", "collections.deque"}
"""Functions and classes that read all of a query set that they are given."""


def is_djangos_own(call: Call) -> bool:
    """Whether no class of the project overrides the method that is called."""
    receiver = call.receiver.type if isinstance(call.receiver, Instance) else None
    definer = definer_of([receiver], call.name) if receiver is not None else None
    return definer is None or definer.fullname.startswith("django.")


@dataclass(frozen=True, slots=True)
class Use:
    """What is done with a query set.

    Attributes:
        methods: the methods that are called on it, one on the other's result.
        runs: whether a query is run here, by the last of them or by what stands around.
        node: the whole expression, from the query set to its last call.
    """

    methods: tuple[str, ...]
    runs: bool
    node: Node


def use_of(position: Position) -> Use:
    """What is done with the query set, or the manager, that stands at ``position``."""
    methods: list[str] = []
    path = position.path
    at = len(path) - 1
    while at >= 2 and isinstance(path[at - 1], MemberExpr) and _is_callee(path[at - 2], path[at - 1]):
        called = path[at - 1]
        assert isinstance(called, MemberExpr)
        methods.append(called.name)
        at -= 2
    *before, last = methods or ("",)
    runs = last in RUNNING or (last in LAZY and is_iterated(Position(position.api, path[: at + 1])))
    return Use(tuple(methods), runs and LAZY.issuperset(before), path[at])


def _is_callee(call: Node, callee: Node) -> bool:
    return isinstance(call, CallExpr) and call.callee is callee


def is_iterated(position: Position) -> bool:
    """Whether what stands around a query set reads its rows: iterates or lists it, tests or indexes it."""
    if len(position.path) < 2:
        return False
    held, holder = position.path[-1], position.path[-2]
    match holder:
        case nodes.ForStmt(expr=iterated):
            return held is iterated
        case nodes.GeneratorExpr() | nodes.DictionaryComprehension():
            return any(held is sequence for sequence in holder.sequences)
        case CallExpr(callee=RefExpr(fullname=called)) if called in ITERATING:
            return held is not holder.callee
        case CallExpr(callee=MemberExpr(expr=nodes.StrExpr(), name="join")):
            return held is not holder.callee
        case nodes.ComparisonExpr(operators=["in" | "not in"], operands=[_, container]):
            return held is container
        case nodes.IndexExpr(base=base):
            if held is base and isinstance(holder.index, nodes.SliceExpr):
                return is_iterated(_around(position))
            return held is base
        case nodes.IfStmt(expr=conditions):
            return any(held is condition for condition in conditions)
        case nodes.WhileStmt(expr=condition):
            return held is condition
        case nodes.ConditionalExpr(cond=condition):
            return held is condition or is_iterated(_around(position))
        case nodes.UnaryExpr(op="not"):
            return True
        case nodes.OpExpr(op="and" | "or", left=left):
            return held is left or is_iterated(_around(position))
        case nodes.StarExpr() | nodes.YieldFromExpr():
            return True
        case nodes.AssignmentStmt(lvalues=[nodes.TupleExpr() | nodes.ListExpr()]):
            return True
        case nodes.AssignmentStmt(lvalues=[NameExpr(node=Var() as variable)]):
            return _is_iterated_later(position, variable)
        case nodes.AssignmentExpr(target=NameExpr(node=Var() as variable)):
            return is_iterated(_around(position)) or _is_iterated_later(position, variable)
        case _:
            return False


def _around(position: Position) -> Position:
    return Position(position.api, position.path[:-1])


def _is_iterated_later(position: Position, variable: Var) -> bool:
    """Whether the same turn of the loop reads the rows of the query set that ``variable`` is bound to."""
    body = next((held for holder, held in position.within_function() if isinstance(holder, nodes.ForStmt)), None)
    for node in walk(body) if body is not None else ():
        if isinstance(node, NameExpr) and node.node is variable and node.line > position.node.line:
            place = position_of(position.api, node)
            if place is not None and (is_iterated(place) or use_of(place).runs):
                return True
    return False
