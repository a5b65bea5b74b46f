"""A mypy plugin that checks Django and Celery code for the mistakes that cost outages.

Add ``mypy_deckrules`` to ``plugins`` in mypy's configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy.plugin import Plugin

__version__ = "0.1.0"


def plugin(version: str) -> type[Plugin]:
    """mypy's entry point: the plugin class for mypy ``version``."""
    from mypy_deckrules.plugin import DeckrulesPlugin

    return DeckrulesPlugin
