"""``deckrules explain``."""

from __future__ import annotations

import difflib
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from mypy_deckrules.cli.pages import page_of
from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.codes import CODES_BY_FAMILY, FAMILIES, RULES, RULES_BY_CODE


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code of a rule or of a family.")],
) -> None:
    """Show what a rule reports, why, and what to write instead."""
    if code in RULES_BY_CODE:
        rule = RULES_BY_CODE[code]
        markdown = f"{page_of(code).markdown()}\n{rule.page}\n"
    elif code in CODES_BY_FAMILY:
        markdown = _family(code)
    else:
        close = difflib.get_close_matches(code, [*RULES_BY_CODE, *CODES_BY_FAMILY], n=1)
        hint = f', did you mean "{close[0]}"?' if close else ""
        raise CannotRun(f'"{code}": unknown code{hint}; "deckrules rules" lists them all')
    if sys.stdout.isatty():
        Console().print(Markdown(markdown))
    else:
        sys.stdout.write(markdown)


def _family(code: str) -> str:
    [family] = [family for family in FAMILIES if family.code == code]
    rules = [f"- `{rule.code}`: {rule.summary}\n" for rule in RULES if rule.family is family]
    return f"# {code}\n\n{family.summary}\n\n{''.join(rules)}"
