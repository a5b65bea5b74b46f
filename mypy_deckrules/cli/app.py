"""The commands, put together."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer

from mypy_deckrules import __version__
from mypy_deckrules.cli.adopt import adopt
from mypy_deckrules.cli.check import check
from mypy_deckrules.cli.doctor import doctor
from mypy_deckrules.cli.explain import explain
from mypy_deckrules.cli.init import init
from mypy_deckrules.cli.report.command import report
from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.cli.rules import rules
from mypy_deckrules.config import ConfigError

app = typer.Typer(
    name="deckrules",
    help="Find the mistakes in Django and Celery code that cost outages.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command()(adopt)
app.command()(init)
app.command()(report)
app.command()(explain)
app.command()(doctor)
app.command()(rules)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"deckrules {__version__}")
        raise typer.Exit


@app.callback()
def _deckrules(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def run() -> None:
    """Run the command that the command line names, and end the process with its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if os.environ.get("COLUMNS") == "0":  # rich would show nothing at all
        del os.environ["COLUMNS"]
    try:
        app()
    except (CannotRun, ConfigError) as error:
        _refuse(str(error))
    except OSError as error:  # what is written to is full, or gone
        sys.stdout = None  # or else Python fails once more when it flushes it at the end
        _refuse(": ".join(filter(None, (error.filename, error.strerror))))


def _refuse(message: str) -> NoReturn:
    print(f"deckrules: {message}", file=sys.stderr)
    sys.exit(2)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End as a shell expects of a process that is interrupted; what was begun is cleaned up on the way."""
    sys.exit(128 + number)
