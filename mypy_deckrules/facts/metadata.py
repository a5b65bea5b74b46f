"""Facts that one module's check learns and another's needs, kept where mypy keeps a module's names.

A module's facts on one topic are the text of a ``Literal`` type, of a hidden variable in the module's symbol table. So
they are in mypy's cache, reach its workers, and a change of them makes the daemon check again what has read them.

Only what is known when a module's top level has been checked is there in every mode: with ``mypy -n`` the cache is
written before the bodies of functions are checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from mypy.checker import TypeChecker
from mypy.nodes import GDEF, MypyFile, SymbolTableNode, Var
from mypy.semanal import SemanticAnalyzer
from mypy.types import LiteralType, get_proper_type

Fact = Mapping[str, object]
"""What can be remembered: a JSON object."""


def remember(api: TypeChecker | SemanticAnalyzer, topic: str, name: str, fact: Fact) -> None:
    """Keep a fact about something in the module at work.

    Args:
        topic: what kind of fact it is, ``task``; each reader knows its own.
        name: what the fact is about, its full name without the module's: ``ship``, ``Orders.ship``.
    """
    tree = _module_at_work(api)
    remember_all(api, topic, {**facts_of(tree, topic), name: fact})


def remember_all(api: TypeChecker | SemanticAnalyzer, topic: str, facts: Mapping[str, Fact]) -> None:
    """Keep the facts about the module at work, by name, in place of all that were known on the topic."""
    tree, key = _module_at_work(api), _key(topic)
    if not facts:
        tree.names.pop(key, None)
        return
    text = LiteralType(json.dumps(facts, sort_keys=True), api.named_type("builtins.str"))
    known = tree.names.get(key)
    if known is not None and isinstance(known.node, Var):
        known.node.type = text
        return
    variable = Var(key, text)
    variable._fullname = f"{tree.fullname}.{key}"
    variable.is_ready = True
    tree.names[key] = SymbolTableNode(GDEF, variable, module_public=False, module_hidden=True, plugin_generated=True)


def recall(api: TypeChecker | SemanticAnalyzer, topic: str, fullname: str) -> Fact | None:
    """The fact about ``fullname`` that was remembered when its module was checked; None where there is none."""
    module = fullname
    while (tree := api.modules.get(module)) is None:
        module, _, name = module.rpartition(".")
        if not name:
            return None
    return recall_all(api, topic, tree).get(fullname[len(module) + 1 :])


def recall_all(api: TypeChecker | SemanticAnalyzer, topic: str, tree: MypyFile) -> Mapping[str, Fact]:
    """All that was remembered of a module on a topic, by name."""
    if tree is not _module_at_work(api):
        depend_on(api, f"{tree.fullname}.{_key(topic)}")
    return facts_of(tree, topic)


def depend_on(api: TypeChecker | SemanticAnalyzer, fullname: str) -> None:
    """Have the daemon check again what is being checked, when what ``fullname`` stands for has changed."""
    _module_at_work(api).plugin_deps.setdefault(f"<{fullname}>", set()).add(target_at_work(api))


def target_at_work(api: TypeChecker | SemanticAnalyzer) -> str:
    """What is being checked, as the daemon names it: a module, a function of a module, a method."""
    scope = api.tscope if isinstance(api, TypeChecker) else api.scope
    return scope.current_target()


def _module_at_work(api: TypeChecker | SemanticAnalyzer) -> MypyFile:
    return api.tree if isinstance(api, TypeChecker) else api.cur_mod_node


def has_facts(tree: MypyFile, topic: str) -> bool:
    """Whether anything on ``topic`` was remembered of a module."""
    return _key(topic) in tree.names


def facts_of(tree: MypyFile, topic: str) -> Mapping[str, Fact]:
    """What was remembered of a module on a topic, by name; for who is not at work in a module."""
    known = tree.names.get(_key(topic))
    typ = get_proper_type(known.node.type) if known is not None and isinstance(known.node, Var) else None
    return _parsed(typ.value) if isinstance(typ, LiteralType) and isinstance(typ.value, str) else {}


def _key(topic: str) -> str:
    # The daemon, when it starts a module over, leaves names with an "@" alone.
    return f"@deckrules {topic}"


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Mapping[str, Fact]:
    facts: dict[str, Fact] = json.loads(text)
    return facts
