"""How an expression was written, for messages."""

from __future__ import annotations

from mypy import nodes
from mypy.nodes import Expression


def written(expr: Expression) -> str:
    """The names of an expression as they stand in the source, arguments left out: ``shop.tasks.ship.s(...).delay``."""
    match expr:
        case nodes.NameExpr(name=name):
            return name
        case nodes.MemberExpr(expr=left, name=name):
            return f"{written(left)}.{name}"
        case nodes.SuperExpr(name=name):
            return f"super().{name}"
        case nodes.CallExpr(callee=callee, args=args):
            return f"{written(callee)}({'...' if args else ''})"
        case nodes.IndexExpr(base=base):
            return f"{written(base)}[...]"
        case nodes.OpExpr(op=op, left=left, right=right):
            return f"({written(left)} {op} {written(right)})"
        case _:
            return "..."
