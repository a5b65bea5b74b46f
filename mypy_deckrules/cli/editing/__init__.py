"""Edits of a configuration file that keep its comments, its order and everything else that they do not concern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from mypy_deckrules.cli.editing import ini, toml
from mypy_deckrules.cli.editing.blocks import Blocks
from mypy_deckrules.cli.project import Override


class Syntax(Protocol):
    """How a kind of file is written: the headers of its blocks, and the blocks themselves."""

    MYPY: str
    OPTIONS: str
    OVERRIDE: str

    def table(self, header: str, values: Mapping[str, Any]) -> str: ...
    def override(self, new: Override) -> str: ...
    def changed(self, block: str, values: Mapping[str, Any]) -> str: ...
    def changed_override(self, block: str, new: Override) -> str: ...


def syntax_of(file: Path) -> Syntax:
    """The syntax of a configuration file."""
    return toml if file.suffix.lower() == ".toml" else ini


def with_overrides(syntax: Syntax, text: str, changes: Mapping[int, Override | None], added: Sequence[Override]) -> str:
    """The text with overrides changed (by their number in the file; to None: removed) and others added below them."""
    blocks = Blocks(text)
    places = blocks.find(syntax.OVERRIDE)
    for number in sorted(changes, reverse=True):
        if (change := changes[number]) is None:
            blocks.cut(places[number])
        else:
            blocks.replace(places[number], syntax.changed_override(blocks.get(places[number]), change))
    for new in added:
        blocks.add(syntax.override(new), below=(syntax.OVERRIDE, syntax.OPTIONS))
    return blocks.text


def with_options(syntax: Syntax, text: str, header: str, values: Mapping[str, Any]) -> str:
    """The text with values set in the block with this header, which is added where there is none."""
    blocks = Blocks(text)
    places = blocks.find(header)
    if places:
        blocks.replace(places[0], syntax.changed(blocks.get(places[0]), values))
    else:
        blocks.add(syntax.table(header, values))
    return blocks.text
