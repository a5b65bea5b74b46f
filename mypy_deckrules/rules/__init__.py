"""The rules, one module each, in a folder per family.

A rule's module is a docstring (its documentation page, see ``docs/writing-a-rule.md``) and one or more of the
functions in ``CHECKS``. Each is given a fact and yields the findings; it reports nothing itself and keeps no state.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Final

from mypy_deckrules.codes import RULES, Rule
from mypy_deckrules.facts.findings import Finding

Check = Callable[..., Iterator[Finding]]

CHECKS: Final = (
    "check_call",
    "check_task",
    "check_dispatch",
    "check_sender_call",
    "check_read",
    "check_module",
    "check_resolved",
    "check_class",
)
"""The functions that a rule's module may define, by what they are asked about:

``check_call(call: Call)``
    a call of one of the module's ``FUNCTIONS`` (full names; a class stands for its constructor and those of its
    subclasses) or ``METHODS`` (a method's name with the full names of the classes that define it);
``check_task(task: TaskDefinition)``
    the definition of a Celery task;
``check_dispatch(dispatch: Dispatch)``
    a call that hands arguments to the broker;
``check_sender_call(sender: SenderCall)``
    a call of a function of the checked code that sends a task itself;
``check_read(read: AttributeRead)``
    the read of a model's attribute that is a relation;
``check_module(module: ModuleSource)``
    a module before its names are resolved;
``check_resolved(module: ModuleSource)``
    a module when its names are resolved, without the types;
``check_class(definition: ClassDefinition)``
    a class of it.
"""


def load_checks(name: str) -> list[tuple[str, ModuleType, Check]]:
    """The checks called ``name`` of all rules, in the order of the registry: (code, module, function)."""
    implemented = [(rule.code, module) for rule in RULES if (module := _implementation(rule)) is not None]
    return [(code, module, getattr(module, name)) for code, module in implemented if hasattr(module, name)]


def _implementation(rule: Rule) -> ModuleType | None:
    try:
        return importlib.import_module(rule.module)
    except ModuleNotFoundError as error:
        if error.name != rule.module:
            raise
        return None
