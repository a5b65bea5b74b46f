"""What functions return and class attributes hold, as recipes, remembered with the module that defines them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Decorator, FuncDef, MypyFile, NameExpr, RefExpr, TypeInfo
from mypy.semanal import SemanticAnalyzer
from mypy.types import AnyType, CallableType, get_proper_type

from mypy_deckrules.facts.code.classes import classes, typeinfo
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.reaching import reaching
from mypy_deckrules.facts.code.tree import walk_body
from mypy_deckrules.facts.database.models import watch
from mypy_deckrules.facts.database.types import model_in
from mypy_deckrules.facts.metadata import recall, remember_all
from mypy_deckrules.facts.queries.querysets import World
from mypy_deckrules.facts.queries.recipes import UNKNOWN, Reader, Recipe, any_of

TOPIC: Final = "recipes"

PROPERTIES: Final = frozenset(
    {"builtins.property", "functools.cached_property", "django.utils.functional.cached_property"}
)
TRANSPARENT: Final = frozenset({"builtins.staticmethod", "builtins.classmethod", "typing.override"}) | PROPERTIES
"""Decorators under which a function returns what its body says."""


COLLECTIONS: Final = frozenset(f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sorted"))


def learn_returns(api: SemanticAnalyzer) -> None:
    """Remember the recipes of a module; its names are resolved."""
    tree = api.cur_mod_node
    facts = dict(_of_functions(tree, tree.defs, None))
    reader = Reader(tree)
    for definition in classes(tree):
        prefix = definition.fullname[len(tree.fullname) + 1 :]
        members = [*_of_functions(tree, definition.defs.body, definition.info), *_of_attributes(reader, definition)]
        facts.update({f"{prefix}.{name}": fact for name, fact in members})
    remember_all(api, TOPIC, facts)


def _of_functions(
    tree: MypyFile, body: list[nodes.Statement], owner: TypeInfo | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for statement in definitions(body):
        function = statement.func if isinstance(statement, Decorator) else statement
        if not isinstance(function, FuncDef) or not _may_return_rows(function):
            continue
        decorators = statement.original_decorators if isinstance(statement, Decorator) else []
        called = {node.fullname if isinstance(node, RefExpr) else "" for node in decorators}
        if called <= TRANSPARENT:
            recipe = returned(Reader(tree, [function], owner), function)
            if recipe != UNKNOWN:
                bound = owner is not None and not function.is_static
                names = [argument.variable.name for argument in function.arguments][1 if bound else 0 :]
                yield function.name, _fact(recipe, names, attribute=not called.isdisjoint(PROPERTIES))


def _of_attributes(reader: Reader, definition: nodes.ClassDef) -> Iterator[tuple[str, dict[str, Any]]]:
    for statement in definitions(definition.defs.body):
        match statement:
            case nodes.AssignmentStmt(lvalues=[NameExpr(name=name)], rvalue=nodes.CallExpr() | RefExpr() as value):
                recipe = reader.read(value)
                if recipe != UNKNOWN:
                    yield name, _fact(recipe, [], attribute=True)
            case _:
                pass


def _fact(recipe: Recipe, parameters: list[str], *, attribute: bool) -> dict[str, Any]:
    return {"recipe": recipe, "parameters": parameters, "attribute": attribute}


def _may_return_rows(function: FuncDef) -> bool:
    """Whether the annotation, if there is one, leaves room for rows."""
    returns = get_proper_type(function.type.ret_type) if isinstance(function.type, CallableType) else None
    return returns is None or isinstance(returns, AnyType) or model_in(returns) is not None


def returned(reader: Reader, function: FuncDef) -> Recipe:
    """The recipe of what a function returns."""
    if function.is_generator:
        return ["iterable", ["collection"]] if _yields_batches(function) else UNKNOWN
    values = [node.expr for node in walk_body(function) if isinstance(node, nodes.ReturnStmt)]
    return any_of([reader.read(value) for value in values if value is not None])


def _yields_batches(function: FuncDef) -> bool:
    """Whether each value that a generator yields is a collection: a slice, a list, a dict ..."""
    yielded = [node for node in walk_body(function) if isinstance(node, nodes.YieldExpr | nodes.YieldFromExpr)]
    return all(isinstance(node, nodes.YieldExpr) and _is_collection(function, node.expr) for node in yielded)


def _is_collection(function: FuncDef, expr: nodes.Expression | None) -> bool:
    match expr:
        case nodes.IndexExpr(index=nodes.SliceExpr()):
            return True
        case nodes.CallExpr(callee=RefExpr(fullname=called)):
            return called in COLLECTIONS
        case nodes.ListExpr() | nodes.SetExpr() | nodes.DictExpr() | nodes.ListComprehension():
            return True
        case NameExpr(node=nodes.Var()):
            bound = reaching(function, expr)
            return bool(bound) and all(
                isinstance(binding.node, nodes.AssignmentStmt) and _is_collection(function, binding.value)
                for binding in bound
            )
        case _:
            return False


def world(api: TypeChecker | SemanticAnalyzer) -> World:
    """What the modules of the build say."""
    return World(partial(typeinfo, api), partial(recall, api, TOPIC), partial(watch, api))
