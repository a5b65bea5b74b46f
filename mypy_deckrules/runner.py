"""Asks the rules about facts, and reports what they find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mypy.checker import TypeChecker
from mypy.nodes import MypyFile
from mypy.options import Options as MypyOptions
from mypy.plugin import CheckerPluginInterface
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.codes import ERROR_CODES
from mypy_deckrules.config import Options
from mypy_deckrules.gate import Gate
from mypy_deckrules.guard import attempt
from mypy_deckrules.reporting import module_of, report
from mypy_deckrules.rules import Check, Checks, CodedCheck


class Runner:
    """Runs the rules of a build, each in the modules where it is on.

    Attributes:
        options: the project's options.
        checks: the checks of the rules that may run.
        wanted: the codes that are on anywhere, as far as the configuration says.
    """

    def __init__(self, options: Options, wanted: frozenset[str]) -> None:
        self.options = options
        self.wanted = wanted
        self.checks = Checks(options)
        self.checks.load(self.wanted)
        self._gate = Gate(options)

    def codes(self, tree: MypyFile, mypy_options: MypyOptions) -> frozenset[str]:
        """The codes that are on in a module, mypy's options for which are given."""
        return self._gate.codes(tree.fullname, mypy_options)

    def run(
        self,
        checks: Sequence[CodedCheck],
        api: CheckerPluginInterface | SemanticAnalyzer,
        make_fact: Callable[[], object],
    ) -> None:
        """Ask those checks that are on in the module at work about a fact, and report what they find."""
        if not checks:
            return
        assert isinstance(api, TypeChecker | SemanticAnalyzer)
        tree = module_of(api)
        codes = self.codes(tree, api.options)
        active = [(code, check) for code, check in checks if code in codes]
        if not active or tree.is_stub:
            return
        fact = attempt(api, f'The fact of rule "{active[0][0]}"', make_fact)
        for code, check in active if fact is not None else ():
            attempt(api, f'Rule "{code}"', partial(self._ask, api, code, check, fact))

    def _ask(self, api: TypeChecker | SemanticAnalyzer, code: str, check: Check, fact: object) -> None:
        for finding in check(fact):
            report(api, finding, ERROR_CODES[code])
