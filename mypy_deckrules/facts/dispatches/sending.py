"""With which serializer a signature is sent, where the calls that are made on it show it:
``group(ship.s(lines)).apply_async(serializer="pickle")``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, MemberExpr, NameExpr, Node, RefExpr

from mypy_deckrules import names
from mypy_deckrules.facts.code.position import position_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.dispatches.values import given

_CANVASES: Final = frozenset({names.CHAIN, names.CHAIN_CLASS, names.GROUP, names.CHORD})
_HOLDERS: Final = (nodes.ListExpr, nodes.TupleExpr, nodes.GeneratorExpr, nodes.ListComprehension, nodes.StarExpr)


def serializer_given(api: TypeChecker, call: CallExpr) -> Expression | None:
    """What a call says of the serializer; None where it says nothing that can be seen."""
    found = given(api, call, "serializer")
    return found.expr if found is not None and not found.is_opaque else None


def serializer_of_signature(api: TypeChecker, made: CallExpr) -> Expression | None:
    """What the calls on a signature, or on what it is put into, say of the serializer.

    Args:
        made: the call that makes the signature.
    """
    said = (serializer_given(api, call) for call in _calls_on(api, made))
    return next(filter(None, said), None)


def _calls_on(api: TypeChecker, made: CallExpr) -> Iterator[CallExpr]:
    place = position_of(api, made)
    for holder, held in place.within_function() if place is not None else ():
        match holder:
            case CallExpr(callee=callee) if callee is held:
                yield holder
            case CallExpr(callee=RefExpr(fullname=fullname)) if fullname in _CANVASES:
                pass
            case MemberExpr() | nodes.OpExpr(op="|"):
                pass
            case nodes.AssignmentStmt(lvalues=[NameExpr(node=variable)]):
                assert place is not None
                yield from _calls_on_variable(place.path[0], variable)
                return
            case _ if not isinstance(holder, _HOLDERS):
                return


def _calls_on_variable(root: Node, variable: nodes.SymbolNode | None) -> Iterator[CallExpr]:
    for node in walk(root):
        match node:
            case CallExpr(callee=MemberExpr(expr=NameExpr(node=owner))) if owner is variable:
                yield node
