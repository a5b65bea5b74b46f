"""What a project's functions without a return annotation give back: tasks, what makes tasks, Celery apps.

The sketches that ``facts.tasks.sketches`` took of them are followed through the modules, with the types that mypy
knows by now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeGuard, cast

from mypy.checker import TypeChecker
from mypy.expandtype import expand_type_by_instance
from mypy.lookup import lookup_fully_qualified
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Decorator, Expression, FuncDef, MemberExpr, RefExpr, SymbolNode, TypeInfo, Var
from mypy.types import CallableType, Instance, ProperType, TupleType, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.classes import method_definition
from mypy_deckrules.facts.metadata import depend_on, recall
from mypy_deckrules.facts.settings import Setting
from mypy_deckrules.facts.tasks.classes import ANY, unparametrised
from mypy_deckrules.facts.tasks.sketches import PASSED_ON, TOPIC, Sketch, is_untyped, undecorated

DEPTH: Final = 24
"""How many functions, calls and attributes may lie between a name and what it stands for."""


@dataclass(frozen=True, slots=True)
class Making:
    """How tasks are made of functions.

    Attributes:
        app: the app whose ``task`` makes them, None for ``shared_task``.
        keywords: what Celery's decorator is given, as sketches.
        given: what it is given in place of the function, as in the sketch of a call.
        is_decorator: whether the value is what makes tasks, rather than a task.
    """

    app: Instance | None
    keywords: Mapping[str, Sketch]
    given: str = "function"
    is_decorator: bool = True

    @property
    def is_opaque(self) -> bool:
        """Whether Celery's decorator may be given options that neither these are nor the caller's."""
        return self.keywords.get("**", PASSED_ON) != PASSED_ON

    @property
    def added(self) -> Mapping[str, Setting]:
        """The options that Celery's decorator is given beside the caller's."""
        return {name: _setting(sketch) for name, sketch in self.keywords.items() if name != "**"}


@dataclass(frozen=True, slots=True)
class _Maker:
    """Celery's ``shared_task``, or the ``task`` of an app."""

    app: Instance | None


@dataclass(frozen=True, slots=True)
class _Function:
    """A function or method of the project.

    Attributes:
        results: the sketches of what it gives back.
        receiver: for a method, the object that it is called on.
        keywords: what the functions around it were given.
    """

    results: Sequence[Sketch]
    receiver: Instance | None
    keywords: Mapping[str, Sketch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Same:
    """What is given.

    Attributes:
        is_decorator: whether the value is what gives back what it is given.
    """

    is_decorator: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature of a task, an iterator over such, or a tuple with such in it; a function may give back others too."""

    type: ProperType


Value = Making | Same | Signed | _Maker | _Function | TypeInfo | CallableType | Instance
"""What a sketch may stand for: a class stands for itself, a type for an object of it."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk through the functions that what is asked about may come from.

    Attributes:
        answers: what each has been found to give back, by its sketches and receiver. Functions that call each other in
            many places are so followed once each, and not along every path between them.
    """

    api: TypeChecker
    answers: dict[tuple[int, Instance | None], Sequence[Value]] = field(default_factory=dict)


def given_back(api: TypeChecker, fullname: str, receiver: ProperType | None) -> list[Making | Same | Signed | Instance]:
    """What a function gives back, of all that it may: how to make tasks, or how one is made; apps and tasks; what it is
    given.

    Args:
        fullname: the full name that the function was defined with.
        receiver: for a method, the object that it is called on.
    """
    fact = recall(api, TOPIC, fullname)
    if fact is None:
        return []
    owner = receiver if isinstance(receiver, Instance) else None
    walk = _Walk(api)
    results = _called(walk, _Function(cast(Sequence[Sketch], fact["returns"]), owner), {}, "unknown", DEPTH)
    found: list[Making | Same | Signed | Instance] = []
    for value in results:
        if isinstance(value, _Function):  # a decorator, written out
            made = _called(walk, value, {}, "function", DEPTH)
            found += (replace(item, is_decorator=True) for item in made if isinstance(item, Making | Same))
        elif _is_signature(value):
            found.append(Signed(value))
        elif isinstance(value, Making | Same | Signed) or (isinstance(value, Instance) and is_celerys(value)):
            found.append(value)
    return found


_asked: Final[set[Expression]] = set()
"""What mypy is being asked for the type of."""


def _owner(api: TypeChecker, expr: Expression) -> ProperType | None:
    """The type of what a decorator is taken from; None while mypy finds it out.

    For that it asks the hooks of the calls in it, which ask in turn whether they stand in a task.
    """
    if expr in _asked:
        return None
    _asked.add(expr)
    try:
        return get_proper_type(api.get_expression_type(expr))
    finally:
        _asked.remove(expr)


def making_of(api: TypeChecker, decorator: Expression) -> Making | None:
    """How a decorator makes tasks; None where it does not, or where that cannot be seen."""
    callee = without_arguments(decorator)
    if isinstance(callee, RefExpr) and callee.fullname == names.SHARED_TASK:
        return Making(None, {})
    owner = None
    if isinstance(callee, MemberExpr) and callee.kind is None:
        owner = _owner(api, callee.expr)
    if isinstance(callee, MemberExpr) and isinstance(owner, Instance):
        definition = method_definition(owner, callee.name)
        if definition is None:
            return None
        if definition == f"{names.CELERY}.task":
            return Making(owner, {})
        fullname = definition
    else:
        fullname = callee.fullname if isinstance(callee, RefExpr) else ""
    return next((value for value in given_back(api, fullname, owner) if isinstance(value, Making)), None)


def class_named(api: TypeChecker, sketch: Sketch) -> TypeInfo | None:
    """The class that a sketch stands for, None where it is no class or cannot be seen."""
    return next((value for value in _values(_Walk(api), sketch, None, DEPTH) if isinstance(value, TypeInfo)), None)


def _is_signature(value: Value) -> TypeGuard[Instance]:
    return isinstance(value, Instance) and value.type.has_base(names.SIGNATURE)


def is_celerys(typ: Instance) -> bool:
    """Whether something is an app or a task."""
    return typ.type.has_base(names.CELERY) or typ.type.has_base(names.TASK)


def _values(walk: _Walk, sketch: Sketch, receiver: Instance | None, depth: int) -> Iterator[Value]:
    """What a sketch stands for, in a method of ``receiver``."""
    if depth <= 0:
        return
    match sketch:
        case ["self"] if receiver is not None:
            yield receiver
        case ["given"]:
            yield Same()
        case ["name", str(fullname)]:
            yield from _named(walk.api, fullname)
        case ["attribute", [*owner], str(attribute)]:
            for value in _values(walk, owner, receiver, depth - 1):
                if isinstance(value, Instance):
                    yield from _attribute(walk.api, value, attribute)
        case ["call", [*callee], dict(keywords), str(given)]:
            for value in _values(walk, callee, receiver, depth - 1):
                yield from _called(walk, value, keywords, given, depth - 1)
        case ["inner", [*results]]:
            yield _Function(results, receiver)
        case ["each", [*item]]:
            for value in _values(walk, item, receiver, depth - 1):
                if _is_signature(value):
                    yield Signed(walk.api.named_generic_type("typing.Iterator", [value]))
        case ["tuple", [*items]]:
            types: list[Type] = [
                next(filter(_is_signature, _values(walk, item, receiver, depth - 1)), ANY) for item in items
            ]
            yield Signed(TupleType(types, walk.api.named_generic_type("builtins.tuple", [ANY])))
        case _:
            return


def _named(api: TypeChecker, fullname: str) -> Iterator[Value]:
    if fullname == names.SHARED_TASK:
        yield _Maker(None)
        return
    symbol = lookup_fully_qualified(fullname, api.modules)
    if symbol is not None:
        depend_on(api, fullname)
        yield from _of(api, symbol.node, None)


def _attribute(api: TypeChecker, owner: Instance, name: str) -> Iterator[Value]:
    if name == "task" and owner.type.has_base(names.CELERY):
        yield _Maker(owner)
    symbol = owner.type.get(name)
    for value in _of(api, symbol.node, owner) if symbol is not None else ():
        definer = owner.type.get_containing_type_info(name)
        if isinstance(value, CallableType) and definer is not None:
            yield expand_type_by_instance(value, map_instance_to_supertype(owner, definer))
        else:
            yield value


def _of(api: TypeChecker, node: SymbolNode | None, receiver: Instance | None) -> Iterator[Value]:
    """What something that a name stands for is worth."""
    match node:
        case TypeInfo():
            yield node
        case FuncDef() | Decorator() if (function := undecorated(node)) is not None and is_untyped(function):
            fact = recall(api, TOPIC, function.fullname)
            if fact is not None:
                yield _Function(cast(Sequence[Sketch], fact["returns"]), receiver)
        case Decorator(var=variable):
            yield from _of(api, variable, receiver)
        case Var() if (fact := recall(api, TOPIC, node.fullname)) is not None:
            yield _Function(cast(Sequence[Sketch], fact["returns"]), receiver)
        case FuncDef() | Var():
            typ = get_proper_type(node.type)
            if isinstance(typ, CallableType | Instance):
                yield typ
        case _:
            return


def _with(value: Value, passed: Mapping[str, Sketch]) -> Value:
    """What a function gives back when it is given keywords, of which it may hand on those that it does not name."""
    match value:
        case Making(keywords=keywords) if keywords.get("**") == PASSED_ON:
            own = {name: sketch for name, sketch in keywords.items() if name != "**"}
            return replace(value, keywords={**own, **passed})
        case _Function():
            return replace(value, keywords=passed)
        case _:
            return value


def _setting(sketch: Sketch) -> Setting:
    match sketch:
        case ["literal", bool() | int() | float() | str() | None as value]:
            return Setting(value, is_known=True)
        case _:
            return Setting(None, is_known=False)


def _called(walk: _Walk, value: Value, keywords: Mapping[str, Sketch], given: str, depth: int) -> Iterator[Value]:
    match value:
        case _Maker(app) if given == "nothing":
            yield Making(app, keywords)
        case _Maker(app) if given == "unknown":  # shared_task(*args): one or the other
            yield Making(app, keywords)
            yield Making(app, keywords, is_decorator=False)
        case _Maker(app):
            yield Making(app, keywords, given, is_decorator=False)
        case Making(is_decorator=True):
            yield replace(value, given="function" if given == "unknown" else given, is_decorator=False)
        case _Function(keywords=held):
            passed = {**held, **keywords}
            yield from (_with(back, passed) for back in _results(walk, value, depth))
        case TypeInfo() if value.has_base(names.CELERY):
            yield unparametrised(value)
        case CallableType() if isinstance(made := get_proper_type(value.ret_type), Instance):
            yield made
        case _:
            return


def _results(walk: _Walk, function: _Function, depth: int) -> Sequence[Value]:
    """What a function gives back, whatever keywords it is given; one that calls itself adds nothing by that."""
    key = (id(function.results), function.receiver)
    if key not in walk.answers:
        walk.answers[key] = ()
        found: list[Value] = []
        for result in function.results:
            found += (value for value in _values(walk, result, function.receiver, depth - 1) if value not in found)
        walk.answers[key] = found
    return walk.answers[key]
