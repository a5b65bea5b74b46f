"""What becomes of a query set where it stands: does the code there run its query?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.nodes import CallExpr, Expression, MemberExpr, NameExpr, Node, RefExpr, Var
from mypy.types import Instance, get_proper_type

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.reaching import reads_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.models import definer_of
from mypy_deckrules.facts.queries.methods import LAZY, RUNNING
from mypy_deckrules.facts.queries.reads import Here
from mypy_deckrules.facts.queries.values import Rows

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


COLLECTIONS: Final = ("builtins.list", "builtins.set", "builtins.frozenset", "collections.deque")

COLLECTING: Final = frozenset({"extend", "extendleft", "update", "union", "intersection", "difference"})
"""Methods of collections that read all of a query set that they are given."""


def is_djangos_own(call: Call) -> bool:
    """Whether no class of the project overrides the method that is called."""
    receiver = call.receiver.type if isinstance(call.receiver, Instance) else None
    definer = definer_of([receiver], call.name) if receiver is not None else None
    return definer is None or definer.fullname.startswith("django.")


@dataclass(frozen=True, slots=True)
class Use:
    """What runs a query of a query set.

    Attributes:
        methods: the methods that are called on it, one on the other's result.
        rows: the query set that is iterated, or that the last of them is called on.
    """

    methods: tuple[str, ...]
    rows: Expression


def uses_of(position: Position, before: tuple[str, ...] = ()) -> Iterator[Use]:
    """What runs queries of the query set, or the manager, that stands at ``position``: where it stands, or in the same
    turn of the loop, by the variable that it is assigned to.

    Args:
        before: the methods that have given the query set.
    """
    here, path = Here(position), position.path
    calls: list[tuple[str, CallExpr]] = []
    at = len(path) - 1
    while at >= 2 and isinstance(called := path[at - 1], MemberExpr) and isinstance(call := path[at - 2], CallExpr):
        if call.callee is not called:
            break
        calls.append((called.name, call))
        at -= 2
    assert isinstance(position.node, Expression)
    rows: list[Expression] = [position.node, *(call for _, call in calls)]
    methods = (*before, *(name for name, _ in calls))
    if not all(_gives_rows(here, name, call) for name, call in calls[:-1]):
        return
    if calls and calls[-1][0] in RUNNING:
        yield Use(methods, rows[-2])
    elif not calls or _gives_rows(here, *calls[-1]):
        place = Position(position.api, path[: at + 1])
        if methods and is_iterated(place):
            yield Use(methods, rows[-1])
        for later in _read_later(place):
            yield from uses_of(later, methods)


def _gives_rows(here: Here, name: str, call: CallExpr) -> bool:
    """Whether a method gives a query set: one of Django's, or the project's own."""
    return name in LAZY or (name not in RUNNING and isinstance(here.value_of(call), Rows))


def is_run(position: Position) -> bool:
    """Whether the query of the query set at ``position`` is run there, or in the same turn of the loop."""
    return is_iterated(position) or any(is_iterated(place) or any(uses_of(place)) for place in _read_later(position))


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
        case CallExpr(callee=MemberExpr(expr=collection, name=name)) if name in COLLECTING:
            return held is not holder.callee and _is_builtin_collection(position, collection)
        case nodes.OperatorAssignmentStmt(op="+", rvalue=added):
            return held is added
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
        case nodes.AssignmentExpr():
            return is_iterated(_around(position))
        case _:
            return False


def _is_builtin_collection(position: Position, expr: Expression) -> bool:
    typ = get_proper_type(position.api.lookup_type(expr)) if position.api.has_type(expr) else None
    return isinstance(typ, Instance) and any(typ.type.has_base(name) for name in COLLECTIONS)


def _around(position: Position) -> Position:
    return Position(position.api, position.path[:-1])


def _read_later(position: Position) -> Iterator[Position]:
    """The reads, in the same turn of the loop, of the variable that a query set is assigned to."""
    if len(position.path) < 2:
        return
    match position.path[-2]:
        case nodes.ConditionalExpr() | nodes.OpExpr(op="and" | "or"):
            yield from _read_later(_around(position))
        case nodes.AssignmentStmt(lvalues=[NameExpr(node=Var() as variable)]) as assignment:
            yield from _reads_in_turn(position, variable, assignment)
        case nodes.AssignmentExpr(target=NameExpr(node=Var() as variable)) as assignment:
            yield from _reads_in_turn(position, variable, assignment)
        case _:
            return


def _reads_in_turn(position: Position, variable: Var, assignment: Node) -> Iterator[Position]:
    loop = next((held for holder, held in position.within_function() if isinstance(holder, nodes.ForStmt)), None)
    inside = set(walk(loop)) if loop is not None else set()
    for read in reads_of(position.function or position.api.tree, variable, assignment):
        place = position_of(position.api, read) if read in inside and read.line > position.node.line else None
        if place is not None:
            yield place
