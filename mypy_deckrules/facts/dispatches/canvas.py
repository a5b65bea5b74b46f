"""What a signature expression stands for: one task with some arguments, or a chain, group or chord of such.

The stubs know of a ``Signature`` only what its task returns. Which task it is, and which of its parameters are free, is
read from the expression that made it; a variable stands for what it was bound to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import (
    ARG_STAR,
    CallExpr,
    Expression,
    GeneratorExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    OperatorAssignmentStmt,
    OpExpr,
    RefExpr,
    StarExpr,
    TupleExpr,
)
from mypy.typeops import make_simplified_union
from mypy.types import AnyType, Instance, ProperType, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.own_types import ANY, contained, own_type
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.dispatches.contracts import Contract, contract_at, contract_of, task_argument
from mypy_deckrules.facts.dispatches.values import (
    SentArgument,
    given,
    packed,
    starred,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One task, with the arguments that its signature holds.

    Attributes:
        expr: the expression that made it.
        contract: its task.
        held: the arguments.
        immutable: whether it takes no others, nor the result of what runs before it.
    """

    expr: Expression
    contract: Contract
    held: Sequence[SentArgument] = ()
    immutable: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Signatures that run one after the other."""

    expr: Expression
    parts: Sequence[Canvas]


@dataclass(frozen=True, slots=True)
class Group:
    """Signatures that run side by side.

    Attributes:
        members: those that are known; of a comprehension, the one that it makes again and again.
        size: how many there are, None where that is not known.
    """

    expr: Expression
    members: Sequence[Canvas]
    size: int | None


@dataclass(frozen=True, slots=True)
class Chord:
    """A group, and the signature that is given the list of its results."""

    expr: Expression
    header: Canvas
    body: Canvas


@dataclass(frozen=True, slots=True)
class Unknown:
    """A signature of which nothing is known but, perhaps, its result."""

    expr: Expression
    returns: Type = ANY


Canvas = Step | Chain | Group | Chord | Unknown

_SIGNATURES: Final = frozenset({names.SIGNATURE, names.SIGNATURE_FUNCTION, names.SUBTASK_FUNCTION})
_CHAINS: Final = frozenset({names.CHAIN, names.CHAIN_CLASS})
_CHANGES: Final = frozenset({"set", "set_immutable", "args", "kwargs", "update", "tasks", "body"})
"""What may change a signature that a variable holds."""


def canvas_of(api: TypeChecker, expr: Expression) -> Canvas:
    """What a signature expression stands for, as far as the code shows it."""
    shown = bound_value(api, expr)
    if shown is not expr and isinstance(expr, NameExpr) and _is_changed(api, expr):
        shown = expr
    match shown:
        case OpExpr(op="|", left=left, right=right):
            found: Canvas | None = Chain(expr, (canvas_of(api, left), canvas_of(api, right)))
        case CallExpr(callee=RefExpr(fullname=fullname)) if fullname:
            found = _made(api, expr, shown, fullname)
        case CallExpr(callee=MemberExpr(expr=receiver, name=method)):
            found = _derived(api, expr, shown, receiver, method)
        case _:
            found = None
    if found is not None:
        return replace(found, expr=expr)
    returns = _result_of(own_type(api, expr))
    return Unknown(expr, ANY if isinstance(get_proper_type(returns), AnyType) or _is_joined(api, expr) else returns)


def heads(canvas: Canvas) -> Iterator[Step]:
    """The tasks that run first, which are given what a canvas is given."""
    match canvas:
        case Step():
            yield canvas
        case Chain(parts=[first, *_]) | Chord(header=first):
            yield from heads(first)
        case Group(members=members):
            for member in members:
                yield from heads(member)
        case _:
            return


def steps(canvas: Canvas) -> Iterator[Step]:
    """All tasks of a canvas."""
    match canvas:
        case Step():
            yield canvas
        case Chain(parts=parts) | Group(members=parts):
            for part in parts:
                yield from steps(part)
        case Chord(header=header, body=body):
            yield from steps(header)
            yield from steps(body)
        case _:
            return


def result(api: TypeChecker, canvas: Canvas) -> Type:
    """What the last task of a canvas returns, which is what the next one is given."""
    match canvas:
        case Step(contract=contract):
            return contract.result
        case Chain(parts=[*_, last]) | Chord(body=last):
            return result(api, last)
        case Group(size=1):  # Celery takes such a group apart where it comes second in a chain
            return ANY
        case Group():
            return listed(api, canvas)
        case Unknown(returns=returns):
            return returns
        case _:
            return ANY


def listed(api: TypeChecker, header: Canvas) -> Type:
    """What a chord hands to its body: the list of its header's results."""
    members = header.members if isinstance(header, Group) else [header]
    item = make_simplified_union([result(api, member) for member in members]) if members else ANY
    return api.named_generic_type("builtins.list", [item])


def _made(api: TypeChecker, expr: Expression, call: CallExpr, maker: str) -> Canvas | None:
    """What ``chain(...)``, ``group(...)``, ``chord(...)`` and ``signature(...)`` make."""
    if maker in _CHAINS:
        members, _ = _members(api, call)
        return Chain(expr, members)
    if maker == names.GROUP:
        return Group(expr, *_members(api, call))
    if maker == names.CHORD:
        header, body = given(api, call, "header", 0), given(api, call, "body", 1)
        return Chord(
            expr,
            _header(api, header.expr) if header is not None else Unknown(expr),
            canvas_of(api, body.expr) if body is not None else Unknown(expr),
        )
    return _by_name(api, expr, call) if maker in _SIGNATURES else None


def _by_name(api: TypeChecker, expr: Expression, call: CallExpr) -> Canvas | None:
    """What ``signature(name, args, kwargs)`` makes, which takes a task in place of the name, too."""
    task = task_argument(call)
    contract = contract_at(api, task) if task is not None else None
    return Step(expr, contract, list(packed(api, call, 1)), is_immutable(call)) if contract is not None else None


def _derived(api: TypeChecker, expr: Expression, call: CallExpr, receiver: Expression, method: str) -> Canvas | None:
    """What the methods of tasks and signatures that return a signature make."""
    contract = contract_of(api, own_type(api, receiver), receiver)
    if contract is not None:
        match method:
            case "s" | "si":
                return Step(expr, contract, list(starred(api, call)), method == "si")
            case "signature" | "subtask":
                return Step(expr, contract, list(packed(api, call)), is_immutable(call))
            case _:
                return None
    typ = own_type(api, receiver)
    if method == "signature" and isinstance(typ, Instance) and typ.type.has_base(names.CELERY):
        return _by_name(api, expr, call)
    if method in ("link", "link_error") and call.args:
        return canvas_of(api, call.args[0])
    if method not in ("set", "clone", "partial", "on_error"):
        return None
    canvas = canvas_of(api, receiver)
    if isinstance(canvas, Step):
        if method == "set":
            return replace(canvas, immutable=canvas.immutable or is_immutable(call))
        if method in ("clone", "partial") and not canvas.immutable:
            return replace(canvas, held=merged(list(packed(api, call)), canvas.held))
    return canvas


def merged(added: Sequence[SentArgument], held: Sequence[SentArgument]) -> list[SentArgument]:
    """The arguments of a signature that is given further ones: those go before its own and replace its keywords."""
    replaced = {value.keyword for value in added if value.keyword is not None}
    return [*added, *(value for value in held if value.keyword not in replaced)]


def is_immutable(call: CallExpr) -> bool:
    """Whether a call says ``immutable=``, and does not say that it is false."""
    return any(
        name == "immutable" and not (isinstance(value, NameExpr) and value.fullname == "builtins.False")
        for name, value in zip(call.arg_names, call.args, strict=True)
    )


def _header(api: TypeChecker, expr: Expression) -> Canvas:
    canvas = canvas_of(api, expr)
    return Group(expr, *_iterated(api, expr)) if isinstance(canvas, Unknown) else canvas


def _members(api: TypeChecker, call: CallExpr) -> tuple[list[Canvas], int | None]:
    """The signatures that a chain or group is made of, and their number where it is known."""
    args = [arg for arg, name in zip(call.args, call.arg_names, strict=True) if name is None]
    if len(args) == 1 and call.arg_kinds[0].is_star():
        return _iterated(api, args[0])
    if len(args) == 1 and isinstance(first := canvas_of(api, args[0]), Unknown):
        typ = own_type(api, args[0])
        return (
            ([first], 1)
            if isinstance(typ, Instance) and typ.type.has_base(names.SIGNATURE)
            else _iterated(api, args[0])
        )
    if any(kind.is_star() for kind in call.arg_kinds):
        return [], None
    return [canvas_of(api, arg) for arg in args], len(args)


def _iterated(api: TypeChecker, iterable: Expression) -> tuple[list[Canvas], int | None]:
    """The signatures in an iterable, and their number where it is known."""
    shown = bound_value(api, iterable)
    match shown:
        case TupleExpr(items=items) | ListExpr(items=items) if shown is iterable or isinstance(shown, TupleExpr):
            if not any(isinstance(item, StarExpr) for item in items):
                return [canvas_of(api, item) for item in items], len(items)
        case GeneratorExpr(left_expr=item) | ListComprehension(generator=GeneratorExpr(left_expr=item)):
            return [canvas_of(api, item)], None
    return [Unknown(iterable, _result_of(get_proper_type(contained(own_type(api, iterable), ARG_STAR))))], None


def _result_of(signature: ProperType) -> Type:
    """What the type of a signature tells: its result."""
    if isinstance(signature, Instance) and signature.type.fullname == names.SIGNATURE:
        return signature.args[0]
    return ANY


def _is_joined(api: TypeChecker, signature: Expression) -> bool:
    """Whether ``|=`` anywhere makes a chain of what holds a signature, which its type does not show."""
    targets = (node.lvalue for node in walk(api.tree) if isinstance(node, OperatorAssignmentStmt) and node.op == "|")
    match signature:
        case NameExpr(node=variable):
            return any(isinstance(target, NameExpr) and target.node is variable for target in targets)
        case MemberExpr(name=name):
            return any(isinstance(target, MemberExpr) and target.name == name for target in targets)
        case _:
            return False


def _is_changed(api: TypeChecker, variable: NameExpr) -> bool:
    """Whether the signature in a variable is changed after it was made."""
    function = api.scope.top_level_function() or api.tree
    return any(
        isinstance(node, MemberExpr)
        and node.name in _CHANGES
        and isinstance(node.expr, NameExpr)
        and node.expr.node is variable.node
        for node in walk(function)
    )
