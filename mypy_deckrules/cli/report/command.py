"""``deckrules report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mypy_deckrules.cli.adoption import entries_of, without_entries
from mypy_deckrules.cli.baseline import read_baseline
from mypy_deckrules.cli.check import BaselineFile, ConfigFile, Jobs, Paths, run_check
from mypy_deckrules.cli.files import ensure_writable, write_file
from mypy_deckrules.cli.output.text import counted
from mypy_deckrules.cli.project import find_project
from mypy_deckrules.cli.report.contents import Adopted, contents
from mypy_deckrules.cli.report.history import read_history
from mypy_deckrules.cli.report.page import page
from mypy_deckrules.config import load_options


def report(
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help="Where the page goes.")],
    paths: Paths = None,
    history: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Earlier output of check --output json, oldest first, or a folder of it."),
    ] = None,
    baseline: BaselineFile = None,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
) -> None:
    """Write an HTML page: findings by module and code, what is adopted, and the trend.

    What is adopted is checked as well and shown apart. Ends with 0, or with 2 when something could not be checked.
    """
    ensure_writable(html)
    project = find_project(config_file)
    options = load_options(str(project.file) if project.file else None)
    allowed = read_baseline(baseline) if baseline else None
    earlier = read_history(history or [])
    entries = frozenset(entry for override in project.overrides for entry in entries_of(override))
    mended = {"overrides": [override.table for override in without_entries(project.overrides)]} if entries else {}
    results = run_check(project, paths, mended, jobs)
    write_file(html, page(contents(results, Adopted(entries, allowed), options, earlier)))
    told = f"{html}: {counted(len(results.findings), 'finding')} in {counted(len(results.modules), 'module')}"
    broken = len({problem.path for problem in results.problems})
    typer.echo(f"{told}, {counted(broken, 'file')} could not be checked" if broken else told)
    raise typer.Exit(2 if results.problems else 0)
