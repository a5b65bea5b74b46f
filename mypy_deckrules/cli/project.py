"""The configuration of the project at hand: which file it is, and what it says."""

from __future__ import annotations

import configparser
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mypy import defaults

from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.config import INI_SECTION

REPOSITORIES: Final = (".git", ".hg")
"""What marks the root of a repository: neither mypy nor this looks for a configuration above it."""


@dataclass(frozen=True, slots=True)
class Override:
    """An override as it is written: module patterns, and names of codes and families."""

    modules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]

    @property
    def table(self) -> dict[str, list[str]]:
        """The override as a TOML table."""
        return {"module": list(self.modules), "select": list(self.select), "ignore": list(self.ignore)}


@dataclass(frozen=True)
class Project:
    """The configuration.

    Attributes:
        file: the file that holds the options, None where there is none.
        is_mypys: whether mypy takes its own configuration from that file.
        document: what the file holds: tables by name for TOML, sections by name for INI.
    """

    file: Path | None
    is_mypys: bool
    document: dict[str, Any]

    @property
    def is_toml(self) -> bool:
        return self.file is not None and self.file.suffix.lower() == ".toml"

    @property
    def mypy_options(self) -> dict[str, Any]:
        """mypy's own global options."""
        tool = self.document.get("tool", {}) if self.is_toml else self.document
        return dict(tool.get("mypy", {}))

    @property
    def overrides(self) -> list[Override]:
        """The plugin's overrides, in the order of the file."""
        if self.is_toml:
            tables = self.document.get("tool", {}).get("deckrules", {}).get("overrides", [])
        else:
            prefix = f"{INI_SECTION}-"
            sections = [(name, section) for name, section in self.document.items() if name.startswith(prefix)]
            tables = [{"module": name.removeprefix(prefix), **section} for name, section in sections]
        return [Override(*(_listed(table.get(key, [])) for key in ("module", "select", "ignore"))) for table in tables]


def _listed(value: str | list[str]) -> tuple[str, ...]:
    """What a list holds; in an INI file it is a text with commas or line ends."""
    items = re.split(r"[,\n]", value) if isinstance(value, str) else value
    return tuple(item.strip() for item in items if item.strip())


def find_project(given: Path | None = None) -> Project:
    """The configuration file that mypy would take, in the order of its documentation ("The mypy configuration file").

    Where there is none, a ``pyproject.toml`` with a table for the plugin is taken.

    Args:
        given: the file to take, whatever else there is.
    Raises:
        CannotRun: a file on the way cannot be read.
    """
    if given is not None:
        if not given.is_file():
            raise CannotRun(f"{given}: no such file")
        return Project(given, is_mypys=True, document=_read(given))
    plugin_only = None
    for file in _candidates():
        document = _read(file)
        tool = document.get("tool", {}) if file.suffix == ".toml" else document
        if file.name not in defaults.SHARED_CONFIG_NAMES or "mypy" in tool:
            return Project(file, is_mypys=True, document=document)
        if plugin_only is None and "deckrules" in tool:
            plugin_only = Project(file, is_mypys=False, document=document)
    return plugin_only or Project(None, is_mypys=False, document={})


def _candidates() -> Iterator[Path]:
    current = Path.cwd()
    for folder in (current, *current.parents):
        for name in (*defaults.CONFIG_NAMES, *defaults.SHARED_CONFIG_NAMES):
            if (folder / name).is_file():
                yield Path(os.path.relpath(folder / name))
        if any((folder / name).exists() for name in REPOSITORIES):
            break
    for name in defaults.USER_CONFIG_FILES:
        file = Path(name).expanduser()
        if file.is_file():
            yield file


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix.lower() == ".toml":
            return tomllib.loads(text)
        parser = configparser.RawConfigParser()
        parser.read_string(text, source=str(file))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, configparser.Error) as error:
        raise CannotRun(f"{file}: cannot be read: {' '.join(str(error).split())}") from None
    return {name: dict(parser[name]) for name in parser.sections()}
