"""What the definition of a task says of how it is sent, remembered for its callers.

Options are read by their names from every decorator, class body and assignment; whether that is a task, the caller
knows by its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import ARG_STAR2, CallExpr, Expression, MypyFile, Statement, TypeInfo
from mypy.options import Options as MypyOptions
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.sources import findable, sources, text_of
from mypy_deckrules.facts.metadata import recall, recall_all, remember_all
from mypy_deckrules.facts.settings import Setting, literal
from mypy_deckrules.facts.tasks.makers import Making, given_back
from mypy_deckrules.facts.tasks.sketches import maker_in

TOPIC: Final = "task"
MADE_BY: Final = "made by"
OPTIONS: Final = ("name", "serializer", "pydantic")
OTHERS: Final = "**"
"""Stands for options that cannot be seen."""

_SENDERS: Final = ("send_task", "signature", "subtask", "Signature")
_DOTTED_NAME: Final = re.compile(r"""(?P<quote>["'])(?P<module>\w+(\.\w+)*)\.\w+(?P=quote)""")


def notice_tasks(api: SemanticAnalyzer) -> None:
    """Remember the options that the definitions in the module at work set."""
    tree = api.cur_mod_node
    remember_all(api, TOPIC, {name: fact for name, fact in _facts_in(tree.defs, "") if fact})


def modules_named(tree: MypyFile, mypy_options: MypyOptions) -> Iterator[str]:
    """The modules of the tasks that a module, as parsed, may send by their names, where mypy can find them."""
    text = text_of(tree, mypy_options)
    sends = any(f"{sender}(" in text for sender in _SENDERS)
    modules = {match["module"] for match in _DOTTED_NAME.finditer(text)} if sends else ()
    return findable(modules, tree, mypy_options)


def learn_makers(api: SemanticAnalyzer) -> None:
    """Write down which functions of the project decorate those of the module at work."""
    found: dict[str, dict[str, object]] = {}
    for statement in definitions(api.cur_mod_node.defs):
        if isinstance(statement, nodes.Decorator):
            for expr in statement.original_decorators:
                maker = maker_in(api, expr)
                if maker is not None:
                    found[statement.func.name] = {"function": maker}
    remember_all(api, MADE_BY, found)


def task_option(api: TypeChecker, fullname: str | None, owner: TypeInfo | None, option: str) -> Setting | None:
    """The value of one of ``OPTIONS``; None where nobody sets it.

    Args:
        fullname: the full name of the task.
        owner: its class.
    """
    classes = [info.fullname for info in owner.mro] if owner is not None else []
    for name in [*filter(None, [fullname]), *classes]:
        fact = recall(api, TOPIC, name) or {}
        if option in fact:
            value = fact[option]
            return Setting(value, value is not None) if isinstance(value, bool | str | None) else None
        if OTHERS in fact:
            return Setting(None, is_known=False)
        added = _added(api, name, option)
        if added is not None:
            return added
    return None


def _added(api: TypeChecker, name: str, option: str) -> Setting | None:
    """The value of an option that the project's decorator adds to a task; None where it adds none."""
    fact = recall(api, MADE_BY, name)
    makings = given_back(api, str(fact["function"]), None) if fact is not None else ()
    making = next((value for value in makings if isinstance(value, Making)), None)
    if making is None:
        return None
    return making.added.get(option) or (Setting(None, is_known=False) if making.is_opaque else None)


def named_task(api: TypeChecker, name: str) -> str | None:
    """The full name of the task that a module defines with ``name=``, where the one at work imports it, near or far."""
    for tree in sources(api):
        for function, fact in recall_all(api, TOPIC, tree).items():
            if fact.get("name") == name:
                return f"{tree.fullname}.{function}"
    return None


def _facts_in(body: Sequence[Statement], prefix: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The names that statements define, each with the options that are set for it."""
    for statement in definitions(body):
        match statement:
            case nodes.Decorator(func=function, original_decorators=decorators):
                yield f"{prefix}{function.name}", _options_of(decorators)
            case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name=name)], rvalue=CallExpr(callee=callee) as call):
                yield f"{prefix}{name}", _options_of([callee, call])
            case nodes.ClassDef(name=name, defs=block):
                yield f"{prefix}{name}", _attributes(block.body)
                yield from _facts_in(block.body, f"{prefix}{name}.")
            case _:
                pass


def _options_of(calls: Sequence[Expression]) -> dict[str, object]:
    fact: dict[str, object] = {}
    for call in calls:
        if isinstance(call, CallExpr):
            for name, kind, value in zip(call.arg_names, call.arg_kinds, call.args, strict=True):
                if name in OPTIONS:
                    fact[name] = literal(value).value
                elif kind == ARG_STAR2:
                    fact[OTHERS] = True
    return fact


def _attributes(body: Sequence[Statement]) -> dict[str, object]:
    return {
        target.name: literal(statement.rvalue).value
        for statement in body
        if isinstance(statement, nodes.AssignmentStmt) and not isinstance(statement.rvalue, nodes.TempNode)
        for target in statement.lvalues
        if isinstance(target, nodes.NameExpr) and target.name in OPTIONS
    }
