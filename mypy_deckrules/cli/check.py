"""``deckrules check``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mypy_deckrules.cli import checking
from mypy_deckrules.cli.output import json, text
from mypy_deckrules.cli.request import Request
from mypy_deckrules.cli.results import CannotRun


class Output(StrEnum):
    """The formats of ``--output``."""

    TEXT = "text"
    JSON = "json"


WRITERS = {Output.TEXT: text.write, Output.JSON: json.write}


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; by default those of mypy's configuration, else the current folder."),
    ] = None,
    output: Annotated[Output, typer.Option(help="The format of the findings.")] = Output.TEXT,
) -> None:
    """Run mypy over the project and show what the rules find."""
    for path in paths or ():
        if not path.exists():
            raise CannotRun(f"{path}: no such file or folder")
    results = checking.check(Request(paths=[str(path) for path in paths or ()]), {})
    WRITERS[output](results, sys.stdout)
    raise typer.Exit(results.exit_code)
