"""``deckrules rules``."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from mypy_deckrules.codes import FAMILIES, RULES


class Output(StrEnum):
    """The formats of the list."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def rules(output: Annotated[Output, typer.Option(help="The format of the list.")] = Output.TEXT) -> None:
    """List all rules: their codes, their families, and whether they are on by default."""
    match output:
        case Output.TEXT:
            _write_text()
        case Output.JSON:
            sys.stdout.write(f"{_json()}\n")
        case Output.MARKDOWN:
            sys.stdout.write(markdown())


def markdown() -> str:
    """The rules as a table with links to their pages."""
    rows = []
    for rule in RULES:
        default = "on" if rule.default else "off"
        rows.append(f"| [`{rule.code}`]({rule.page}) | `{rule.family.code}` | {default} | {rule.summary} |\n")
    return "".join(("| Code | Family | Default | What it reports |\n", "| --- | --- | --- | --- |\n", *rows))


def _json() -> str:
    listed = [
        {
            "code": rule.code,
            "family": rule.family.code,
            "default": rule.default,
            "summary": rule.summary,
            "page": rule.page,
        }
        for rule in RULES
    ]
    return json.dumps(listed, indent=2)


def _write_text() -> None:
    console = Console(highlight=False, soft_wrap=True)
    width = max(len(rule.code) for rule in RULES)
    for family in FAMILIES:
        console.print(Text.assemble((family.code, "bold"), f"  {family.summary}"))
        for rule in RULES:
            if rule.family is family:
                default = ("on ", "green") if rule.default else ("off", "dim")
                code = (f"{rule.code:{width}}", f"bold link {rule.page}")
                console.print(Text.assemble("  ", default, "  ", code, f"  {rule.summary}"))
