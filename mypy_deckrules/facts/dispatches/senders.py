"""Which functions of the checked code send a task when they are called, and which task classes wait for the commit.

Both are read when a module's names are resolved and kept with the module, so that a caller in another module knows them
from the cache too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.lookup import lookup_fully_qualified
from mypy.nodes import (
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    MemberExpr,
    NameExpr,
    Node,
    RefExpr,
    SuperExpr,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import Call, without_arguments
from mypy_deckrules.facts.code.functions import FunctionCalls
from mypy_deckrules.facts.code.position import is_body, path_to
from mypy_deckrules.facts.code.switches import switches, truth
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.database.atomic import makes_atomic, opens_on
from mypy_deckrules.facts.database.on_commit import defers
from mypy_deckrules.facts.database.receivers import OVERRIDDEN, decorated_signal
from mypy_deckrules.facts.database.writes import METHODS as WRITING
from mypy_deckrules.facts.metadata import Fact, recall, remember_all

SENDS: Final = "sends"
"""Topic of what a function sends: ``{"line": 12, "through": "shop.tasks.ship", "method": "delay", "switches": {},
"writes": false}``."""

WAITS: Final = "waits"
"""Topic of the methods of a task class that wait for the commit: ``{"methods": ["apply_async"]}``."""

SENDING: Final = frozenset({"delay", "apply_async", "send_task"})
"""Methods that publish at once."""

AT_ONCE: Final = frozenset({"celery", "celery_batches", "celery_once", "celery_singleton", "tenant_schemas_celery"})
"""Packages whose task classes publish at once (celery-once 3.0, celery-singleton 0.3, tenant-schemas-celery 5.0: each
``apply_async`` ends in that of its base; celery-batches 0.11 has none of its own)."""

BUILDING: Final = frozenset({"s", "si", "signature", "subtask", "clone", "set", "map", "starmap", "chunks"})
"""Methods that make a signature of a task, or of a signature."""

WAITING: Final = frozenset({"on_commit", "delay_on_commit", "apply_async_on_commit", "in_atomic_block"})
"""Names in a function that takes care of the transaction by itself."""


@dataclass(frozen=True, slots=True)
class SenderCall:
    """A call of a function of the checked code that sends a task itself.

    Attributes:
        call: the call.
        function: the full name of the function.
        line: where in its module the function sends the task.
        task: the full name of the task, None where a canvas or an app sends it.
        writes: whether the function writes to the database as well, by the names of what it calls.
    """

    call: Call
    function: str
    line: int
    task: str | None
    writes: bool


def sender_call(call: Call, function: str) -> SenderCall | None:
    """The sender call that ``call`` is; None where the function turns out to send no task.

    Args:
        function: the full name that the function was defined with; ``call.fullname`` may name a subclass.
    """
    fact = recall(call.api, SENDS, function)
    if fact is None or _is_switched_off(call, fact["switches"]):
        return None
    line, through, method, writes = fact["line"], fact["through"], fact["method"], bool(fact["writes"])
    assert isinstance(line, int)
    if through is None:
        return SenderCall(call, function, line, None, writes)
    assert isinstance(through, str)
    assert isinstance(method, str)
    sender = _class_behind(call.api, through)
    if sender is None or waits_for_commit(call.api, sender, method):
        return None
    return SenderCall(call, function, line, through if sender.has_base(names.TASK) else None, writes)


def _is_switched_off(call: Call, switches: object) -> bool:
    """Whether the call's arguments keep the function from sending, or do not show that they let it."""
    assert isinstance(switches, dict)
    is_opaque = any(argument.is_opaque for argument in call.arguments)
    for parameter, (wanted, default) in switches.items():
        argument = call.argument(parameter)
        if argument is not None:
            value = None if argument.is_unpacked else truth(argument.expr)
        else:
            value = None if is_opaque else default
        if value is not wanted:
            return True
    return False


def waits_for_commit(api: TypeChecker, task: TypeInfo, method: str) -> bool:
    """Whether ``delay`` or ``apply_async`` of a task class waits for the commit, because the class overrides it so, or
    may do so in a body that cannot be seen."""
    for name in dict.fromkeys((method, "apply_async")):  # Celery's own delay calls apply_async
        definer = task.get_containing_type_info(name)
        if definer is not None and api.modules[definer.module_name].is_stub and not _sends_at_once(definer.module_name):
            return True
        fact = recall(api, WAITS, definer.fullname) if definer is not None else None
        if fact is not None and name in _strings(fact["methods"]):
            return True
    return False


def _sends_at_once(module: str) -> bool:
    return module.partition(".")[0] in AT_ONCE


def _strings(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _class_behind(api: TypeChecker, fullname: str) -> TypeInfo | None:
    """The class of the task, signature or app that a name stands for; None for anything else."""
    symbol = lookup_fully_qualified(fullname, api.modules)
    node = symbol.node if symbol is not None else None
    typ = get_proper_type(node.type) if isinstance(node, Var | Decorator) else None
    if typ is None and isinstance(node, Decorator) and any(map(_makes_task, node.original_decorators)):
        symbol = lookup_fully_qualified(names.TASK, api.modules)
        node = symbol.node if symbol is not None else None
    info = typ.type if isinstance(typ, Instance) else node
    is_sender = isinstance(info, TypeInfo) and any(map(info.has_base, (names.TASK, names.SIGNATURE, names.CELERY)))
    return info if isinstance(info, TypeInfo) and is_sender else None


def _makes_task(decorator: Expression) -> bool:
    """Whether a decorator makes a task, told by its name: mypy has not come to it yet."""
    callee = without_arguments(decorator)
    return isinstance(callee, RefExpr) and (
        callee.fullname == names.SHARED_TASK or (isinstance(callee, MemberExpr) and callee.name == "task")
    )


# --- what is learnt of a module


def remember_senders(api: SemanticAnalyzer, functions: Iterable[FunctionCalls]) -> None:
    """Keep which functions of the module at work send a task, and which of its task classes wait for the commit."""
    sends: dict[str, Fact] = {}
    waits: dict[str, Fact] = {}
    prefix = f"{api.cur_mod_node.fullname}."
    for read in functions:
        function = read.function
        name = function.fullname.removeprefix(prefix)
        sent = [fact for call in read.calls if (fact := _sent_at_once(api, function, call)) is not None]
        if sent and not _takes_care(api, function, read.decorators):
            sends[name] = {**sent[0], "writes": any(map(_may_write, walk(function.body)))}
        if function.info and function.name in ("delay", "apply_async") and _may_wait(api, function):
            owner = name.rpartition(".")[0]
            waits[owner] = {"methods": sorted([*_strings(waits.get(owner, {}).get("methods")), function.name])}
    remember_all(api, SENDS, sends)
    remember_all(api, WAITS, waits)


def _takes_care(api: SemanticAnalyzer, function: FuncDef, decorators: list[Expression]) -> bool:
    """Whether a function is judged where it stands (it is in a transaction of its own), or looks after the commit."""
    return (
        any(makes_atomic(api, decorator) for decorator in decorators)
        or any(defers(api, decorator) for decorator in decorators)
        or decorated_signal(api, decorators) is not None
        or (function.name in OVERRIDDEN and bool(function.info) and function.info.has_base(names.MODEL))
        or _mentions_commit(function)
    )


def _may_write(node: Node) -> bool:
    return isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr) and node.callee.name in WRITING


def _may_wait(api: SemanticAnalyzer, function: FuncDef) -> bool:
    """Whether an override waits for the commit; mypy leaves out the bodies of installed packages."""
    is_left_out = not function.body.body and not _sends_at_once(api.cur_mod_id)
    return is_left_out or _mentions_commit(function)


def _mentions_commit(function: FuncDef) -> bool:
    return any(
        isinstance(node, NameExpr | MemberExpr | SuperExpr) and node.name in WAITING for node in walk(function.body)
    )


def _sent_at_once(api: SemanticAnalyzer, function: FuncDef, call: CallExpr) -> Fact | None:
    """What a call sends when the function is called; None where it does not run then, or shows no task."""
    through = _sent_through(call.callee)
    if through is None or not isinstance(call.callee, MemberExpr) or call.callee.name not in SENDING:
        return None
    path = path_to(function, call)
    assert path is not None
    if opens_on(api, path[1:]) or any(is_body(holder, held) for holder, held in pairwise(path[1:])):
        return None
    return {
        "line": call.line,
        "through": through or None,
        "method": call.callee.name,
        "switches": switches(function, path),
    }


def _sent_through(callee: Expression) -> str | None:
    """The full name of the task, signature or app that a call sends through; "" for a canvas, None if it is unknown."""
    match callee:
        case MemberExpr(name=name, expr=sender) if name in SENDING | BUILDING:
            return _sent_through(sender)
        case RefExpr(fullname=fullname) if "." in fullname and not isinstance(callee.node, TypeInfo):
            return fullname
        case CallExpr(callee=RefExpr(fullname=fullname)) if fullname.startswith("celery.canvas."):
            return ""
        case CallExpr(callee=MemberExpr(name=name) as inner) if name in BUILDING:
            return _sent_through(inner)
        case CallExpr(callee=RefExpr(node=TypeInfo() as info)):
            return info.fullname
        case nodes.OpExpr(op="|", left=left):
            return _sent_through(left)
        case _:
            return None
