"""``--select`` and ``--ignore``: how the command line changes what the configuration chooses."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

import typer

from mypy_deckrules.cli.project import Project
from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.config import PARSERS, load_options

Selectors = list[str] | None

Select = Annotated[
    Selectors,
    typer.Option(
        "--select",
        metavar="CODES",
        help="Codes, families, default or all, with commas, instead of what the configuration selects.",
    ),
]
Ignore = Annotated[Selectors, typer.Option("--ignore", metavar="CODES", help="Codes or families to leave out besides.")]


def selection(project: Project, select: Selectors, ignore: Selectors) -> dict[str, Any]:
    """The plugin's options that the command line replaces.

    ``--select`` takes the place of all that the configuration selects and ignores, but for what it ignores in single
    modules; ``--ignore`` is added to it.

    Raises:
        ConfigError: the configuration, or a name on the command line, is wrong.
        CannotRun: the command line selects nothing.
    """
    options = load_options(str(project.file) if project.file else None)
    selected, ignored = _codes("--select", select), _codes("--ignore", ignore)
    if select and not selected:  # as where a script's variable is not set
        raise CannotRun("--select: names no code, and nothing would be checked")
    if select:
        overrides = [replace(override, select=()).table for override in project.overrides]
        return {"select": selected, "ignore": ignored, "overrides": overrides}
    return {"ignore": sorted({*options.ignore, *ignored})} if ignore else {}


def _codes(option: str, values: Selectors) -> list[str]:
    names = [name for value in values or () for name in re.split(r"[,\s]+", value) if name]
    codes = PARSERS["select"](option, names)
    assert isinstance(codes, frozenset)
    return sorted(codes)
