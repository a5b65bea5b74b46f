"""Classes: what a class statement defines, once the names in it are resolved, and which class has a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.lookup import lookup_fully_qualified
from mypy.nodes import CallExpr, ClassDef, FuncDef, MypyFile, RaiseStmt, RefExpr, Statement, TypeInfo
from mypy.semanal import SemanticAnalyzer
from mypy.types import FunctionLike, Instance, ProperType, Type, TypeType, get_proper_type

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.modules import definitions


@dataclass(frozen=True, slots=True)
class ClassDefinition:
    """One class statement; its bases and all names in it are known, types are not inferred yet.

    Attributes:
        api: the semantic analyzer at work on the module.
        options: the project's options.
        tree: the module.
        node: the class statement.
    """

    api: SemanticAnalyzer
    options: Options
    tree: MypyFile
    node: ClassDef

    @property
    def info(self) -> TypeInfo:
        """The class."""
        return self.node.info


@lru_cache(maxsize=1)
def classes(tree: MypyFile) -> Sequence[ClassDef]:
    """The classes that a module defines, nested ones too; its names are resolved.

    Several questions about one module follow each other: its classes are looked for once for them.
    """
    return list(_classes_in(tree.defs))


def _classes_in(body: list[Statement]) -> Iterator[ClassDef]:
    for statement in definitions(body):
        if isinstance(statement, ClassDef) and isinstance(statement.info, TypeInfo):
            yield statement
            yield from _classes_in(statement.defs.body)


def typeinfo(api: TypeChecker | SemanticAnalyzer, fullname: str) -> TypeInfo | None:
    """The class of a full name; None where the build has none."""
    symbol = lookup_fully_qualified(fullname, api.modules, raise_on_missing=False)
    return symbol.node if symbol is not None and isinstance(symbol.node, TypeInfo) else None


def class_meant(typ: Type | None) -> TypeInfo | None:
    """The class that what has a type is: the name of one, or a ``type[X]``; None where it is no class."""
    match get_proper_type(typ):
        case FunctionLike() as maker if maker.is_type_obj():
            return maker.type_object()
        case TypeType(item=Instance(type=info)):
            return info
        case _:
            return None


def method_definition(receiver: ProperType | None, method: str) -> str | None:
    """The full name of a method of an object or a class, in the class that defines it; None where there is none."""
    match receiver:
        case Instance(type=owner):
            definer = owner.get_containing_type_info(method)
        case FunctionLike() if receiver.is_type_obj():
            definer = receiver.type_object().get_containing_type_info(method)
        case _:
            definer = None
    return f"{definer.fullname}.{method}" if definer is not None else None


def only_raises(function: FuncDef) -> bool:
    """Whether a function, its docstring apart, does nothing but raise ``NotImplementedError``."""
    body = function.body.body
    if body and _is_docstring(body[0]):
        body = body[1:]
    match body:
        case [RaiseStmt(expr=RefExpr(fullname=raised) | CallExpr(callee=RefExpr(fullname=raised)))]:
            return raised == "builtins.NotImplementedError"
        case _:
            return False


def _is_docstring(statement: Statement) -> bool:
    return isinstance(statement, nodes.ExpressionStmt) and isinstance(statement.expr, nodes.StrExpr)
