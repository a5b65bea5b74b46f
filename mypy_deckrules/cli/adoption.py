"""What adoption writes: overrides by which single modules ignore single codes, until they are mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from mypy_deckrules.cli.editing import syntax_of, with_overrides
from mypy_deckrules.cli.files import write_file
from mypy_deckrules.cli.project import Override, Project, parse_project
from mypy_deckrules.cli.results import CannotRun, Finding
from mypy_deckrules.codes import RULES_BY_CODE
from mypy_deckrules.config import INI_SECTION

Entry = tuple[str, str]
"""A module and a code that it ignores for the time being."""

Changes = Mapping[int, Override | None]
"""Overrides to change, by their number in the file; None: to remove."""


def entries_of(override: Override) -> list[Entry]:
    """The entries of an override; none where it has patterns or selects something: such a one is policy."""
    if override.select or any("*" in module for module in override.modules):
        return []
    return [(module, code) for module in override.modules for code in override.ignore if code in RULES_BY_CODE]


def without_entries(overrides: Iterable[Override]) -> list[Override]:
    """The overrides as they were if everything were mended."""
    return [
        replace(override, ignore=tuple(code for code in override.ignore if code not in RULES_BY_CODE))
        if entries_of(override)
        else override
        for override in overrides
    ]


def adopted(overrides: Sequence[Override], findings: Iterable[Finding]) -> tuple[Changes, list[Override]]:
    """The overrides to change and those to add so that the findings are ignored."""
    codes: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        codes[finding.module].add(finding.code)
    changes = {}
    for number, override in enumerate(overrides):
        if len(override.modules) == 1 and entries_of(override) and override.modules[0] in codes:
            new = sorted(codes.pop(override.modules[0]) - set(override.ignore))
            changes[number] = replace(override, ignore=(*override.ignore, *new))
    return changes, [Override((module,), (), tuple(sorted(codes[module]))) for module in sorted(codes)]


def tightened(overrides: Sequence[Override], needed: Collection[Entry]) -> tuple[Changes, list[Entry]]:
    """The overrides to change, and the entries that are gone then: those that are not needed.

    Where an override has several modules, a code goes when none of them needs it, a module when it needs no code.
    """
    rest = [_needed_part(override, needed) for override in overrides]
    changes: dict[int, Override | None] = {}
    gone: list[Entry] = []
    for number, override in enumerate(overrides):
        entries, new = entries_of(override), rest[number]
        others = [other.modules for other in (*rest[:number], *rest[number + 1 :]) if other is not None]
        if new is not None and new.modules in others:  # no two sections of an INI file have the same name
            new = Override(override.modules, (), new.ignore)
        if entries and new != override:
            changes[number] = new
            gone += [entry for entry in entries if new is None or entry not in entries_of(new)]
    return changes, gone


def _needed_part(override: Override, needed: Collection[Entry]) -> Override | None:
    """What of an override is still needed; None where nothing is."""
    kept = [entry for entry in entries_of(override) if entry in needed]
    needing = {module for module, _ in kept}
    codes = {code for _, code in kept}
    ignore = tuple(code for code in override.ignore if code in codes or code not in RULES_BY_CODE)
    is_policy_too = not codes.issuperset(ignore)
    modules = tuple(module for module in override.modules if module in needing or is_policy_too)
    return Override(modules, (), ignore) if ignore else None


def write_overrides(project: Project, changes: Changes, added: Sequence[Override]) -> None:
    """Write the changes into the project's file, and nothing else.

    Raises:
        CannotRun: the file cannot be written, or is written in a way that cannot be edited safely.
    """
    assert project.file is not None
    expected = [changes.get(number, override) for number, override in enumerate(project.overrides)]
    try:
        text = with_overrides(syntax_of(project.file), project.text, changes, added)
        new = parse_project(project.file, text)
        unharmed = new.overrides == [item for item in (*expected, *added) if item] and _rest(new) == _rest(project)
    except (CannotRun, IndexError):
        unharmed = False
    if not unharmed:
        raise CannotRun(f"{project.file}: its overrides are written in a way that cannot be edited; edit them by hand")
    write_file(project.file, text)


def _rest(project: Project) -> dict[str, object]:
    """What the file says, but for the overrides."""
    options = {name: value for name, value in project.options.items() if name != "overrides"}
    others = {name: section for name, section in project.sections.items() if not name.startswith(INI_SECTION)}
    return {**others, "deckrules": options}
