"""``deckrules check``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Final, TextIO

import typer

from mypy_deckrules.cli import checking
from mypy_deckrules.cli.baseline import compared, read_baseline
from mypy_deckrules.cli.files import ensure_writable, write_file
from mypy_deckrules.cli.output import github, gitlab, json, junit, sarif, statistics, text
from mypy_deckrules.cli.progress import progress_bar
from mypy_deckrules.cli.project import Project, find_project
from mypy_deckrules.cli.request import Request
from mypy_deckrules.cli.results import CannotRun, Results
from mypy_deckrules.cli.selection import Ignore, Select, selection


class Output(StrEnum):
    """The formats of ``--output``."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


WRITERS: Final[dict[Output, Callable[[Results, TextIO], None]]] = {
    Output.TEXT: text.write,
    Output.JSON: json.write,
    Output.GITHUB: github.write,
    Output.GITLAB: gitlab.write,
    Output.SARIF: sarif.write,
    Output.JUNIT: junit.write,
}

Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files and folders; by default those of mypy's configuration, else the current folder."),
]
ConfigFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The configuration, instead of the one that mypy finds.")
]
BaselineFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A file with what may be found, by file and code.")
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=0, help="The number of mypy's worker processes.")]


def check(
    paths: Paths = None,
    output: Annotated[Output, typer.Option(help="The format of the findings.")] = Output.TEXT,
    output_file: Annotated[
        Path | None, typer.Option("--output-file", "-o", metavar="FILE", help="Where they go, instead of the screen.")
    ] = None,
    statistics_only: Annotated[
        bool, typer.Option("--statistics", help="Show how often each code was found, not where.")
    ] = False,
    select: Select = None,
    ignore: Ignore = None,
    jobs: Jobs = None,
    baseline: BaselineFile = None,
    config_file: ConfigFile = None,
) -> None:
    """Run mypy over the project and show what the rules find.

    Ends with 0 when all is clean, 1 when there are findings, 2 when something could not be checked.
    """
    if output_file is not None:
        ensure_writable(output_file)
    project = find_project(config_file)
    allowed = read_baseline(baseline) if baseline else None
    results = run_check(project, paths, selection(project, select, ignore), jobs)
    if allowed is not None:
        results = compared(results, allowed)
    write = statistics.write if statistics_only and output is Output.TEXT else WRITERS[output]
    if output_file is None:
        write(results, sys.stdout)
    else:
        buffer = StringIO()
        write(results, buffer)
        write_file(output_file, buffer.getvalue())
    raise typer.Exit(results.exit_code)


def run_check(
    project: Project,
    paths: list[Path] | None,
    options: dict[str, Any],
    jobs: int | None = None,
    *,
    diagnose: bool = False,
) -> Results:
    """Check the project's files, with a progress bar.

    Args:
        project: the configuration.
        paths: files and folders; none means what the configuration names.
        options: values that replace the plugin's options of the same name.
        jobs: the number of mypy's workers.
        diagnose: whether the results are to hold a diagnosis.
    Raises:
        CannotRun: a path does not exist, or mypy could not run.
    """
    for path in paths or ():
        if not path.exists():
            raise CannotRun(f"{path}: no such file or folder")
    file = str(project.file) if project.file else None
    request = Request(
        paths=tuple(map(str, paths or ())),
        config_file=file if project.is_mypys else None,
        plugin_config=None if project.is_mypys else file,
        jobs=jobs,
        diagnose=diagnose,
    )
    with progress_bar() as progress:
        results = checking.check(request, options, progress)
    for plugin, reason in results.left_out.items():
        print(f"deckrules: checked without {plugin}, which cannot start: {reason}", file=sys.stderr)
    return results
