"""The rules, one module each, in a folder per family.

A rule's module is a docstring (its documentation page, see ``docs/writing-a-rule.md``) and one or more of the
functions in ``CHECKS``. Each is given a fact and yields the findings; it reports nothing itself and keeps no state.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from types import ModuleType
from typing import Final

from mypy_deckrules.codes import RULES
from mypy_deckrules.config import Options
from mypy_deckrules.facts.findings import Finding

Check = Callable[..., Iterator[Finding]]
CodedCheck = tuple[str, Check]
"""A rule's code with one of its checks."""

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


class Checks:
    """The checks of the rules that may run, by what they are asked about: ``checks["check_task"]``.

    A rule that is on in no module is not imported.

    Attributes:
        loaded: the codes whose rules have been imported.
        functions: those of ``check_call``, by the full name of the function or class.
        methods: those of ``check_call``, by the method's name and the full name of the class that defines it.
        packages: the top-level packages of these.
        failures: what kept a rule from being imported, by its code; such a rule has no checks.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.loaded: set[str] = set()
        self._by_name: dict[str, list[CodedCheck]] = {name: [] for name in CHECKS}
        self.functions: dict[str, list[CodedCheck]] = defaultdict(list)
        self.methods: dict[str, dict[str, list[CodedCheck]]] = {}
        self.packages: set[str] = set()
        self.failures: dict[str, Exception] = {}

    def __getitem__(self, name: str) -> list[CodedCheck]:
        return self._by_name[name]

    def load(self, codes: Set[str]) -> None:
        """Import the rules of these codes, in the order of the registry."""
        if codes <= self.loaded:
            return
        for rule in RULES:
            if rule.code in codes - self.loaded:
                try:
                    module = importlib.import_module(rule.module)
                except Exception as error:  # the other rules do without it
                    self.failures[rule.code] = error
                else:
                    self._add(rule.code, module)
        self.loaded |= codes

    def _add(self, code: str, module: ModuleType) -> None:
        for name, checks in self._by_name.items():
            if hasattr(module, name):
                checks.append((code, getattr(module, name)))
        if not hasattr(module, "check_call"):
            return
        check: CodedCheck = code, module.check_call
        configured = module.configured_names(self._options) if hasattr(module, "configured_names") else ()
        for fullname in (*getattr(module, "FUNCTIONS", ()), *configured):
            self.functions[fullname].append(check)
            self.packages.add(fullname.partition(".")[0])
        for method, owners in getattr(module, "METHODS", {}).items():
            for fullname in owners:
                self._of_method(method, fullname).append(check)
        for fullname in configured:
            owner, _, method = fullname.rpartition(".")
            self._of_method(method, owner).append(check)

    def _of_method(self, method: str, owner: str) -> list[CodedCheck]:
        self.packages.add(owner.partition(".")[0])
        return self.methods.setdefault(method, defaultdict(list))[owner]
