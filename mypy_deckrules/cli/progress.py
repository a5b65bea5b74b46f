"""The progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """Shows how far mypy is."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Reading", total=None)

    def started(self, files: int) -> None:
        """So many files are to be checked."""
        self._progress.update(self._task, description="Checking", total=files)

    def checked(self) -> None:
        """One more of them is done."""
        self._progress.advance(self._task)


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on standard error while the block runs; nothing where that is no terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress)
