"""Which functions answer a request, so that ``ATOMIC_REQUESTS`` puts a transaction around them."""

from __future__ import annotations

from typing import Final

from mypy.nodes import CallExpr, Expression, FuncDef, RefExpr, StrExpr
from mypy.types import CallableType, Instance, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.position import Position

REQUESTS: Final = (names.HTTP_REQUEST, names.REST_REQUEST)


def answers_request(place: Position) -> bool:
    """Whether the function at ``place`` is a view or runs for one: a method of a view class, or it takes the request.

    ``@transaction.non_atomic_requests`` takes a view out:
    https://docs.djangoproject.com/en/5.2/topics/db/transactions/#tying-transactions-to-http-requests
    """
    function, owner = place.node, place.owner()
    if not isinstance(function, FuncDef):
        return False
    is_view_class = owner is not None and owner.has_base(names.VIEW)
    decorators = [*place.decorators(), *(owner.defn.decorators if owner is not None and is_view_class else [])]
    return not any(map(_takes_out, decorators)) and (is_view_class or _takes_request(function))


def _takes_out(decorator: Expression) -> bool:
    """Whether a decorator is ``non_atomic_requests`` for the default database, bare, called, or for a method."""
    match decorator:
        case RefExpr(fullname=names.NON_ATOMIC_REQUESTS):
            return True
        case CallExpr(callee=RefExpr(fullname=names.NON_ATOMIC_REQUESTS), args=args):
            return all(isinstance(using, StrExpr) and using.value == "default" for using in args)
        case CallExpr(callee=RefExpr(fullname=names.METHOD_DECORATOR), args=[first, *_]):
            return _takes_out(first)
        case _:
            return False


def _takes_request(function: FuncDef) -> bool:
    if not isinstance(function.type, CallableType):
        return "request" in function.arg_names[:1]
    types = map(get_proper_type, function.type.arg_types)
    return any(isinstance(typ, Instance) and any(map(typ.type.has_base, REQUESTS)) for typ in types)
