"""The page itself: one file that loads nothing."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Any


def page(contents: Mapping[str, Any]) -> str:
    """The page that shows these contents (see ``contents.py``)."""
    # In a script element "<" could end it, or begin a comment.
    data = json.dumps(contents, separators=(",", ":")).replace("<", "\\u003c")
    title = html.escape(f"deckrules: {contents['project']}")
    return Template(_read("page.html")).substitute(
        title=title, style=_read("page.css"), script=_read("page.js"), data=data
    )


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
