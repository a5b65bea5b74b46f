"""What functions without a return annotation give back, as far as it may be a Celery app, a task or what makes tasks.

mypy takes the result of such a function for Any, and with it every task that comes from it. So its return statements,
and those of functions whose type says that they give back a task or what makes one, are written down when a module's
names are resolved, each as a sketch, a JSON list whose first item says what it is:

- ``["name", "shop.celery.app"]``: what has that full name
- ``["self"]``: the object whose method it is
- ``["attribute", sketch, "task"]``
- ``["call", sketch, keywords, given]``: keywords are sketches or ``["literal", value]`` by name; ``given`` is what
  stands before them: ``"nothing"``, ``"function"`` (the function that is being made a task), ``"wrapper"`` (another
  one, whose parameters say nothing of the task's), ``"bound"`` and ``"unbound"`` (one that hands its arguments on,
  with and without the task itself), ``"own"`` (a function that has nothing to do with a given one), ``"unknown"``;
  ``"**"`` among the keywords stands for those that cannot be seen, or is ``["passed on"]``: what the function was
  given itself
- ``["inner", [sketch, ...]]``: a function that gives back one of these
- ``["tuple", [sketch, ...]]``: a tuple with a signature in it, as ``return ship.si(pk), order``
- ``["each", sketch]``: an iterator over signatures, as a function with ``yield ship.si(pk)`` gives back
- ``["given"]``: what a function was given as its first argument, as a decorator gives back what it decorates

``facts.tasks.makers`` says what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, Final

from mypy import nodes
from mypy.nodes import (
    ARG_POS,
    ARG_STAR2,
    ArgKind,
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    FuncItem,
    NameExpr,
    Node,
    RefExpr,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import AnyType, CallableType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.classes import classes
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.passing import changes, hands_on
from mypy_deckrules.facts.code.tree import walk, walk_statements
from mypy_deckrules.facts.metadata import recall, remember_all
from mypy_deckrules.facts.settings import literal
from mypy_deckrules.facts.tasks.stacked import is_task_or_maker

TOPIC: Final = "makes"
DEPTH: Final = 12
LIMIT: Final = 32
"""How many things a local variable may stand for; more are left."""

Sketch = list[Any]

SIGNING: Final = frozenset({"s", "si", "signature", "subtask"})
"""The methods of a task that make a signature of it."""

PASSED_ON: Final[Sketch] = ["passed on"]
UNKNOWN: Final[Sketch] = ["?"]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is being drawn of one function.

    Attributes:
        depth: how much deeper it may go.
        variables: the sketches of its local variables, as its innermost function sees them, empty while they are drawn.
    """

    depth: int
    variables: dict[tuple[Var, FuncItem | None], Sequence[Sketch]] = field(default_factory=dict)

    def less(self) -> _Drawing:
        """The same, one step further in."""
        return replace(self, depth=self.depth - 1)


def learn_sketches(api: SemanticAnalyzer) -> None:
    """Write down what the functions and methods of the module at work give back."""
    facts: dict[str, dict[str, object]] = {}
    for owner, function in _functions(api):
        sketches = list(_returned(function, [function], _Drawing(DEPTH)))
        if sketches:
            facts[f"{owner}{function.name}"] = {"returns": sketches}
    for name, call in _partials(api):
        sketches = list(_called_later(call))
        if sketches:
            facts[name] = {"returns": sketches}
    remember_all(api, TOPIC, facts)


def _partials(api: SemanticAnalyzer) -> Iterator[tuple[str, CallExpr]]:
    """The variables of the module at work that hold a ``functools.partial(...)``."""
    for statement in definitions(api.cur_mod_node.defs):
        match statement:
            case nodes.AssignmentStmt(
                lvalues=[NameExpr(name=name)], rvalue=CallExpr(callee=RefExpr(fullname=names.PARTIAL)) as call
            ):
                yield name, call


def _called_later(call: CallExpr) -> Iterator[Sketch]:
    """The sketches of what a ``functools.partial(...)`` gives back when it is called."""
    drawing = _Drawing(DEPTH)
    if call.arg_kinds[:1] == [ARG_POS]:
        for sketch in _sketches(call.args[0], [], drawing):
            yield ["call", sketch, {"**": PASSED_ON, **_keywords(call, [], drawing)}, "unknown"]


def _functions(api: SemanticAnalyzer) -> Iterator[tuple[str, FuncDef]]:
    bodies = [("", api.cur_mod_node.defs)]
    prefix = f"{api.cur_mod_id}."
    bodies += ((f"{info.fullname.removeprefix(prefix)}.", info.defs.body) for info in classes(api.cur_mod_node))
    for owner, body in bodies:
        for statement in definitions(body):
            function = undecorated(statement)
            if function is not None and may_make_tasks(function):
                yield owner, function


def undecorated(node: Node | None) -> FuncDef | None:
    """A function or method without decorators, but for ``staticmethod`` and ``classmethod``."""
    function = node.func if isinstance(node, Decorator) and not node.decorators else node
    return function if isinstance(function, FuncDef) else None


def is_untyped(function: FuncDef) -> bool:
    """Whether callers get Any from a function because it has no return annotation."""
    typ = function.type
    return not isinstance(typ, CallableType) or isinstance(get_proper_type(typ.ret_type), AnyType)


def may_make_tasks(function: FuncDef) -> bool:
    """Whether a function may give back a task, or what makes one: its type says so, or says nothing."""
    return is_untyped(function) or (
        isinstance(function.type, CallableType) and is_task_or_maker(function.type.ret_type)
    )


def maker_in(api: SemanticAnalyzer, decorator: Expression) -> str | None:
    """The full name of the function of the project that a decorator names, if it may make tasks."""
    callee = without_arguments(decorator)
    if not isinstance(callee, RefExpr):
        return None
    if isinstance(callee.node, Var):
        return callee.fullname if recall(api, TOPIC, callee.fullname) is not None else None
    function = undecorated(callee.node)
    return function.fullname if function is not None and may_make_tasks(function) else None


def _returned(function: FuncItem, around: Sequence[FuncItem], drawing: _Drawing) -> Iterator[Sketch]:
    """The sketches of what a function gives back: of its return statements, or else of what it yields."""
    for statement in walk_statements(function.body, inner=False):
        match statement:
            case nodes.ExpressionStmt(expr=nodes.YieldExpr(expr=Expression() as expr)) if _makes_signature(expr):
                yield from (["each", sketch] for sketch in _sketches(expr, around, drawing.less()))
            case nodes.ReturnStmt(expr=Expression() as expr) if not function.is_generator:
                if isinstance(expr, nodes.TupleExpr) and any(map(_makes_signature, expr.items)):
                    yield ["tuple", [next(_sketches(item, around, drawing.less()), UNKNOWN) for item in expr.items]]
                yield from _sketches(expr, around, drawing.less())


def _makes_signature(expr: Expression) -> bool:
    return isinstance(expr, CallExpr) and isinstance(expr.callee, nodes.MemberExpr) and expr.callee.name in SIGNING


def _sketches(expr: Expression, around: Sequence[FuncItem], drawing: _Drawing) -> Iterator[Sketch]:
    """The sketches of an expression: several where a variable may hold one of several values, none where nothing can
    come of it.

    Args:
        around: the functions that the expression stands in, the innermost last.
    """
    if drawing.depth <= 0:
        return
    match expr:
        case NameExpr(node=Var() as variable, kind=nodes.LDEF):
            yield from _of_variable(variable, around, drawing)
        case NameExpr(node=FuncDef() as inner, kind=nodes.LDEF) if inner not in around:
            results = list(_returned(inner, [*around, inner], drawing.less()))
            if results:
                yield ["inner", results]
        case NameExpr(node=Decorator() as inner, kind=nodes.LDEF):
            for decorator in inner.original_decorators:
                for sketch in _sketches(decorator, around, drawing.less()):
                    yield ["call", sketch, {}, _wrapping(inner.func, around)]
        case nodes.LambdaExpr():
            results = list(_returned(expr, [*around, expr], drawing.less()))
            if results:
                yield ["inner", results]
        case RefExpr(fullname=fullname, kind=nodes.GDEF) if fullname and not fullname.startswith("builtins."):
            yield ["name", fullname]
        case nodes.MemberExpr(expr=owner, name=name):
            for sketch in _sketches(owner, around, drawing.less()):
                yield ["attribute", sketch, name]
        case CallExpr(callee=callee):
            for sketch in _sketches(callee, around, drawing.less()):
                yield ["call", sketch, _keywords(expr, around, drawing), _given(expr, around)]
        case nodes.ConditionalExpr(if_expr=first, else_expr=second) | nodes.OpExpr(op="or", left=first, right=second):
            yield from _sketches(first, around, drawing.less())
            yield from _sketches(second, around, drawing.less())
        case _:
            return


def _of_variable(variable: Var, around: Sequence[FuncItem], drawing: _Drawing) -> Iterator[Sketch]:
    """The sketches of a local variable: of what it is assigned, each statement once."""
    if _is_parameter(variable, around[:1]) and variable.is_self:
        yield ["self"]
        return
    key = (variable, around[-1] if around else None)
    if key not in drawing.variables:
        drawing.variables[key] = ()  # one that is computed from itself is no other thing by that
        values = list(_values(variable, around))
        found = chain.from_iterable(_sketches(value, around, drawing.less()) for value in values)
        drawing.variables[key] = list(islice(found, LIMIT))
        if not values and _is_first(variable, around[-1:]):
            drawing.variables[key] = [["given"]]
    yield from drawing.variables[key]


def _values(variable: Var, around: Sequence[FuncItem]) -> Iterator[Expression]:
    """What is assigned to a local variable."""
    for function in around:
        for statement in walk_statements(function.body, inner=True):
            if isinstance(statement, nodes.AssignmentStmt) and any(
                _is(target, variable) for target in statement.lvalues
            ):
                yield statement.rvalue


def _keywords(call: CallExpr, around: Sequence[FuncItem], drawing: _Drawing) -> Mapping[str, Sketch]:
    keywords: dict[str, Sketch] = {}
    for name, expr, kind in zip(call.arg_names, call.args, call.arg_kinds, strict=True):
        if name is not None:
            keywords[name] = _value(expr, around, drawing)
        elif kind == ARG_STAR2:
            keywords = _joined(keywords, _unpacked(expr, around, drawing.less()))
    return keywords


def _value(expr: Expression, around: Sequence[FuncItem], drawing: _Drawing) -> Sketch:
    setting = literal(expr)
    return ["literal", setting.value] if setting.is_known else next(_sketches(expr, around, drawing.less()), UNKNOWN)


def _joined(keywords: Mapping[str, Sketch], further: Mapping[str, Sketch]) -> dict[str, Sketch]:
    """The keywords of both; of some that cannot be seen there may be others than were passed on."""
    is_hidden = UNKNOWN in (keywords.get("**"), further.get("**"))
    return {**keywords, **further, **({"**": UNKNOWN} if is_hidden else {})}


def _unpacked(mapping: Expression, around: Sequence[FuncItem], drawing: _Drawing) -> dict[str, Sketch]:
    """The keywords that a call is given as ``**mapping``."""
    hidden = {"**": UNKNOWN}
    match mapping:
        case nodes.DictExpr(items=items) if drawing.depth > 0:
            keywords: dict[str, Sketch] = {}
            for key, value in items:
                match key:
                    case None:
                        keywords = _joined(keywords, _unpacked(value, around, drawing.less()))
                    case nodes.StrExpr(value=name):
                        keywords[name] = _value(value, around, drawing)
                    case _:
                        return hidden
            return keywords
        case NameExpr(node=Var() as variable) if (put := _put_into(variable, around)) is not None:
            own = {name: _value(value, around, drawing) for name, value in put.items()}
            match list(_values(variable, around)):
                case [] if _is_parameter(variable, around, ARG_STAR2):
                    return {"**": PASSED_ON, **own}
                case [value] if not _is_parameter(variable, around) and drawing.depth > 0:
                    return {**_unpacked(value, around, drawing.less()), **own}
                case _:
                    return hidden
        case _:
            return hidden


def _put_into(mapping: Var, around: Sequence[FuncItem]) -> Mapping[str, Expression] | None:
    """What functions put into a mapping, whatever they are given, by its key; None where they may change it in another
    way."""
    put: dict[str, Expression] = {}
    for statement in chain.from_iterable(function.body.body for function in around):
        match statement:
            case (
                nodes.AssignmentStmt(
                    lvalues=[nodes.IndexExpr(base=NameExpr(node=changed), index=nodes.StrExpr(value=key))],
                    rvalue=value,
                )
                | nodes.ExpressionStmt(
                    expr=CallExpr(
                        callee=nodes.MemberExpr(expr=NameExpr(node=changed), name="setdefault"),
                        args=[nodes.StrExpr(value=key), value],
                    )
                )
            ) if changed is mapping:
                put[key] = value
            case nodes.AssignmentStmt(lvalues=[NameExpr(node=bound)]) if bound is mapping:
                pass
            case FuncDef() | Decorator() if (
                statement.func if isinstance(statement, Decorator) else statement
            ) in around:
                pass
            case _ if any(changes(node, {mapping}) for node in walk(statement)):
                return None
            case _:
                pass
    return put


def _given(call: CallExpr, around: Sequence[FuncItem]) -> str:
    if ARG_POS not in call.arg_kinds:
        return "unknown" if nodes.ARG_STAR in call.arg_kinds else "nothing"
    first = call.args[call.arg_kinds.index(ARG_POS)]
    match first:
        case NameExpr(node=Var() as variable) if _is_parameter(variable, around):
            return "wrapper" if any(_values(variable, around)) else "function"
        case NameExpr(node=FuncDef() as wrapper) | NameExpr(node=Decorator(func=wrapper)):
            return _wrapping(wrapper, around)
        case _:
            return "own"


def _wrapping(wrapper: FuncDef, around: Sequence[FuncItem]) -> str:
    """What a function that is made a task tells of the parameters of the one that it calls."""
    calls = calls_of_parameters(wrapper, around)
    if not calls:
        return "own"
    if not hands_on(wrapper, lambda call: call in calls):
        return "wrapper"
    leading = [argument for argument in wrapper.arguments if argument.kind == ARG_POS]
    return "bound" if leading and all(ARG_POS in call.arg_kinds for call in calls) else "unbound"


def calls_of_parameters(wrapper: FuncDef, around: Sequence[FuncItem]) -> list[CallExpr]:
    """The calls that a function makes of what the functions around it were given."""
    given = {argument.variable for function in around for argument in function.arguments}
    return [node for node in walk(wrapper.body) if isinstance(node, CallExpr) and _is_any(node.callee, given)]


def _is_first(variable: Var, innermost: Sequence[FuncItem]) -> bool:
    """Whether a variable is what callers give a function, or a method, as its first argument."""
    given = (argument.variable for function in innermost for argument in function.arguments)
    return next((own for own in given if not own.is_self and not own.is_cls), None) is variable


def _is_parameter(variable: Var, around: Sequence[FuncItem], kind: ArgKind | None = None) -> bool:
    """Whether a variable is a parameter, of that kind."""
    return any(
        argument.variable is variable and kind in (None, argument.kind)
        for function in around
        for argument in function.arguments
    )


def _is(expr: Expression, variable: Var) -> bool:
    return isinstance(expr, NameExpr) and expr.node is variable


def _is_any(expr: Expression, variables: set[Var]) -> bool:
    return isinstance(expr, NameExpr) and expr.node in variables
