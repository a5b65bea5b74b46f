"""Which function a call of a decorator makes a task of, and what the task is called then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import (
    CallExpr,
    Context,
    Decorator,
    Expression,
    FuncDef,
    LambdaExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    Statement,
    TypeInfo,
)

from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.tree import walk_scope


@dataclass(frozen=True, slots=True)
class TaskFunction:
    """A function that is made a task.

    Attributes:
        name: the full name of the task: the function's, or that of the variable it is assigned to.
        function: the function that the worker runs.
        node: what stands for the making of the task: the decorator, or the call.
        below: the decorators between it and the function, the outermost first.
    """

    name: str
    function: FuncDef
    node: Context
    below: Sequence[Expression] = ()


def task_function(api: TypeChecker, node: Context, argument: Context | None) -> TaskFunction | None:
    """The function that a task decorator is applied to; None where it cannot be seen.

    Args:
        node: what mypy calls the decorator's context: the ``Decorator`` of one without parentheses, or else the call.
        argument: the first argument; of a decorator without parentheses it has the decorator's position.
    """
    match node:
        case Decorator() if argument is not None:
            return _decorated(api, node, argument)
        case CallExpr():
            return _of_call(api, node)
        case _:
            return None


def _decorated(api: TypeChecker, decorator: Decorator, at: Context) -> TaskFunction | None:
    """The function under ``@decorator``, of which ``at`` has the position."""
    exprs = decorator.decorators
    for i, expr in enumerate(exprs):
        if (expr.line, expr.column) == (at.line, at.column):
            name = _qualified(api, decorator.func.fullname)
            return TaskFunction(name, decorator.func, expr, exprs[i + 1 :])
    return None


def _of_call(api: TypeChecker, call: CallExpr) -> TaskFunction | None:
    for statement in definitions(body_at_work(api)):
        if isinstance(statement, Decorator) and any(expr is call for expr in statement.decorators):
            return _decorated(api, statement, call)
    if call.args and call.arg_kinds[0] == nodes.ARG_POS:  # shared_task(ship)
        return _applied(api, call, call.args[0])
    for statement in _statements_at(api, call.line):  # shared_task(...)(ship)
        for node in walk_scope(statement):
            if isinstance(node, CallExpr) and node.callee is call and node.args:
                return _applied(api, node, node.args[0])
    return None


def _applied(api: TypeChecker, call: CallExpr, argument: Expression) -> TaskFunction | None:
    """What ``call`` makes of a function that is named in it."""
    target = argument.node if isinstance(argument, RefExpr) else None
    function = target.func if isinstance(target, Decorator) else target
    if not isinstance(function, FuncDef) or not _is_here(api, function):
        return None
    below = target.decorators if isinstance(target, Decorator) else ()
    for statement in _statements_at(api, call.line):
        match statement:
            case nodes.AssignmentStmt(lvalues=[NameExpr(fullname=name)], rvalue=value) if value is call:
                return TaskFunction(_qualified(api, name), function, call, below)
            case _:
                pass
    return TaskFunction(_qualified(api, function.fullname), function, call, below)


def _is_here(api: TypeChecker, function: FuncDef) -> bool:
    """Whether a function is one of the module at work, where findings can point at it."""
    owner = function.info.module_name if function.info else function.fullname.rpartition(".")[0]
    return owner in ("", api.tree.fullname)


def _qualified(api: TypeChecker, name: str) -> str:
    """The full name of something that may be local to a function."""
    return name if "." in name else f"{api.tree.fullname}.{name}"


def _statements_at(api: TypeChecker, line: int) -> Iterator[Statement]:
    """The statements of the scope at work that a line belongs to."""
    for statement in definitions(body_at_work(api)):
        if statement.line <= line <= (statement.end_line or statement.line):
            yield statement


def body_at_work(api: TypeChecker) -> list[Statement]:
    """The statements of the innermost module, class or function that is being checked."""
    match api.scope.stack[-1]:
        case MypyFile(defs=statements):
            return statements
        case TypeInfo(defn=definition):
            return definition.defs.body
        case FuncDef(body=block) | LambdaExpr(body=block):
            return block.body
        case _:
            return []
