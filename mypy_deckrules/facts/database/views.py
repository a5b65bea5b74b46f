"""Which functions answer a request, so that ``ATOMIC_REQUESTS`` puts a transaction around them."""

from __future__ import annotations

from typing import Final

from mypy.nodes import FuncDef, RefExpr
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
    if any(isinstance(d, RefExpr) and d.fullname == names.NON_ATOMIC_REQUESTS for d in place.decorators()):
        return False
    return (owner is not None and owner.has_base(names.VIEW)) or _takes_request(function)


def _takes_request(function: FuncDef) -> bool:
    if not isinstance(function.type, CallableType):
        return "request" in function.arg_names[:1]
    types = map(get_proper_type, function.type.arg_types)
    return any(isinstance(typ, Instance) and any(map(typ.type.has_base, REQUESTS)) for typ in types)
