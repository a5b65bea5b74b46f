"""What a module's annotations say of a class: that attributes hold its instances, that functions return them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import ClassDef, FuncDef, MemberExpr, MypyFile, NameExpr, Node, TypeInfo, Var
from mypy.types import CallableType, Instance, TupleType, Type, UnionType, get_proper_type

from mypy_deckrules.facts.code.tree import walk


def is_handed_on(info: TypeInfo, tree: MypyFile) -> bool:
    """Whether a module annotates an attribute, a module's name, a parameter or a return value with a class, other than
    in the class itself."""
    return any(_holds(typ, info) for node in _outside(tree, info.defn) for typ in _annotations(node))


def _outside(tree: MypyFile, left_out: ClassDef) -> Iterator[Node]:
    inside = set(walk(left_out))
    yield from (node for node in walk(tree) if node not in inside)


def _annotations(node: Node) -> Iterator[Type]:
    match node:
        case FuncDef(type=CallableType() as signature):
            yield from (*signature.arg_types, signature.ret_type)
        case NameExpr(node=Var(type=Type() as typ) as variable) if "." in variable.fullname:
            yield typ
        case MemberExpr(node=Var(type=Type() as typ)):
            yield typ
        case _:
            return


def _holds(typ: Type, info: TypeInfo) -> bool:
    """Whether a type is the class's, or holds it: ``list[Sender]``, ``Sender | None``."""
    proper = get_proper_type(typ)
    parts: Iterable[Type] = ()
    match proper:
        case Instance(type=made, args=parts):
            if made is info:
                return True
        case UnionType(items=parts) | TupleType(items=parts):
            pass
        case CallableType(arg_types=taken, ret_type=returned):
            parts = (*taken, returned)
        case _:
            pass
    return any(_holds(part, info) for part in parts)
