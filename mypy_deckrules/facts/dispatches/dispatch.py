"""What a dispatch is: a call that hands arguments to the broker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, NamedTuple, TypeVar

from mypy.checker import TypeChecker
from mypy.nodes import ARG_STAR, CallExpr, CastExpr, Decorator, Expression, FuncDef, MemberExpr, NameExpr
from mypy.plugin import FunctionSigContext
from mypy.types import CallableType, Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.calls import Argument, Call
from mypy_deckrules.facts.database.types import model_in
from mypy_deckrules.facts.dispatches.canvas import Canvas, Step, Unknown, canvas_of, heads, is_immutable, merged
from mypy_deckrules.facts.dispatches.canvas_types import SENT_WHEN_CALLED
from mypy_deckrules.facts.dispatches.contracts import Contract, contract_at, contract_of, task_argument, without_self
from mypy_deckrules.facts.dispatches.sending import serializer_given, serializer_of_signature
from mypy_deckrules.facts.dispatches.serialization import Misfit, misfit
from mypy_deckrules.facts.dispatches.signatures import Extent, SignatureMisfit, assigned, misfits
from mypy_deckrules.facts.dispatches.transport import refused, serializer_named
from mypy_deckrules.facts.dispatches.values import (
    SentArgument,
    literal_text,
    mapped,
    packed,
    positional,
    starmapped,
    starred,
)
from mypy_deckrules.facts.tasks.options import enclosing_task


class Form(NamedTuple):
    """How a method or function takes the arguments of a task.

    Attributes:
        read: what finds them among the call's own arguments.
        extent: how much of what the task takes they are.
    """

    read: Callable[[TypeChecker, CallExpr], Iterable[SentArgument]]
    extent: Extent = Extent.WHOLE


def _nothing(api: TypeChecker, call: CallExpr) -> Iterable[SentArgument]:
    return ()


_SECOND: Final = 1
"""The position of ``args``, or of the iterable, where the task comes first."""

METHODS: Final[Mapping[str, Mapping[str, Form]]] = {
    "delay": dict.fromkeys((names.TASK, names.SIGNATURE), Form(starred)),
    "apply_async": dict.fromkeys((names.TASK, names.SIGNATURE), Form(packed)),
    "delay_on_commit": {names.DJANGO_TASK: Form(starred)},
    "apply_async_on_commit": {names.DJANGO_TASK: Form(packed)},
    "s": {names.TASK: Form(starred, Extent.PART)},
    "si": {names.TASK: Form(starred)},
    "signature": {
        names.TASK: Form(packed, Extent.REST),
        names.CELERY: Form(partial(packed, position=_SECOND), Extent.REST),
    },
    "subtask": {names.TASK: Form(packed, Extent.REST)},
    "map": {names.TASK: Form(mapped)},
    "starmap": {names.TASK: Form(starmapped)},
    "chunks": {names.TASK: Form(starmapped)},
    "retry": {names.TASK: Form(packed, Extent.CHANGE)},
    "clone": {names.SIGNATURE: Form(packed, Extent.PART)},
    "partial": {names.SIGNATURE: Form(packed, Extent.PART)},
    "send_task": {names.CELERY: Form(partial(packed, position=_SECOND))},
    "__call__": {
        names.GROUP: Form(positional),
        **dict.fromkeys((names.CHORD, names.CHUNKS, names.XMAP, names.XSTARMAP), Form(_nothing)),
        names.SIGNATURE: Form(starred),
    },
}
"""The methods that are a dispatch, with the classes that have them."""

FUNCTIONS: Final[Mapping[str, Form]] = {
    **dict.fromkeys(
        (names.SIGNATURE, names.SIGNATURE_FUNCTION, names.SUBTASK_FUNCTION),
        Form(partial(packed, position=_SECOND), Extent.REST),
    ),
    names.SEND_TASK_FUNCTION: Form(partial(packed, position=_SECOND)),
    names.XMAP: Form(partial(mapped, position=_SECOND)),
    names.XSTARMAP: Form(partial(starmapped, position=_SECOND)),
    names.CHUNKS: Form(partial(starmapped, position=_SECOND)),
}
"""The functions and constructors that are a dispatch."""

_SENDING: Final = frozenset({"delay", "apply_async", "send_task", "__call__"})
_SENT_AS_THEY_ARE: Final = frozenset({"send_task", "map", "starmap", "chunks"})
"""What sends the arguments without asking the task."""

_CHECKED_BY_MYPY: Final = frozenset({"delay", "delay_on_commit", "si"})


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch, as ``RULES`` has the word.

    Attributes:
        call: the call itself.
        method: ``delay``, ``apply_async``, ``s``, ``send_task`` ...; ``__call__`` where a canvas is called.
        sends_now: whether it publishes at once, rather than building a signature or waiting for the commit.
        sent: the values that it hands over, those inside literal ``args=(...)`` and ``kwargs={...}`` one by one.
        extent: how much of what the tasks take they are.
        takers: the tasks that are given the values, as far as they are known.
    """

    call: Call
    method: str
    sends_now: bool
    sent: Sequence[SentArgument]
    extent: Extent
    takers: Sequence[Step]

    @property
    def task(self) -> str | None:
        """The full name of the task (``shop.tasks.ship``), or its Celery name; None where that is not known."""
        return self._contract.name

    def rows(self) -> Iterator[tuple[SentArgument, Instance]]:
        """The arguments that are or hold a Model or a query set, with the first that is found in each."""
        return _once_each((value, row) for value in self.sent if (row := model_in(value.type)) is not None)

    def refusals(self) -> Iterator[tuple[SentArgument, Misfit]]:
        """The arguments that the serializer cannot carry, rows apart, with the first misfit in each."""
        passed = {value.expr for value, _ in self.rows()}
        left = (value for value in self.sent if value.expr not in passed)
        return _once_each((value, refused) for value in left if (refused := self._refused(value)) is not None)

    def _refused(self, value: SentArgument) -> Misfit | None:
        """What in a value does not travel; None where all of it does, or where that is not known."""
        contract, call = self._contract, self.call
        if self.method not in _SENT_AS_THEY_ARE and contract.dumps(value):
            return None
        assert isinstance(call.node, CallExpr)
        own = serializer_given(call.api, call.node)
        if own is None:
            found = refused(call.api, call.options, value.type, contract.name, contract.owner)
            own = serializer_of_signature(call.api, call.node) if found is not None and not self.sends_now else None
            if own is None:
                return found
        name = literal_text(call.api, own)
        return misfit(value.type, serializer_named(call.options, name)) if name is not None else None

    @property
    def _contract(self) -> Contract:
        return self.takers[0].contract if len(self.takers) == 1 else Contract()

    def misfits(self) -> Iterator[tuple[Step, SignatureMisfit]]:
        """Why tasks cannot be called with what they are sent, apart from what mypy itself says, and from arguments that
        do not reach them.
        """
        receiver = self.call.receiver
        is_task = isinstance(receiver, Instance) and receiver.type.has_base(names.TASK)
        for taker in self.takers:
            contract = taker.contract
            if contract.parameters is None or (is_task and contract.is_typed and self.method in _CHECKED_BY_MYPY):
                continue
            if not misfits(self.call.api, taker.held, contract.parameters, Extent.PART):
                values = merged(self.sent, taker.held)
                found = misfits(self.call.api, values, contract.parameters, self.extent)
                mine = [misfit for misfit in found if misfit.value in self.sent]
                passed = {value.expr for value, _ in (*self.rows(), *self.refusals())} if found else ()
                for misfit in mine or found[:1]:
                    if misfit.value is None or misfit.value.expr not in passed:
                        yield taker, misfit


T = TypeVar("T")


def _once_each(found: Iterable[tuple[SentArgument, T]]) -> Iterator[tuple[SentArgument, T]]:
    """The first of what is found in each argument: ``*args`` and what is iterated stand for several values."""
    seen: set[Expression] = set()
    for value, what in found:
        if value.expr not in seen:
            seen.add(value.expr)
            yield value, what


def dispatch_from(call: Call) -> Dispatch | None:
    """The dispatch that a call of one of ``METHODS`` or ``FUNCTIONS`` is; None where it turns out to be none."""
    form = _form(call)
    if form is None or not isinstance(call.node, CallExpr):
        return None
    if (
        isinstance(call.receiver, Instance)
        and call.receiver.type.fullname.endswith(f".{names.ITSELF}")
        and _running(call) is None
    ):
        return None
    canvas = _canvas(call, call.node)
    if call.name == "__call__" and isinstance(canvas, Step | Unknown) and not _is_sent_when_called(call):
        return None
    takers = list(heads(canvas))
    is_lost = bool(takers) and all(taker.immutable or taker.contract.repacks for taker in takers)
    sent = [] if is_lost else list(form.read(call.api, call.node))
    return Dispatch(
        call,
        call.name,
        call.name in _SENDING,
        _named(sent, takers),
        _extent(call, call.node, form),
        takers,
    )


def deferred_dispatch(ctx: FunctionSigContext, options: Options) -> Dispatch | None:
    """The dispatch that ``functools.partial(ship.delay, ...)`` will be when called; None where it will be none."""
    api, node = ctx.api, ctx.context
    assert isinstance(api, TypeChecker)
    if not isinstance(node, CallExpr) or not node.args or not isinstance(method := node.args[0], MemberExpr):
        return None
    if method.name not in METHODS:
        return None
    with api.msg.filter_errors():  # mypy has not come to the arguments yet
        receiver = get_proper_type(api.expr_checker.accept(method.expr))
        for expr in node.args[1:]:
            api.expr_checker.accept(expr)
    if not isinstance(receiver, Instance):
        return None
    later = CallExpr(method, node.args[1:], node.arg_kinds[1:], node.arg_names[1:])
    later.set_line(node)
    keywords = zip(later.arg_names, later.args, later.arg_kinds, strict=True)
    arguments = [Argument(name, expr, kind) for name, expr, kind in keywords]
    call = Call(api, options, f"{receiver.type.fullname}.{method.name}", later, receiver, arguments, None)
    dispatch = dispatch_from(call)
    if dispatch is None:
        return None
    extent = Extent.CHANGE if dispatch.extent is Extent.WHOLE else dispatch.extent
    return replace(dispatch, sends_now=False, extent=extent)


def _form(call: Call) -> Form | None:
    if call.receiver is None:
        return FUNCTIONS.get(call.fullname)
    if not isinstance(call.receiver, Instance):
        return None
    forms = METHODS[call.name]
    form = next((forms[base.fullname] for base in call.receiver.type.mro if base.fullname in forms), None)
    return None if form is None or _has_its_own_arguments(call, form) else form


def _has_its_own_arguments(call: Call, form: Form) -> bool:
    """Whether a project's class has replaced the method by one that takes something else than the task does."""
    definer = call.defined_in()
    if definer is None or definer.fullname.startswith("celery.") or definer.names[call.name].plugin_generated:
        return False
    node = definer.names[call.name].node
    method = node.func if isinstance(node, Decorator) else node
    if not isinstance(method, FuncDef):
        return True
    return ARG_STAR not in method.arg_kinds if form.read is starred else "args" not in method.arg_names


def _canvas(call: Call, node: CallExpr) -> Canvas:
    """What is given the arguments: a task as a signature without any, or the signature that the call is made on."""
    if isinstance(call.receiver, Instance) and not call.receiver.type.has_base(names.CELERY):
        target = node.callee if call.name == "__call__" else call.receiver_expr
        contract = contract_of(call.api, call.receiver, target)
        if contract is not None and contract.parameters is None:
            contract = _running(call) or contract
    else:
        target = task_argument(node)
        contract = contract_at(call.api, target) if target is not None else None
    if contract is not None:
        return Step(node, contract)
    return canvas_of(call.api, target) if target is not None else Unknown(node)


def _running(call: Call) -> Contract | None:
    """The contract of the task that is running, where the call is made on its ``self``."""
    task = enclosing_task(call.api, call.options)
    if task is None or not task.function.arguments:
        return None
    itself, receiver = task.function.arguments[0].variable, call.receiver_expr
    receiver = receiver.expr if isinstance(receiver, CastExpr) else receiver
    if not isinstance(receiver, NameExpr) or receiver.node is not itself:
        return None
    method = call.api.function_type(task.function)
    if not isinstance(method, CallableType):
        return Contract(task.name, owner=task.base)
    return Contract(task.name, without_self(method), method.ret_type, owner=task.base)


def _is_sent_when_called(call: Call) -> bool:
    """Whether the class of a signature sends it when it is called; others run the task in this process."""
    return isinstance(call.receiver, Instance) and any(call.receiver.type.has_base(name) for name in SENT_WHEN_CALLED)


def _extent(call: Call, node: CallExpr, form: Form) -> Extent:
    if form.extent is Extent.REST and is_immutable(node):
        return Extent.WHOLE
    if form.extent is Extent.CHANGE and call.argument("args") and call.argument("kwargs"):
        return Extent.WHOLE
    return form.extent


def _named(sent: Sequence[SentArgument], takers: Sequence[Step]) -> Sequence[SentArgument]:
    """The values with the names of the parameters that take them."""
    parameters = takers[0].contract.parameters if len(takers) == 1 else None
    taken_by: dict[int, str | None] = {}
    if parameters is not None:
        for name, kind, positions in zip(
            parameters.arg_names, parameters.arg_kinds, assigned(sent, parameters), strict=True
        ):
            if not kind.is_star():
                taken_by.update(dict.fromkeys(positions, name))
    return [
        replace(value, parameter=value.keyword or (taken_by.get(i) if value.is_one else None))
        for i, value in enumerate(sent)
    ]
