"""The types of expressions by themselves, whatever is expected of them.

The stubs expect ``Any`` of most arguments, as an unannotated task does, and there mypy takes ``[order]`` for a
``list[Any]``.
"""

from __future__ import annotations

from collections.abc import Sequence

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ARG_STAR, ArgKind, Expression
from mypy.typeops import make_simplified_union, tuple_fallback
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeOfAny,
    UninhabitedType,
    UnionType,
    get_proper_type,
)

from mypy_deckrules.facts.code.classes import class_meant

ANY = AnyType(TypeOfAny.special_form)


def own_type(api: TypeChecker, expr: Expression) -> ProperType:
    """The type of an expression that mypy has checked; Any where it has not come there yet."""
    typ = get_proper_type(api.lookup_type(expr)) if api.has_type(expr) else ANY
    match expr:
        case nodes.ConditionalExpr(if_expr=first, else_expr=second):
            return _union(api, [first, second])
        case nodes.OpExpr(op="and", left=left, right=right) if not isinstance(typ, AnyType):
            return make_simplified_union([*_false_items(own_type(api, left)), own_type(api, right)])
        case nodes.TupleExpr(items=items) if isinstance(typ, TupleType) and len(typ.items) == len(items):
            return typ.copy_modified(items=[own_type(api, item) for item in items])
        case nodes.ListExpr(items=items) | nodes.SetExpr(items=items):
            return _holding(typ, _union(api, items))
        case nodes.DictExpr(items=items):
            entries = [_entry(api, name, item) for name, item in items]
            keys, values = ([entry[i] for entry in entries] for i in (0, 1))
            return _holding(typ, either(keys), either(values))
        case nodes.GeneratorExpr(left_expr=item):
            return _holding(typ, own_type(api, item))
        case nodes.ListComprehension(generator=inner) | nodes.SetComprehension(generator=inner):
            return _holding(typ, own_type(api, inner.left_expr))
        case nodes.DictionaryComprehension(key=key, value=value) if key is not None:
            return _holding(typ, own_type(api, key), own_type(api, value))
        case nodes.CallExpr() if not isinstance(typ, AnyType) and _holds_any(typ):
            with api.msg.filter_errors(), api.local_type_map:
                return get_proper_type(api.expr_checker.accept(expr))
        case nodes.MemberExpr() if isinstance(typ, CallableType) and _is_class_property(api, expr):
            return get_proper_type(typ.ret_type)
        case _:
            return typ


def _is_class_property(api: TypeChecker, member: nodes.MemberExpr) -> bool:
    """Whether what mypy takes for a method of a class is a ``@classmethod`` over a ``@property``: it is computed when
    it is read (Python 3.9 to 3.12, https://docs.python.org/3/library/functions.html#classmethod)."""
    owner = class_meant(api.lookup_type(member.expr)) if api.has_type(member.expr) else None
    symbol = owner.get(member.name) if owner is not None else None
    method = symbol.node if symbol is not None else None
    return isinstance(method, nodes.Decorator) and method.var.is_classmethod and method.var.is_property


def contained(typ: ProperType, kind: ArgKind) -> Type:
    """The items of an iterable, the values of a mapping; of anything else, itself."""
    if isinstance(typ, UnionType):
        return either([contained(item, kind) for item in map(get_proper_type, typ.items)])
    if isinstance(typ, TupleType):
        typ = tuple_fallback(typ)
    if isinstance(typ, Instance):
        base = "typing.Iterable" if kind == ARG_STAR else "typing.Mapping"
        for info in typ.type.mro:
            if info.fullname == base:
                return map_instance_to_supertype(typ, info).args[-1]
        return ANY if typ.type.get("__iter__") is not None else typ
    return typ


def _false_items(typ: ProperType) -> list[ProperType]:
    """What a type may be that is not true; mypy counts all classes in, as a subclass may define ``__bool__``."""
    items = map(get_proper_type, typ.items if isinstance(typ, UnionType) else [typ])
    return [
        item for item in items if not isinstance(item, Instance) or any(map(item.type.get, ("__bool__", "__len__")))
    ]


def _holds_any(typ: Type) -> bool:
    match get_proper_type(typ):
        case AnyType():
            return True
        case Instance(args=inside) | TupleType(items=inside):
            return any(map(_holds_any, inside))
        case _:
            return False


def _union(api: TypeChecker, items: Sequence[Expression]) -> ProperType:
    """The union of the types of items; of ``*items``, that of what is in them."""
    types = [
        contained(own_type(api, item.expr), ARG_STAR) if isinstance(item, nodes.StarExpr) else own_type(api, item)
        for item in items
    ]
    return either(types)


def either(types: Sequence[Type]) -> ProperType:
    """The union of types, in which Any does not hide the others."""
    known = [typ for typ in types if not isinstance(get_proper_type(typ), AnyType)]
    if len(known) == len(types):
        return make_simplified_union(known)
    return UnionType([make_simplified_union(known), ANY]) if known else ANY


def _entry(api: TypeChecker, name: Expression | None, item: Expression) -> tuple[Type, Type]:
    """The types of the key and of the value of an entry in a dict display; without a name it is ``**item``."""
    typ = own_type(api, item)
    if name is not None:
        return own_type(api, name), typ
    if isinstance(typ, TypedDictType):
        return api.named_type("builtins.str"), either(list(typ.items.values()))
    for base in typ.type.mro if isinstance(typ, Instance) else ():
        if isinstance(typ, Instance) and base.fullname == "typing.Mapping":
            key, value = map_instance_to_supertype(typ, base).args
            return key, value
    return ANY, ANY


def _holding(typ: ProperType, *args: Type) -> ProperType:
    """A collection type that holds ``args``, where it is one and something is in it."""
    is_empty = any(isinstance(get_proper_type(arg), UninhabitedType) for arg in args)
    if is_empty or not isinstance(typ, Instance) or len(typ.args) < len(args):
        return typ
    return typ.copy_modified(args=[*args, *typ.args[len(args) :]])
