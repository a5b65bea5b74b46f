"""What a rule hands back."""

from __future__ import annotations

from typing import NamedTuple

from mypy.nodes import Context


class Finding(NamedTuple):
    """One report of a rule.

    Attributes:
        node: the node to change; it gives line, column and end.
        message: one line that says what is wrong, with the names involved, and what to do instead.
    """

    node: Context
    message: str
