"""Text for people: a line for each finding with the address of its page below, and a line that sums up."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.text import Text

from mypy_deckrules.cli.results import Finding, Problem, Results


def write(results: Results, file: TextIO) -> None:
    """Write the results; in colour where ``file`` is a terminal."""
    console = Console(file=file, highlight=False, soft_wrap=True)
    for finding in results.findings:
        console.print(_finding(finding))
        console.print(Text(f"    {finding.page}", style="dim"))
    for problem in results.problems:
        console.print(_problem(problem))
    console.print(_summary(results))


def _place(path: str, line: int, column: int) -> Text:
    return Text.assemble((path, "bold"), (f":{line}:{column}: ", "cyan"))


def _finding(finding: Finding) -> Text:
    code = (finding.code, f"bold red link {finding.page}")
    return Text.assemble(_place(finding.path, finding.line, finding.column), code, " ", finding.message)


def _problem(problem: Problem) -> Text:
    place = _place(problem.path, problem.line, problem.column)
    return Text.assemble(place, ("error", "bold red"), " ", problem.message)


def _summary(results: Results) -> Text:
    if results.problems:
        return Text(f"Not everything could be checked; found {_findings(results)} in the rest.", style="bold red")
    if results.findings:
        files = len({finding.path for finding in results.findings})
        return Text(f"Found {_findings(results)} in {counted(files, 'file')}.", style="bold")
    return Text(f"All clean in {counted(len(results.modules), 'module')}.", style="bold green")


def _findings(results: Results) -> str:
    return counted(len(results.findings), "finding")


def counted(number: int, noun: str) -> str:
    """A number and its noun, in the plural where that is right."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
