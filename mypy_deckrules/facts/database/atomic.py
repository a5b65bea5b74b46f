"""What runs inside a database transaction: ``transaction.atomic`` as a context manager and as a decorator.

https://docs.djangoproject.com/en/5.2/topics/db/transactions/#controlling-transactions-explicitly says what it means.
What is only defined inside (a function, a lambda) does not run inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, ClassDef, Expression, FuncDef, FuncItem, Node, RefExpr, TypeInfo
from mypy.semanal import SemanticAnalyzer
from mypy.types import CallableType, Instance, Type, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.bindings import bound_value
from mypy_deckrules.facts.code.calls import argument_of, without_arguments
from mypy_deckrules.facts.code.classes import classes
from mypy_deckrules.facts.code.contexts import entered
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.position import Position, path_to
from mypy_deckrules.facts.code.tree import walk_body
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.on_commit import decorators_at_work
from mypy_deckrules.facts.metadata import recall, remember, remember_all

HTTP_HANDLERS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
"""The methods that ``View.dispatch`` calls (``http_method_names``)."""

VIEW_SET_ACTIONS: Final = frozenset({"list", "create", "retrieve", "update", "partial_update", "destroy"})
"""The methods that the routers of Django REST framework bind to HTTP methods."""

TOPIC: Final = "atomic"
"""Of a class: which of its methods a decorator makes atomic."""

OPENS: Final = "opens"
"""Topic of the context managers, written as generators, whose block runs inside ``atomic``."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """An ``atomic`` that a node runs in.

    Attributes:
        opened_by: the context manager or decorator, or the base class that has the decorator.
        using: the database as it stands in the source; None for the default one, or where it does not show.
    """

    opened_by: Node
    using: str | None


def transaction_around(position: Position) -> Transaction | None:
    """The innermost ``atomic`` that a node runs in, as far as its own function shows; None where that shows none."""
    for holder, held in position.within_function():
        opened_by = opened_before(position.api, holder, held)
        if opened_by is not None:
            return Transaction(opened_by, _database(opened_by))
    place = position.of_function()
    decorator = _decorator_of(place) if place is not None else None
    return Transaction(decorator, _database(decorator)) if decorator is not None else None


def opened_before(api: TypeChecker | SemanticAnalyzer, holder: Node, held: Node) -> Expression | None:
    """The ``atomic`` that ``holder`` opens before it comes to ``held``."""
    return next((context for context in reversed(entered(holder, held)) if is_atomic(api, context)), None)


def opens_on(api: TypeChecker | SemanticAnalyzer, path: Sequence[Node]) -> bool:
    """Whether an ``atomic`` is opened on the way down a path."""
    return any(opened_before(api, holder, held) is not None for holder, held in pairwise(path))


def is_atomic(api: TypeChecker | SemanticAnalyzer, expr: Expression) -> bool:
    """Whether an expression is an ``Atomic``, or opens one in a generator, ready to be entered or to decorate."""
    match expr:
        case CallExpr(callee=RefExpr(fullname=fullname)) if fullname and recall(api, OPENS, fullname) is not None:
            return True
        case CallExpr(callee=RefExpr(fullname=names.ATOMIC_FUNCTION)):
            return True
        case _ if isinstance(api, TypeChecker) and api.has_type(expr):
            return _is_atomic_type(api.lookup_type(expr))
        case CallExpr(callee=RefExpr(node=TypeInfo() as made)):
            return made.has_base(names.ATOMIC)
        case CallExpr(callee=RefExpr(node=FuncDef(type=typ) | nodes.Decorator(type=typ))):
            function = get_proper_type(typ)
            return isinstance(function, CallableType) and _is_atomic_type(function.ret_type)
        case RefExpr(node=nodes.Var(type=typ)):
            return _is_atomic_type(typ)
        case _:
            return False


def _is_atomic_type(typ: Type | None) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.has_base(names.ATOMIC)


# --- decorators


def makes_atomic(api: TypeChecker | SemanticAnalyzer, decorator: Expression) -> bool:
    """Whether a decorator is ``atomic``, an ``Atomic``, or ``method_decorator`` with one of them."""
    match meant := bound_value(api, decorator):
        case RefExpr(fullname=names.ATOMIC_FUNCTION):
            return True
        case CallExpr(callee=RefExpr(fullname=names.METHOD_DECORATOR)):
            first = argument_of(meant, "decorator", 0)
            if first is None:
                return False
            given = bound_value(api, first)
            several = given.items if isinstance(given, nodes.ListExpr | nodes.TupleExpr) else [given]
            return any(makes_atomic(api, one) for one in several)
        case _:
            return is_atomic(api, meant)


def learn_atomic(api: SemanticAnalyzer) -> None:
    """Keep, for the module at work, which context managers open ``atomic``, and which methods of its classes a
    decorator of theirs or of the class makes atomic."""
    prefix = f"{api.cur_mod_node.fullname}."
    remember_all(api, OPENS, {})
    for statement in definitions(api.cur_mod_node.defs):
        if isinstance(statement, nodes.Decorator) and _opens(api, statement):
            remember(api, OPENS, statement.func.name, {})
    facts = {
        definition.fullname.removeprefix(prefix): {"methods": methods}
        for definition in classes(api.cur_mod_node)
        if (methods := sorted({*_named_by_class(api, definition), *_decorated(api, definition)}))
    }
    remember_all(api, TOPIC, facts)


def _opens(api: SemanticAnalyzer, decorated: nodes.Decorator) -> bool:
    """Whether a function is a context manager that yields inside ``atomic``."""
    function = decorated.func
    if not any(
        isinstance(by, RefExpr) and by.fullname in names.CONTEXT_MANAGER for by in decorated.original_decorators
    ):
        return False
    paths = [path_to(function, node) for node in walk_body(function) if isinstance(node, nodes.YieldExpr)]
    return any(opens_on(api, path) for path in paths if path is not None)


def _named_by_class(api: SemanticAnalyzer, definition: ClassDef) -> Iterator[str]:
    """The names in the class's ``@method_decorator(transaction.atomic, name=...)``."""
    for decorator in (bound_value(api, decorator) for decorator in definition.decorators):
        if isinstance(decorator, CallExpr) and makes_atomic(api, decorator):
            name = argument_of(decorator, "name", 1)
            value = bound_value(api, name) if name is not None else None
            if isinstance(value, nodes.StrExpr):
                yield value.value


def _decorated(api: SemanticAnalyzer, definition: ClassDef) -> Iterator[str]:
    for statement in definitions(definition.defs.body):
        if isinstance(statement, nodes.Decorator) and any(
            makes_atomic(api, decorator) for decorator in statement.original_decorators
        ):
            yield statement.func.name


def _decorator_of(place: Position) -> Node | None:
    """What makes the function at ``place`` atomic: its own decorator, or the class that says so."""
    function, owner, decorators = place.node, place.owner(), decorators_at_work(place)
    if isinstance(function, FuncItem) and function.is_generator:
        return None  # its body runs when somebody iterates, behind the decorator's block
    for decorator in decorators:
        if makes_atomic(place.api, decorator):
            return decorator
    if owner is None or not isinstance(function, FuncDef):
        return None
    if is_atomic_method(place.api, owner, function.name):
        return owner.defn
    if owner.has_base(names.VIEW) and _handles_requests(function, owner, decorators):
        return next((base.defn for base in owner.mro if is_atomic_method(place.api, base, "dispatch")), None)
    return None


def is_atomic_method(api: TypeChecker | SemanticAnalyzer, info: TypeInfo, name: str) -> bool:
    """Whether a decorator of a method, or of the class that defines it, makes it atomic."""
    fact = recall(api, TOPIC, info.fullname)
    methods = fact["methods"] if fact is not None else []
    return isinstance(methods, list) and name in methods


def _handles_requests(function: FuncDef, owner: TypeInfo, decorators: list[Expression]) -> bool:
    """Whether ``dispatch`` calls a method: for an HTTP method, or because a view set's router bound it to one."""
    if function.name in HTTP_HANDLERS:
        return True
    called = map(without_arguments, decorators)
    return owner.has_base(names.VIEW_SET_MIXIN) and (
        function.name in VIEW_SET_ACTIONS
        or any(isinstance(callee, RefExpr) and callee.fullname == names.VIEW_SET_ACTION for callee in called)
    )


# --- databases


def _database(opened_by: Node) -> str | None:
    match opened_by:
        case CallExpr(callee=RefExpr(fullname=names.METHOD_DECORATOR), args=[first, *_]):
            return _database(first)
        case CallExpr(callee=RefExpr(fullname=names.ATOMIC_FUNCTION), args=[first, *_], arg_names=[None | "using", *_]):
            return _source(first)
        case _:
            return None


def _source(expr: Expression) -> str | None:
    match expr:
        case nodes.StrExpr(value=name):
            return f'"{name}"' if name != "default" else None
        case nodes.NameExpr(name=name) if name != "None":
            return name
        case nodes.MemberExpr():
            return written(expr)
        case _:
            return None
