"""Questions about the place of a call; the tests' plugin answers each with a note."""

from typing import Any


def transaction() -> None:
    """In which transaction does this run?"""


def function() -> None:
    """Which function runs this, and how deep is it?"""


def caller() -> None:
    """Does Django call this function while it writes a row?"""


def origins(row: Any) -> None:
    """Where does a row come from?"""


def conditions() -> None:
    """Which conditions decide whether this is reached?"""


def absent() -> None:
    """Which queries have found no row?"""


def lookup(rows: Any) -> None:
    """What is a query looked up by, and is that unique?"""


def is_write(result: Any) -> None:
    """Does this call write?"""


def computed() -> None:
    """Which attributes have been computed from themselves?"""


def is_view() -> None:
    """Does this function answer a request?"""


def here() -> None:
    """A place that ``before`` tells of; it has no answer itself."""


def before() -> None:
    """Which calls of ``here`` stand on a path to this one?"""
