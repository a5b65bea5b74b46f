"""How often each code was found."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.text import Text

from mypy_deckrules.cli.output.text import write_problems
from mypy_deckrules.cli.results import Results
from mypy_deckrules.codes import ERROR_CODES, INTERNAL


def write(results: Results, file: TextIO) -> None:
    """Write a line for each code that was found, the most frequent first."""
    console = Console(file=file, highlight=False, soft_wrap=True)
    width = max(map(len, results.counts), default=0)
    for code, count in sorted(results.counts.items(), key=lambda item: (-item[1], item[0])):
        summary = ERROR_CODES.get(code, INTERNAL).description
        console.print(Text.assemble((f"{count:6}", "bold"), "  ", (f"{code:{width}}", "bold red"), f"  {summary}"))
    write_problems(results, console)
