"""Which loops run a piece of code again and again, and over what."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncItem, MemberExpr, MypyFile, NameExpr, Node, RefExpr, TypeInfo, Var
from mypy.types import FunctionLike, Instance, ProperType, TupleType, TypeType, UnpackType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.collecting import put_into
from mypy_deckrules.facts.code.position import Position
from mypy_deckrules.facts.code.reaching import Comprehension, bindings, reaching
from mypy_deckrules.facts.code.tree import children, walk, walk_scope
from mypy_deckrules.facts.queries.recipes import FEW, PAIRED_ITEMS, SAME_ITEMS, applied_to

COLLECTIONS: Final = ("builtins.list", "builtins.set", "builtins.frozenset", names.QUERY_SET)

COLLECTING: Final = (
    *(nodes.ListExpr, nodes.TupleExpr, nodes.SetExpr, nodes.DictExpr),
    *(nodes.OpExpr, nodes.ListComprehension, nodes.SetComprehension),
)
"""The expressions that make a collection of items that they show."""

SETTINGS: Final = "django.conf.LazySettings"


@dataclass(frozen=True, slots=True)
class Loop:
    """A ``for`` statement, one ``for`` of a comprehension, or a lambda that ``sorted``, ``map`` ... call for each item.

    Attributes:
        node: the statement, comprehension or lambda.
        variables: those that each turn binds.
        iterated: what it is over.
    """

    node: nodes.ForStmt | nodes.GeneratorExpr | nodes.DictionaryComprehension | nodes.LambdaExpr
    variables: frozenset[Var]
    iterated: Expression


def loops_around(position: Position) -> Iterator[Loop]:
    """The loops that run a node once in each of their turns, the innermost first; of the function that runs it."""
    for holder, held in position.within_function():
        if isinstance(holder, nodes.ForStmt):
            if held is holder.body and not _ends_at_once(holder.body):
                yield Loop(holder, _variables(holder.index), holder.expr)
        elif isinstance(holder, Comprehension):
            yield from reversed(list(_turned(holder, held)))
        elif isinstance(holder, nodes.LambdaExpr):
            place = position.of_function()
            rows = applied_to(place.path[-2], holder) if place is not None and len(place.path) > 1 else None
            if rows is not None:
                yield Loop(holder, frozenset(argument.variable for argument in holder.arguments), rows)


def _turned(holder: nodes.GeneratorExpr | nodes.DictionaryComprehension, held: Node) -> Iterator[Loop]:
    """The loops of a comprehension that are run for ``held``: those before it, if it is itself what one is over."""
    for index, iterated in zip(holder.indices, holder.sequences, strict=True):
        if held is iterated:
            return
        yield Loop(holder, _variables(index), iterated)


def _ends_at_once(body: nodes.Block) -> bool:
    """Whether the first turn is always the last."""
    last = isinstance(body.body[-1], nodes.BreakStmt | nodes.ReturnStmt | nodes.RaiseStmt)
    return last and not any(isinstance(node, nodes.ContinueStmt) for node in walk_scope(body))


def is_bounded(api: TypeChecker, loop: Loop) -> bool:
    """Whether the turns of a loop do not grow with the rows of a table: it is over a literal, a constant, an enum, a
    tuple of known length, classes, a short ``range``, or a ``range`` in steps (which makes batches)."""
    return _is_constant(api, loop.iterated) or any(_is_class(variable) for variable in loop.variables)


def _is_class(variable: Var) -> bool:
    typ = get_proper_type(variable.type) if variable.type is not None else None
    return isinstance(typ, TypeType) or (isinstance(typ, FunctionLike) and typ.is_type_obj())


def _is_constant(api: TypeChecker, expr: Expression, asked: Set[Var] = frozenset()) -> bool:
    """Whether an expression has the same items, however many rows there are.

    Args:
        asked: the variables whose values lead here: one that is put together from itself may grow.
    """
    typ = get_proper_type(api.lookup_type(expr)) if api.has_type(expr) else None
    if isinstance(typ, TupleType) and not any(isinstance(item, UnpackType) for item in typ.items):
        return True
    match expr:
        case nodes.ListExpr(items=items) | nodes.TupleExpr(items=items) | nodes.SetExpr(items=items):
            return not any(isinstance(item, nodes.StarExpr) for item in items)
        case nodes.DictExpr(items=entries):
            return all(key is not None for key, _ in entries)
        case nodes.OpExpr(op="+", left=left, right=right):
            return _is_constant(api, left, asked) and _is_constant(api, right, asked)
        case nodes.ListComprehension(generator=generator) | nodes.SetComprehension(generator=generator):
            return all(_is_constant(api, iterated, asked) for iterated in generator.sequences)
        case CallExpr(callee=RefExpr(fullname="builtins.range"), args=args):
            stops = [arg.value for arg in args if isinstance(arg, nodes.IntExpr)]
            return len(args) == 3 or (len(stops) == len(args) and max(stops, default=0) <= FEW)
        case CallExpr(callee=RefExpr(fullname=called), args=args) if called in SAME_ITEMS or called in PAIRED_ITEMS:
            return any(_is_constant(api, arg, asked) for arg in args)
        case CallExpr(callee=MemberExpr(expr=mapping, name="items" | "keys" | "values"), args=[]):
            return _is_constant(api, mapping, asked)
        case RefExpr(node=TypeInfo()):
            return True
        case RefExpr(node=Var() as variable):
            return _is_constant_variable(api, variable, expr, asked)
        case MemberExpr(expr=owner, name=name) if api.has_type(owner):
            return _is_constant_attribute(get_proper_type(api.lookup_type(owner)), name)
        case _:
            return False


def _is_constant_variable(api: TypeChecker, variable: Var, read: Expression, asked: Set[Var]) -> bool:
    if variable.is_final or variable.name.isupper():
        return True
    root = api.scope.top_level_function() or api.tree
    if variable in asked or not isinstance(read, NameExpr) or not isinstance(root, FuncItem | MypyFile):
        return False
    bound = reaching(root, read)
    return (
        bool(bound)
        and all(
            isinstance(binding.target, NameExpr)
            and isinstance(binding.node, nodes.AssignmentStmt)
            and isinstance(binding.value, COLLECTING)
            and _is_constant(api, binding.value, {*asked, variable})
            for binding in bound
        )
        and not any(item for node in walk(root) for item in put_into(variable, node))
    )


def _is_constant_attribute(owner: ProperType, name: str) -> bool:
    """Whether an attribute is one of a class (``Status.choices``), a constant, or a setting."""
    if isinstance(owner, TypeType) or (isinstance(owner, FunctionLike) and owner.is_type_obj()):
        return True
    if not isinstance(owner, Instance) or owner.type.fullname == SETTINGS:
        return isinstance(owner, Instance)
    symbol = owner.type.get(name)
    return symbol is not None and isinstance(symbol.node, Var) and (symbol.node.is_final or name.isupper())


def changing_with(loop: Loop, until: Node) -> set[Var]:
    """The variables that may be others in each turn of a loop: those that it binds, and those that are computed from
    them in its body before ``until``."""
    changing = set(loop.variables)
    body = loop.node if isinstance(loop.node, Comprehension) else loop.node.body
    for node in walk(body):
        if node is until:
            break
        for binding in bindings(node):
            value = binding.value
            if binding.target is None or value is None or any(part is until for part in walk(value)):
                continue
            if mentions(value, changing):
                changing |= _variables(binding.target)
    return changing


def _variables(target: Node) -> frozenset[Var]:
    return frozenset(node.node for node in walk(target) if isinstance(node, NameExpr) and isinstance(node.node, Var))


def mentions_one_of(node: Node, variables: set[Var], collections: Set[Var] = frozenset()) -> bool:
    """Whether an expression uses a single value of one of the variables, rather than a collection that it holds.

    Args:
        collections: variables that hold one where their types do not tell.
    """
    match node:
        case nodes.IndexExpr(index=nodes.SliceExpr()):
            return False
        case nodes.IndexExpr(base=NameExpr(node=Var() as variable), index=index):
            return variable in variables or mentions_one_of(index, variables, collections)
        case NameExpr(node=Var() as variable):
            return variable in variables - collections and not _is_collection(variable)
        case _:
            return any(mentions_one_of(child, variables, collections) for child in children(node))


def _is_collection(variable: Var) -> bool:
    typ = get_proper_type(variable.type) if variable.type is not None else None
    return isinstance(typ, Instance) and any(typ.type.has_base(name) for name in COLLECTIONS)


def mentions(node: Node, variables: set[Var]) -> bool:
    """Whether one of the variables is read in an expression."""
    return any(isinstance(each, NameExpr) and each.node in variables for each in walk(node))
