"""Blocks of INI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from mypy_deckrules.cli.project import Override, listed
from mypy_deckrules.config import INI_SECTION

MYPY: Final = "[mypy]"
OPTIONS: Final = f"[{INI_SECTION}]"
OVERRIDE: Final = f"[{INI_SECTION}-"
LONG: Final = 100
"""From so many characters on, a list gets a line for each item."""


def table(header: str, values: Mapping[str, Any]) -> str:
    """A new block."""
    return "".join((f"{header}\n", *(_option(name, value) for name, value in values.items())))


def override(new: Override) -> str:
    """The block of a new override."""
    return table(f"{OVERRIDE}{','.join(new.modules)}]", {"ignore": new.ignore})


def changed(block: str, values: Mapping[str, Any]) -> str:
    """A block with values set; a list that has an item on each line keeps its lines."""
    for name, value in values.items():
        option = re.compile(rf"^({name}[ \t]*[=:][ \t]*)(.*(?:\n[ \t]+.*)*)", re.MULTILINE | re.IGNORECASE)
        match = option.search(block)
        if match is None:
            block = f"{block.rstrip()}\n{_option(name, value)}"
        else:
            new = _item_lines(match[2], value) if isinstance(value, list) and "\n" in match[2] else [_written(value)]
            block = block[: match.start(2)] + "\n".join(new) + block[match.end(2) :]
    return block


def changed_override(block: str, new: Override) -> str:
    """The block of an override that ignores fewer or more codes, or in fewer modules."""
    header, _, body = block.partition("\n")
    header = header.replace(header[: header.index("]") + 1], f"{OVERRIDE}{','.join(new.modules)}]")
    return changed(f"{header}\n{body}", {"ignore": list(new.ignore)})


def _item_lines(old: str, items: list[str]) -> list[str]:
    """The lines of a list: those that are there, without the items that left it, and one for each new item."""
    lines: list[str] = []
    for line in old.split("\n"):
        kept = [item for item in listed(line) if item in items]
        if _says_nothing(line) or kept == list(listed(line)):
            lines.append(line)
        elif kept or not lines:  # the first one stands behind the option's name
            lines.append(f"{_indent(line)}{', '.join(kept)}{',' if line.rstrip().endswith(',') else ''}")
    present = {item for line in lines if not _says_nothing(line) for item in listed(line)}
    new = [item for item in items if item not in present]
    if new and not _says_nothing(lines[-1]) and not lines[-1].rstrip().endswith(","):
        lines[-1] = f"{lines[-1].rstrip()},"
    indent = _indent(old.split("\n")[-1])
    return [*lines, *(f"{indent}{item}{',' if item != new[-1] else ''}" for item in new)]


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith(("#", ";"))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _option(name: str, value: object) -> str:
    line = f"{name} = {_written(value)}\n"
    if isinstance(value, list | tuple) and len(line) > LONG:
        return "".join((f"{name} =\n", *(f"    {item},\n" for item in value)))
    return line


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list() | tuple():
            return ", ".join(value)
        case _:
            return str(value)
