"""The options: ``[tool.deckrules]`` in a TOML file, ``[mypy.plugins.deckrules]`` in an INI file.

They are read from the file that mypy itself took its configuration from; what the environment variable
``DECKRULES_OPTIONS`` holds, a JSON object like the TOML table, replaces the options of the same name. Whatever is wrong
in them raises ``ConfigError`` with one line that names file, section, option and what is allowed.
"""

from __future__ import annotations

import configparser
import difflib
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from mypy_deckrules.codes import ALL_CODES, CODES_BY_FAMILY, expand

TOML_SECTION: Final = "tool.deckrules"
INI_SECTION: Final = "mypy.plugins.deckrules"
ENVIRONMENT: Final = "DECKRULES_OPTIONS"
"""The environment variable by which ``deckrules`` hands the plugin what its command line says."""
DJANGO_STUBS_SECTION: Final = "mypy.plugins.django-stubs"
SELECTORS: Final = ("select", "ignore")
ERROR_CODE_NAMES: Final = (*sorted(CODES_BY_FAMILY), *sorted(ALL_CODES))
SERIALIZERS: Final = ("json", "pickle", "yaml", "msgpack")


class ConfigError(Exception):
    """A configuration that cannot be used; the message is one line, meant for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.splitlines()))  # what it quotes may have more


@dataclass(frozen=True)
class ModulePattern:
    """A pattern of module names, with the meaning that it has in mypy's own overrides.

    ``shop.*`` matches ``shop`` and all below it; ``*.services`` matches ``shop.services``.
    """

    text: str

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        first, *rest = self.text.split(".")
        expression = ".*" if first == "*" else re.escape(first)
        for part in rest:
            expression += r"(\..*)?" if part == "*" else re.escape(f".{part}")
        return re.compile(expression)

    @cached_property
    def _is_name(self) -> bool:
        return "*" not in self.text

    def matches(self, module: str) -> bool:
        return self.text == module if self._is_name else self._regex.fullmatch(module) is not None


class Override(NamedTuple):
    """``select`` and ``ignore`` for the modules that one of ``modules`` matches."""

    modules: tuple[ModulePattern, ...]
    select: frozenset[str]
    ignore: frozenset[str]

    def applies_to(self, module: str) -> bool:
        return any(pattern.matches(module) for pattern in self.modules)


@dataclass(frozen=True, slots=True)
class Options:
    """The project's options, with the names and defaults of the documentation.

    ``select`` and ``ignore`` are already expanded to codes. ``None`` stands for "read it from the Django settings
    module and ``app.conf``".
    """

    select: frozenset[str] = expand("default") or frozenset()
    ignore: frozenset[str] = frozenset()
    overrides: tuple[Override, ...] = ()
    service_modules: tuple[ModulePattern, ...] = (ModulePattern("*.services"), ModulePattern("*.services.*"))
    service_params: bool = False
    task_decorators: tuple[str, ...] = ()
    task_serializer: str = "json"
    json_types: tuple[str, ...] = ()
    http_calls: tuple[str, ...] = ()
    app_time_limit: bool | None = None
    app_ignore_result: bool | None = None
    atomic_requests: bool | None = None
    app_failure_handler: bool = False
    settings_module: str | None = None
    class_allow: tuple[ModulePattern, ...] = ()
    restore_task_types: bool = True

    def codes_for(self, module: str) -> frozenset[str]:
        """The codes that the options choose for ``module``; ``ignore`` wins over ``select``."""
        select, ignore = self.select, self.ignore
        for override in self.overrides:
            if override.applies_to(module):
                select |= override.select
                ignore |= override.ignore
        return select - ignore

    @property
    def codes_anywhere(self) -> frozenset[str]:
        """The codes that the options choose for any module."""
        return self.select.union(*(override.select for override in self.overrides)) - self.ignore

    def is_service_module(self, module: str) -> bool:
        """Whether ``service_modules`` matches ``module``; ``*.services`` matches a top-level ``services`` too."""
        return any(pattern.matches(module) or pattern.matches(f".{module}") for pattern in self.service_modules)

    @property
    def fingerprint(self) -> dict[str, str]:
        """The options as JSON-compatible data: mypy's cache is stale when it changes."""
        return {field.name: _canonical(getattr(self, field.name)) for field in fields(self)}


def _canonical(value: object) -> str:
    """A text that is the same for equal values in every process (a set's order is not)."""
    match value:
        case frozenset():
            return repr(sorted(value))
        case tuple():
            return f"({', '.join(map(_canonical, value))})"
        case _:
            return repr(value)


def load_options(config_file: str | None) -> Options:
    """Read the options from mypy's configuration file.

    Args:
        config_file: the path in ``mypy.options.Options.config_file``, None where mypy runs without one.
    Raises:
        ConfigError: the file cannot be read, or an option is unknown or has a value that is not allowed.
    """
    options = _from_file(config_file) if config_file else Options()
    replacements = os.environ.get(ENVIRONMENT)
    return _replaced(options, replacements) if replacements else options


def _replaced(options: Options, replacements: str) -> Options:
    try:
        table = json.loads(replacements)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{ENVIRONMENT}: must be JSON: {error}") from None
    given = _from_table(ENVIRONMENT, table)
    return replace(options, **{name: getattr(given, name) for name in table})


def _from_file(config_file: str) -> Options:
    try:
        text = Path(config_file).read_text(encoding="utf-8")
        if config_file.lower().endswith(".toml"):
            return _from_toml(config_file, tomllib.loads(text))
        parser = configparser.RawConfigParser()
        parser.read_string(text, source=config_file)
        return _from_ini(config_file, parser)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, configparser.Error) as error:
        raise ConfigError(f"{config_file}: cannot be read: {' '.join(str(error).split())}") from None


def _from_toml(file: str, document: Mapping[str, Any]) -> Options:
    tool = _table(document, "tool")
    tables = [f"tool.{name}" for name in tool]
    tables += [f"mypy.plugins.{name}" for name in _table(_table(document, "mypy"), "plugins")]
    for name in tables:
        if name != TOML_SECTION and _seems_ours(name):
            raise ConfigError(f"{file}: [{name}]: unknown table; write [{TOML_SECTION}]")
    return _with_settings_of(_from_table(file, tool.get("deckrules", {})), tool.get("django-stubs"))


def _table(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = parent.get(name)
    return table if isinstance(table, dict) else {}


def _seems_ours(section: str) -> bool:
    """Whether the name of a section means this plugin, rightly or wrongly: nobody else would read it."""
    return "deckrules" in section.lower() and not section.startswith("mypy-")  # a module, to mypy


def _from_table(source: str, table: object) -> Options:
    where = f"{source}: [{TOML_SECTION}]"
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: must be a table")
    values = dict(table)
    overrides = values.pop("overrides", [])
    if not isinstance(overrides, list) or not all(isinstance(item, dict) for item in overrides):
        raise ConfigError(f"{where}: overrides: must be an array of tables, [[{TOML_SECTION}.overrides]]")
    for name, value in values.items():
        if PARSERS.get(name) is _bool and isinstance(value, str):  # what is right in an INI file
            raise ConfigError(f"{where}: {name}: must be true or false, not {value!r}")
    return _options(
        where, values, tuple(_override(f"{source}: [[{TOML_SECTION}.overrides]]", item) for item in overrides)
    )


def _from_ini(file: str, parser: configparser.RawConfigParser) -> Options:
    where = f"{file}: [{INI_SECTION}]"
    values = dict(parser[INI_SECTION]) if parser.has_section(INI_SECTION) else {}
    overrides = []
    for name in parser.sections():
        if name.startswith(f"{INI_SECTION}-"):
            _refuse_unknown(f"{file}: [{name}]", parser[name], SELECTORS)
            item = {**parser[name], "module": name.removeprefix(f"{INI_SECTION}-")}
            overrides.append(_override(f"{file}: [{name}]", item))
        elif name != INI_SECTION and _seems_ours(name):
            raise ConfigError(f"{file}: [{name}]: unknown section; write [{INI_SECTION}] or [{INI_SECTION}-PATTERN]")
    django_stubs = parser[DJANGO_STUBS_SECTION] if parser.has_section(DJANGO_STUBS_SECTION) else None
    return _with_settings_of(_options(where, values, tuple(overrides)), django_stubs)


def _with_settings_of(options: Options, django_stubs: object) -> Options:
    """The options with the settings module that django-stubs' plugin is told of, unless they name one themselves."""
    if options.settings_module is None and isinstance(django_stubs, Mapping):
        module = django_stubs.get("django_settings_module")
        if isinstance(module, str):
            return replace(options, settings_module=module.strip("'\""))
    return options


def _override(where: str, values: Mapping[str, Any]) -> Override:
    _refuse_unknown(where, values, ("module", *SELECTORS))
    modules = _patterns(f"{where}: module", values.get("module", []))
    if not modules:
        raise ConfigError(f"{where}: module: missing; name a module pattern or a list of them")
    return Override(
        modules=modules,
        select=_codes(f"{where}: select", values.get("select", [])),
        ignore=_codes(f"{where}: ignore", values.get("ignore", [])),
    )


def _options(where: str, values: Mapping[str, Any], overrides: tuple[Override, ...]) -> Options:
    _refuse_unknown(where, values, PARSERS)
    parsed: dict[str, Any] = {name: PARSERS[name](f"{where}: {name}", value) for name, value in values.items()}
    return Options(**parsed, overrides=overrides)


def _refuse_unknown(where: str, values: Iterable[str], allowed: Iterable[str]) -> None:
    allowed = sorted(allowed)
    for name in values:
        if name not in allowed:
            raise ConfigError(
                f"{where}: {name}: unknown option{_did_you_mean(name, allowed)}; allowed: {', '.join(allowed)}"
            )


def _did_you_mean(name: str, allowed: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(allowed), n=1)
    return f', did you mean "{close[0]}"?' if close else ""


def _strings(where: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(item.strip() for item in re.split(r"[,\n]", value) if item.strip())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ConfigError(f"{where}: must be a list of strings, not {value!r}")


def unknown_code(where: str, name: str, allowed: Sequence[str]) -> ConfigError:
    """What refuses a code that nobody knows."""
    return ConfigError(f'{where}: "{name}": unknown code{_did_you_mean(name, allowed)}; allowed: {", ".join(allowed)}')


def _codes(where: str, value: object) -> frozenset[str]:
    codes: set[str] = set()
    for name in _strings(where, value):
        expanded = expand(name)
        if expanded is None:
            raise unknown_code(where, name, ("default", "all", *ERROR_CODE_NAMES))
        codes |= expanded
    return frozenset(codes)


def _patterns(where: str, value: object) -> tuple[ModulePattern, ...]:
    patterns = _strings(where, value)
    for pattern in patterns:
        # As to mypy, a module is what a file is called: migrations ("0001_initial") and scripts are no identifiers.
        if not all(part == "*" or re.fullmatch(r"[^\s*?!\[\]]+", part) for part in pattern.split(".")):
            raise ConfigError(
                f'{where}: "{pattern}": bad pattern; allowed: full module names, "*" for whole components ("shop.*")'
            )
    return tuple(map(ModulePattern, patterns))


def _names(where: str, value: object) -> tuple[str, ...]:
    names = _strings(where, value)
    for name in names:
        if "." not in name or not all(part.isidentifier() for part in name.split(".")):
            raise ConfigError(f'{where}: "{name}": must be a full name with its module, "package.module.name"')
    return names


def _bool(where: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    states = configparser.RawConfigParser.BOOLEAN_STATES
    if isinstance(value, str) and value.lower() in states:
        return states[value.lower()]
    raise ConfigError(f"{where}: must be true or false, not {value!r}")


def _module(where: str, value: object) -> str:
    if isinstance(value, str) and all(part.isidentifier() for part in value.split(".")):
        return value
    raise ConfigError(f'{where}: must be the name of a module, "package.module", not {value!r}')


def _serializer(where: str, value: object) -> str:
    if value in SERIALIZERS or (  # a project may register its own
        isinstance(value, str) and re.fullmatch(r"\S+", value) and value.lower() not in SERIALIZERS
    ):
        return str(value)
    raise ConfigError(f"{where}: must be the name of a Kombu serializer ({', '.join(SERIALIZERS)}), not {value!r}")


PARSERS: Final[dict[str, Callable[[str, object], object]]] = {
    "select": _codes,
    "ignore": _codes,
    "service_modules": _patterns,
    "service_params": _bool,
    "task_decorators": _names,
    "task_serializer": _serializer,
    "json_types": _names,
    "http_calls": _names,
    "app_time_limit": _bool,
    "app_ignore_result": _bool,
    "atomic_requests": _bool,
    "app_failure_handler": _bool,
    "settings_module": _module,
    "class_allow": _patterns,
    "restore_task_types": _bool,
}
"""How each option is read: the function takes where it stands (for the message) and the value of the file."""
