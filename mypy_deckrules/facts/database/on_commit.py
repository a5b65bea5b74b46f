"""What is handed to ``transaction.on_commit``, to run when the transaction is committed.

https://docs.djangoproject.com/en/5.2/topics/db/transactions/#performing-actions-after-commit
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, MemberExpr, NameExpr, Node, RefExpr, TypeInfo, Var
from mypy.semanal import SemanticAnalyzer
from mypy.types import Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.functions import FunctionCalls, remember_callers
from mypy_deckrules.facts.code.position import Position
from mypy_deckrules.facts.code.tree import walk, walk_scope
from mypy_deckrules.facts.metadata import recall

REGISTERS: Final = "registers"
"""Topic of the functions that call ``on_commit``."""

REGISTERING: Final = frozenset({"on_commit"})


def is_on_commit(api: TypeChecker, call: CallExpr) -> bool:
    """Whether a call is one of ``transaction.on_commit`` or of a connection's method of that name."""
    match call.callee:
        case RefExpr(fullname=names.ON_COMMIT):
            return True
        case MemberExpr(name="on_commit", expr=connection) if api.has_type(connection):
            typ = get_proper_type(api.lookup_type(connection))
            return isinstance(typ, Instance) and typ.type.has_base(names.DATABASE_WRAPPER)
        case _:
            return False


def is_evaluated_for_on_commit(position: Position) -> bool:
    """Whether a node is evaluated to make the argument of an ``on_commit`` call, rather than run by it later."""
    return any(
        isinstance(holder, CallExpr) and held is not holder.callee and is_on_commit(position.api, holder)
        for holder, held in position.within_function()
    )


def hands_over_task(api: TypeChecker, call: CallExpr) -> bool:
    """Whether an ``on_commit`` call is given a task to send: ``partial(ship.delay, 1)``, ``ship.s(1).delay``."""
    match call.args[0] if call.args else None:
        case CallExpr(callee=RefExpr(fullname=names.PARTIAL), args=[MemberExpr() as method, *_]):
            pass
        case MemberExpr() as method:
            pass
        case _:
            return False
    typ = get_proper_type(api.lookup_type(method.expr)) if api.has_type(method.expr) else None
    is_sender = isinstance(typ, Instance) and any(typ.type.has_base(base) for base in (names.TASK, names.SIGNATURE))
    return is_sender and method.name in ("delay", "apply_async")


def remember_registering(api: SemanticAnalyzer, functions: Iterable[FunctionCalls]) -> None:
    """Keep which functions of the module at work call ``on_commit``."""
    remember_callers(
        api,
        REGISTERS,
        functions,
        lambda callee: isinstance(callee, NameExpr | MemberExpr) and callee.name in REGISTERING,
    )


def defers(api: TypeChecker | SemanticAnalyzer, decorator: Expression) -> bool:
    """Whether a decorator of the checked code calls ``on_commit``: it has the function run then."""
    match without_arguments(decorator):
        case RefExpr(fullname=fullname, node=TypeInfo()):
            return recall(api, REGISTERS, f"{fullname}.__call__") is not None
        case RefExpr(fullname=fullname) if fullname:
            return recall(api, REGISTERS, fullname) is not None
        case _:
            return False


def decorators_at_work(place: Position) -> list[Expression]:
    """The decorators of the function at ``place`` that act when its body runs: those below one that ``defers``."""
    decorators = place.decorators()
    above = [i for i, decorator in enumerate(decorators) if defers(place.api, decorator)]
    return decorators[above[-1] + 1 :] if above else decorators


def late_variable(position: Position, function: nodes.FuncItem) -> tuple[str, Node] | None:
    """A variable that a function handed to ``on_commit`` at ``position`` will see as a loop leaves it.

    Returns:
        its name and the innermost loop or comprehension that binds it anew in each turn, the function's own arguments
        apart; None where the function reads no such variable, or the loop ends with this turn.
    """
    read = {node.node: node.name for node in walk(function.body) if isinstance(node, NameExpr)}
    is_left = False  # whether the next loop outwards ends with this turn
    for holder, held in position.within_function():
        match holder:
            case nodes.Block(body=statements):
                after = statements[next(i for i, statement in enumerate(statements) if statement is held) :]
                if any(isinstance(statement, nodes.ReturnStmt | nodes.RaiseStmt) for statement in after):
                    return None
                is_left |= any(isinstance(statement, nodes.BreakStmt) for statement in after)
                continue
            case nodes.ForStmt(index=index, body=body) if held is body:
                bound = [] if is_left else list(_derived(_variables(index), body))
                is_left = False
            case nodes.WhileStmt():
                is_left = False
                continue
            case nodes.GeneratorExpr(indices=indices):
                bound = [variable for index in indices for variable in _variables(index)]
            case _:
                continue
        for variable in bound:
            if variable in read:
                return read[variable], holder
    return None


def _variables(target: Expression) -> list[Node]:
    return [node.node for node in walk(target) if isinstance(node, NameExpr) and isinstance(node.node, Var)]


def _derived(variables: list[Node], body: nodes.Block) -> Iterator[Node]:
    """The variables of a loop, and those that its body computes from them."""
    known = set(variables)
    yield from variables
    for node in walk_scope(body):
        if isinstance(node, nodes.AssignmentStmt) and not known.isdisjoint(_variables(node.rvalue)):
            for target in node.lvalues:
                if isinstance(target, NameExpr) and isinstance(target.node, Var) and target.node not in known:
                    known.add(target.node)
                    yield target.node
