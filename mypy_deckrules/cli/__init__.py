"""The command line, `deckrules`."""


def main() -> None:
    """The console script."""
    # The child process, a module of this package, needs none of the libraries that the commands need.
    from mypy_deckrules.cli.app import run

    run()
