"""Timeouts that calls to the network have from elsewhere than an argument.

``session.mount("https://", TimeoutAdapter())`` and ``session.request = partial(session.request, timeout=5)`` give one
to a session's calls, ``socket.setdefaulttimeout(10)`` to the standard library's. They are read when a module's names
are resolved, and hold for whoever has a session, or anything else, from that module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Context,
    Expression,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    RefExpr,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, Instance, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.code.modules import names_used
from mypy_deckrules.facts.code.position import position_of
from mypy_deckrules.facts.code.reaching import reaching
from mypy_deckrules.facts.code.sources import imports, sources_with
from mypy_deckrules.facts.code.tree import walk, walk_statements
from mypy_deckrules.facts.metadata import has_facts, recall_all, remember_all

TOPIC: Final = "timeout"

ADAPTERS: Final = frozenset({"requests.adapters.BaseAdapter", "requests.adapters.HTTPAdapter"})
SENDING: Final = frozenset({*names.HTTP_VERBS, "send"})
SET_DEFAULT: Final = frozenset({"socket.setdefaulttimeout", "_socket.setdefaulttimeout"})
SESSION_MAKERS: Final = frozenset({names.REQUESTS_SESSION, "requests.sessions.session"})
PARTIALS: Final = frozenset({"functools.partial", "functools.partialmethod"})


class Default(Enum):
    """What a module gives a timeout."""

    SESSIONS = "sessions that it makes"
    REQUESTS = "requests as a whole"
    SOCKETS = "sockets, as the standard library opens them"


def learn_defaults(api: SemanticAnalyzer) -> None:
    """Keep what the module at work gives a timeout."""
    tree = api.cur_mod_node
    remember_all(api, TOPIC, {default.name: {} for node in _may_set(tree) for default in _set_by(tree, node)})


def has_default(api: TypeChecker, default: Default, modules: Iterable[str] = ()) -> bool:
    """Whether the module that is being checked, one that its names come from, or one of ``modules`` sets a default."""
    further = (api.modules[module] for module in modules if module in api.modules)
    known = (*(tree for tree in further if has_facts(tree, TOPIC)), *sources_with(api, TOPIC))
    return any(default.name in recall_all(api, TOPIC, tree) for tree in known)


def is_plain_session(call: Call) -> bool:
    """Whether a method's session was made by the function that calls it, as ``requests.Session()``, and it does no more
    with it than call its methods."""
    session, position = call.receiver_expr, position_of(call.api, call.node)
    if session is None or not isinstance(session, NameExpr):
        return _makes_session(session)
    if position is None or position.function is None:
        return False
    statements = list(walk(position.function.body))
    values = [value for node in statements for target, value in _bound(node) if _is_same(target, session)]
    changed = any(_is_same(owner, session) for node in statements for owner in _handed_over(node))
    return bool(values) and all(map(_makes_session, values)) and not changed


def is_timed_later(tree: MypyFile, connection: Context) -> bool:
    """Whether a connection gets its timeout after it is made: ``ftp.connect(host, timeout=5)``, ``ftp.timeout = 5``.

    Args:
        tree: the module that makes it.
        connection: the call that makes it.
    """
    statements = list(walk(tree))
    made = [target for node in statements for target, value in _bound(node) if value is connection]
    timed = (timed for node in statements for timed in _timed_by(node))
    return any(_is_same(target, other) for other in timed for target in made)


def _bound(node: Node) -> Iterator[tuple[Expression, Expression]]:
    """The variables and attributes that a statement binds, each with its value."""
    match node:
        case AssignmentStmt(lvalues=targets, rvalue=value):
            yield from ((target, value) for target in targets)
        case nodes.WithStmt(target=targets, expr=values):
            yield from ((target, value) for target, value in zip(targets, values, strict=True) if target is not None)
        case _:
            return


def _timed_by(node: Node) -> Iterator[Expression]:
    """The connection that a call, or an assignment, gives a timeout."""
    match node:
        case CallExpr(callee=MemberExpr(name="connect", expr=connection)):
            if "timeout" in node.arg_names or node.arg_kinds[2:3] == [nodes.ARG_POS]:  # as ftplib takes it
                yield connection
        case AssignmentStmt(lvalues=[MemberExpr(name="timeout", expr=connection)]):
            yield connection
        case _:
            return


def _handed_over(node: Node) -> Iterator[Expression]:
    """What a call is given, or is changed by a call of ``mount`` or by an assignment to its attributes."""
    match node:
        case CallExpr(callee=MemberExpr(name="mount", expr=session)):
            yield session
        case CallExpr(args=given):
            yield from given
        case AssignmentStmt(lvalues=targets):
            yield from (target.expr for target in targets if isinstance(target, MemberExpr) and target.name in SENDING)
        case _:
            return


def _is_same(first: Expression, second: Expression) -> bool:
    """Whether two expressions are one variable, or an attribute of the same name: ``self`` differs by method."""
    match first, second:
        case NameExpr(node=variable), NameExpr(node=other):
            return variable is other
        case MemberExpr(name=name), MemberExpr(name=other_name):
            return name == other_name
        case _:
            return False


def _makes_session(value: Expression | None) -> bool:
    return isinstance(value, CallExpr) and isinstance(value.callee, RefExpr) and value.callee.fullname in SESSION_MAKERS


def _may_set(tree: MypyFile) -> Iterable[Node]:
    """What may give a timeout: a call anywhere in a module that names one, or else a statement."""
    if not (imports(tree, "requests") or imports(tree, "socket") or any(map(_names_an_adapter, tree.names.values()))):
        return ()
    calls = not names_used(tree).isdisjoint(("mount", "setdefaulttimeout"))
    return walk(tree) if calls else walk_statements(nodes.Block(tree.defs), inner=True)


def _names_an_adapter(symbol: nodes.SymbolTableNode) -> bool:
    return isinstance(symbol.node, TypeInfo) and any(map(symbol.node.has_base, ADAPTERS))


def _set_by(tree: MypyFile, node: Node) -> Iterator[Default]:
    match node:
        case CallExpr(callee=MemberExpr(name="mount"), args=[_, adapter]):
            if _sends_itself(tree, adapter):
                yield Default.SESSIONS
        case CallExpr(callee=RefExpr(fullname=called), args=[seconds]) if called in SET_DEFAULT:
            if not (isinstance(seconds, NameExpr) and seconds.name == "None"):
                yield Default.SOCKETS
        case AssignmentStmt(lvalues=[MemberExpr(name=name, expr=owner)], rvalue=value) if name in SENDING:
            if _is_function(value):
                if _is_of_requests(owner):
                    yield Default.REQUESTS
                elif not _calls_requests(value):
                    yield Default.SESSIONS
        case _:
            return


def _is_function(value: Expression) -> bool:
    """Whether a value is a function, a lambda, or a ``partial``; ``self.request = request`` is something else."""
    match value:
        case nodes.LambdaExpr() | RefExpr(node=nodes.FuncDef() | nodes.Decorator()):
            return True
        case CallExpr(callee=RefExpr(fullname=made)):
            return made in PARTIALS
        case _:
            return False


def _calls_requests(value: Expression) -> bool:
    """Whether a value is ``partial(requests.post, timeout=5)``: no session has that for a method."""
    return isinstance(value, CallExpr) and bool(value.args) and _is_of_requests(value.args[0])


def _is_of_requests(expr: Expression) -> bool:
    return isinstance(expr, RefExpr) and f"{expr.fullname}.".startswith("requests.")


def _sends_itself(tree: MypyFile, adapter: Expression) -> bool:
    """Whether an adapter may have a ``send`` of its own, the usual place to set a timeout; not where its class is known
    to have that of requests."""
    match adapter:
        case CallExpr(callee=RefExpr(node=TypeInfo() as info)):
            return _overrides_send(info)
        case (
            CallExpr(callee=RefExpr(node=nodes.FuncDef(type=CallableType(ret_type=typ))))
            | NameExpr(node=Var(type=Type() as typ))
        ) if isinstance(made := get_proper_type(typ), Instance):
            return _overrides_send(made.type)
        case NameExpr(node=Var()):
            values = [binding.value for binding in reaching(tree, adapter)]
            return any(value is None or value is adapter or _sends_itself(tree, value) for value in values)
        case _:
            return True


def _overrides_send(info: TypeInfo) -> bool:
    sender = info.get_containing_type_info("send")
    return any(map(info.has_base, ADAPTERS)) and sender is not None and sender.fullname not in ADAPTERS
