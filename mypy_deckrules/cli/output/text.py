"""Text for people: a line for each finding with the address of its page below, and a line that sums up."""

from __future__ import annotations

from typing import Final, TextIO

from rich.console import Console
from rich.text import Text

from mypy_deckrules.cli.results import Finding, Results

REASONS: Final = {
    "ignore_errors": "in modules whose errors are ignored",
    "no_type_check": "under @no_type_check",
    "check_untyped_defs": "without annotations, where check_untyped_defs is switched off",
}


def write(results: Results, file: TextIO) -> None:
    """Write the results; in colour where ``file`` is a terminal."""
    write_to(Console(file=file, highlight=False, soft_wrap=True), results)


def write_to(console: Console, results: Results) -> None:
    """Write the results to a console."""
    for finding in results.findings:
        console.print(_finding(finding))
        console.print(Text(f"    {finding.page}", style="dim"))
    write_problems(results, console)


def write_problems(results: Results, console: Console) -> None:
    """Write what was not checked, and the line that sums up."""
    for problem in results.problems:
        place = _place(problem.path, problem.line, problem.column)
        console.print(Text.assemble(place, ("not checked", "bold red"), " ", problem.message))
    for entry in results.stale:
        console.print(Text(entry, style="yellow"))
    unseen = ", ".join(f"{count} {REASONS[reason]}" for reason, count in results.unseen.items() if count)
    if unseen:
        total = counted(sum(results.unseen.values()), "function")
        console.print(Text(f"mypy could not look into {total}: {unseen}.", style="yellow"))
    console.print(_summary(results))


def _place(path: str, line: int, column: int) -> Text:
    return Text.assemble((path, "bold"), (f":{line}:{column}: ", "cyan"))


def _finding(finding: Finding) -> Text:
    place = _place(finding.path, finding.line, finding.column)
    return Text.assemble(place, (finding.code, f"bold red link {finding.page}"), " ", finding.message)


def _summary(results: Results) -> Text:
    found = counted(len(results.findings), "finding")
    if results.problems:
        files = counted(len({problem.path for problem in results.problems}), "file")
        return Text(f"Found {found}; {files} could not be checked.", style="bold red")
    if results.findings:
        return Text(f"Found {found} in {counted(len({item.path for item in results.findings}), 'file')}.", style="bold")
    if results.stale:
        return Text("Nothing new; lower the baseline with deckrules adopt --tighten --baseline FILE.", style="yellow")
    return Text(f"All clean in {counted(len(results.modules), 'module')}.", style="bold green")


def counted(number: int, noun: str) -> str:
    """A number and its noun, in the plural where that is right."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
