"""Flags that switch a part of a function on or off: what stands below ``if notify:``, or after its guard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from mypy import nodes
from mypy.nodes import Expression, FuncItem, Node
from mypy.types import Instance, get_proper_type

Switches = dict[str, list[bool | None]]
"""By parameter: the truth value it must have for the part to run, and the one that it has by default, if that shows."""

CONSTANTS: Final = {"True": True, "False": False, "None": False}


def switches(function: FuncItem, path: Sequence[Node]) -> Switches:
    """The flags of a function that must be true, or false, for it to come to the end of ``path``."""
    defaults = {argument.variable: argument.initializer for argument in function.arguments if _is_flag(argument)}
    found: Switches = {}
    for holder, held in pairwise(path):
        for test, wanted in _tests(holder, held):
            for name, value in _required(test, wanted):
                if isinstance(name.node, nodes.Var) and name.node in defaults:
                    default = defaults[name.node]
                    found[name.name] = [value, truth(default) if default is not None else None]
    return found


def _is_flag(argument: nodes.Argument) -> bool:
    """Whether a parameter is a bool by its annotation, or by its default value."""
    typ = get_proper_type(argument.variable.type)
    is_bool = isinstance(typ, Instance) and typ.type.fullname == "builtins.bool"
    match argument.initializer:
        case nodes.NameExpr(name="True" | "False"):
            return True
        case _:
            return is_bool


def truth(expr: Expression) -> bool | None:
    """Whether a literal is true; None for anything else."""
    match expr:
        case nodes.NameExpr(name=name):
            return CONSTANTS.get(name)
        case nodes.IntExpr(value=value) | nodes.StrExpr(value=value):
            return bool(value)
        case _:
            return None


def _tests(holder: Node, held: Node) -> Iterator[tuple[Expression, bool]]:
    """The tests that ``holder`` makes before it comes to ``held``, and how each must end."""
    match holder:
        case nodes.IfStmt(expr=[test], body=[body], else_body=other) if held is body or held is other:
            yield test, held is body
        case nodes.Block(body=statements):
            for statement in statements:
                if statement is held:
                    return
                match statement:
                    case nodes.IfStmt(expr=[test], body=[nodes.Block(body=[*_, last])], else_body=None) if isinstance(
                        last, nodes.ReturnStmt | nodes.RaiseStmt
                    ):
                        yield test, False
        case _:
            pass


def _required(test: Expression, wanted: bool) -> Iterator[tuple[nodes.NameExpr, bool]]:
    match test:
        case nodes.NameExpr():
            yield test, wanted
        case nodes.UnaryExpr(op="not", expr=inner):
            yield from _required(inner, not wanted)
        case nodes.OpExpr(op="and" | "or" as op, left=left, right=right) if wanted is (op == "and"):
            yield from _required(left, wanted)
            yield from _required(right, wanted)
        case _:
            pass
