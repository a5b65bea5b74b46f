"""Blocks of TOML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array

from mypy_deckrules.cli.project import Override
from mypy_deckrules.cli.results import CannotRun

MYPY: Final = "[tool.mypy]"
OPTIONS: Final = "[tool.deckrules]"
OVERRIDE: Final = "[[tool.deckrules.overrides]]"
LONG: Final = 100
"""From so many characters on, a list gets a line for each item."""


def table(header: str, values: Mapping[str, Any]) -> str:
    """A new block."""
    new = tomlkit.table()
    for name, value in values.items():
        item = tomlkit.item(value)
        if isinstance(item, Array):
            item.multiline(len(item.as_string()) > LONG)
        new.add(name, item)
    return f"{header}\n{new.as_string()}"


def override(new: Override) -> str:
    """The block of a new override."""
    modules = list(new.modules)
    return table(OVERRIDE, {"module": modules[0] if len(modules) == 1 else modules, "ignore": list(new.ignore)})


def changed(block: str, values: Mapping[str, Any]) -> str:
    """A block with values set; an array keeps its form and its comments, a list of one may stand as its item."""
    try:
        document = tomlkit.parse(block)
    except TOMLKitError as error:  # what looks like a header was a line of something else
        raise CannotRun(str(error)) from None
    inner = _inner_table(document)
    for name, value in values.items():
        if isinstance(array := inner.get(name), Array):
            for item in [item for item in array.unwrap() if item not in value]:
                array.remove(item)
            array.extend([item for item in value if item not in array])
        elif [inner.get(name)] != value:
            inner[name] = value
    return tomlkit.dumps(document)


def changed_override(block: str, new: Override) -> str:
    """The block of an override that ignores fewer or more codes, or in fewer modules."""
    return changed(block, {"module": list(new.modules), "ignore": list(new.ignore)})


def _inner_table(document: tomlkit.TOMLDocument) -> Any:
    """The one table of a document that holds nothing else."""
    name = next(iter(document))
    item: Any = document
    while isinstance(item, Mapping) and len(item) == 1 and isinstance(item[name := next(iter(item))], Mapping | AoT):
        item = item[name][0] if isinstance(item[name], AoT) else item[name]
    return item
