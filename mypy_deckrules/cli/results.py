"""What a run of mypy brought: the findings of this project's rules, and what stood in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mypy_deckrules.codes import HOMEPAGE, INTERNAL, RULES_BY_CODE


class CannotRun(Exception):
    """The command cannot do what it was asked; the message is one line, meant for the user."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding.

    Lines and columns count from 1; ``end_column`` is the column of the last character. ``module`` is the full name of
    the module that ``path`` is.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    message: str
    module: str

    @property
    def family(self) -> str:
        """The code of the family that the finding's code belongs to."""
        rule = RULES_BY_CODE.get(self.code)
        return rule.family.code if rule else INTERNAL.code

    @property
    def page(self) -> str:
        """The address of the documentation of the finding's code."""
        rule = RULES_BY_CODE.get(self.code)
        return rule.page if rule else f"{HOMEPAGE}/issues"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Why a file could not be checked."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Results:
    """What a run brought.

    Attributes:
        findings: in the order of files and lines.
        problems: what kept mypy from checking a file; where there is one, what was found is not all.
        modules: the modules that were checked, by path.
        running: in how many of the modules each code runs.
        unseen: how many functions mypy did not look into, by what told it not to: ``ignore_errors``,
            ``no_type_check`` or ``check_untyped_defs``.
        is_complete: whether all files of the project were checked.
        left_out: plugins of mypy's that could not start, and why; without them rules may see less.
        stale: what the baseline allows and is no longer found, a line each.
        diagnosis: what ``deckrules doctor`` wants to know, see ``mypy_deckrules.cli.child.diagnosis``.
    """

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    modules: Mapping[str, str]
    running: Mapping[str, int]
    unseen: Mapping[str, int]
    is_complete: bool
    stale: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    diagnosis: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def counts(self) -> Counter[str]:
        """The number of findings of each code that has any."""
        return Counter(finding.code for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 when all is clean, 1 when there are findings, 2 when something could not be checked."""
        return 2 if self.problems else 1 if self.findings or self.stale else 0
