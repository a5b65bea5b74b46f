"""The configuration of the project at hand: which file it is, and what it says."""

from __future__ import annotations

import configparser
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mypy import defaults

from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.config import DJANGO_STUBS_SECTION, INI_SECTION, load_options

PLUGIN: Final = "mypy_deckrules"
DJANGO_PLUGIN: Final = "mypy_django_plugin.main"
"""That of django-stubs."""
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


@dataclass(frozen=True, slots=True)
class Project:
    """The configuration.

    Attributes:
        file: the file that holds the options, None where there is none.
        is_mypys: whether mypy takes its own configuration from that file.
        text: what the file holds.
        sections: the tables below ``tool`` in TOML, the sections in INI.
    """

    file: Path | None = None
    is_mypys: bool = False
    text: str = ""
    sections: dict[str, Any] = field(default_factory=dict)

    @property
    def mypy(self) -> dict[str, Any]:
        """mypy's own global options, as they are written."""
        return dict(self.sections.get("mypy", {}))

    @property
    def plugins(self) -> tuple[str, ...]:
        """mypy's plugins, in their order."""
        return listed(self.mypy.get("plugins", []))

    @property
    def options(self) -> dict[str, Any]:
        """The plugin's options, as they are written."""
        return dict(self.sections.get(INI_SECTION, {}) or self.sections.get("deckrules", {}))

    @property
    def settings_module(self) -> str | None:
        """The Django settings module that the plugin's options or those of django-stubs' name."""
        django_stubs = self.sections.get(DJANGO_STUBS_SECTION, {}) or self.sections.get("django-stubs", {})
        named = self.options.get("settings_module") or django_stubs.get("django_settings_module")
        return str(named).strip("'\"") if named else None

    @property
    def overrides(self) -> list[Override]:
        """The plugin's overrides, in the order of the file."""
        prefix = f"{INI_SECTION}-"
        tables = [
            {"module": name.removeprefix(prefix), **section}
            for name, section in self.sections.items()
            if name.startswith(prefix)
        ]
        tables += self.options.get("overrides", [])
        return [Override(*(listed(table.get(key, [])) for key in ("module", "select", "ignore"))) for table in tables]


def is_ours(plugin: str) -> bool:
    """Whether an entry of mypy's plugins, ``package.module:function``, is this project's."""
    return re.split("[.:]", plugin)[0] == PLUGIN


def listed(value: object) -> tuple[str, ...]:
    """The texts that a list holds; in an INI file it is a text with commas or line ends."""
    items = re.split(r"[,\n]", value) if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def find_project(given: Path | None = None) -> Project:
    """The configuration file that mypy would take, in the order of its documentation ("The mypy configuration file").

    Where there is none, a ``pyproject.toml`` with options of the plugin is taken.

    Args:
        given: the file to take, whatever else there is.
    Raises:
        CannotRun: a file on the way cannot be read.
        ConfigError: the plugin's options are wrong.
    """
    project = read_project(given) if given is not None else _first_project()
    load_options(str(project.file) if project.file else None)
    return project


def _first_project() -> Project:
    plugin_only = Project()
    for file in _candidates():
        project = read_project(file)
        if project.is_mypys:
            return project
        if plugin_only.file is None and "deckrules" in project.sections:
            plugin_only = project
    return plugin_only


def read_project(file: Path) -> Project:
    """The configuration in a file.

    Raises:
        CannotRun: it cannot be read.
    """
    try:
        return parse_project(file, file.read_bytes().decode())
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file}: cannot be read: {error}") from None


def parse_project(file: Path, text: str) -> Project:
    """The configuration in the text of a file.

    Raises:
        CannotRun: it is neither TOML nor INI.
    """
    try:
        if file.suffix.lower() == ".toml":
            tool = tomllib.loads(text.replace("\r\n", "\n")).get("tool", {})
            sections = _checked(file, tool) if isinstance(tool, dict) else {}
        else:
            parser = configparser.RawConfigParser()
            parser.read_string(text, source=str(file))
            sections = {name: dict(parser[name]) for name in parser.sections()}
    except (tomllib.TOMLDecodeError, configparser.Error) as error:
        raise CannotRun(f"{file}: cannot be read: {' '.join(str(error).split())}") from None
    is_mypys = file.name not in defaults.SHARED_CONFIG_NAMES or "mypy" in sections
    return Project(file, is_mypys, text, sections)


def _checked(file: Path, tables: dict[str, Any]) -> dict[str, Any]:
    """The tables below ``tool``, if those that are read have the form that mypy and the plugins ask for."""
    for name in ("mypy", "deckrules", "django-stubs"):
        if not isinstance(tables.get(name, {}), dict):
            raise CannotRun(f"{file}: [tool.{name}]: must be a table")
    plugins = tables.get("mypy", {}).get("plugins", [])
    if not isinstance(plugins, str | list) or not all(isinstance(plugin, str) for plugin in plugins):
        raise CannotRun(f"{file}: [tool.mypy]: plugins: must be a list of strings, not {plugins!r}")
    return tables


def _candidates() -> Iterator[Path]:
    # Not pathlib's questions: they raise where a folder cannot be looked into, as another user's home in a container.
    try:
        current = Path.cwd()
    except FileNotFoundError:
        raise CannotRun("the current folder is gone") from None
    for folder in (current, *current.parents):
        for name in (*defaults.CONFIG_NAMES, *defaults.SHARED_CONFIG_NAMES):
            if os.path.isfile(folder / name):
                yield Path(os.path.relpath(folder / name))
        if any(os.path.exists(folder / name) for name in REPOSITORIES):
            break
    for name in defaults.USER_CONFIG_FILES:
        if os.path.isfile(file := os.path.expanduser(name)):
            yield Path(file)
