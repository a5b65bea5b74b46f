"""``deckrules doctor``."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from mypy_deckrules import __version__
from mypy_deckrules.cli.check import ConfigFile, Jobs, Paths, run_check
from mypy_deckrules.cli.output.text import REASONS, counted
from mypy_deckrules.cli.project import PLUGIN, Project, find_project, is_ours, listed
from mypy_deckrules.cli.results import Results
from mypy_deckrules.cli.settings_module import find_settings_module
from mypy_deckrules.codes import ALL_CODES, CODES_BY_FAMILY

MYPY_VERSIONS: Final = ((1, 19), (2, 5))
"""The first version of mypy that is supported, and the first that is not any more."""

REQUIRED: Final = ("django-stubs", "celery-types")
CHECKED: Final = ("celery", "kombu", "django")
COMPANIONS: Final = {
    "djangorestframework": "djangorestframework-stubs",
    "requests": "types-requests",
}
"""Libraries that the rules know, with the distributions that hold their types where they have none themselves."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the report; ``is_bad`` when something is to be mended."""

    topic: str
    text: str
    is_bad: bool = False


def doctor(paths: Paths = None, jobs: Jobs = None, config_file: ConfigFile = None) -> None:
    """Look at the installation, the configuration and the project for what keeps the rules from seeing.

    Ends with 1 if something is to be mended.
    """
    project = find_project(config_file)
    results = run_check(project, paths, {}, jobs, diagnose=True)
    console = Console(highlight=False, soft_wrap=True)
    is_bad = False
    for remark in (*_versions(), *_configuration(project), *_project(project, results)):
        is_bad |= remark.is_bad
        mark = ("!! ", "bold red") if remark.is_bad else ("ok ", "green")
        console.print(Text.assemble(mark, (f"{remark.topic:14} ", "bold"), remark.text))
    raise typer.Exit(1 if is_bad else 0)


def _versions() -> Iterator[Remark]:
    yield Remark("version", f"deckrules {__version__}, Python {platform.python_version()}")
    mypy = metadata.version("mypy")
    first, last = MYPY_VERSIONS
    if not first <= _release(mypy) < last:
        range_ = f"{'.'.join(map(str, first))} or later, before {'.'.join(map(str, last))}"
        yield Remark("version", f"mypy {mypy} is not supported; install {range_}", is_bad=True)
    else:
        yield Remark("version", f"mypy {mypy}")
    for name in (*REQUIRED, *CHECKED):
        version = _version(name)
        if version is None:
            yield Remark("version", f"{name} is not installed", is_bad=name in REQUIRED)
        else:
            yield Remark("version", f"{name} {version}")
    for name, stubs in COMPANIONS.items():
        if _version(name) and not _version(stubs) and not _is_typed(name):
            yield Remark("stubs", f"{name} has no types; install {stubs}", is_bad=True)


def _configuration(project: Project) -> Iterator[Remark]:
    if project.file is None:
        yield Remark("configuration", "none; defaults are used (deckrules init makes one)")
        return
    yield Remark("configuration", str(project.file))
    if any(map(is_ours, project.plugins)):
        yield Remark("plugins", ", ".join(project.plugins))
    else:
        yield Remark("plugins", f"{PLUGIN} is not among mypy's plugins; run deckrules init", is_bad=True)
    if not project.mypy.get("check_untyped_defs"):
        yield Remark("mypy", "without check_untyped_defs, mypy itself looks into no function without annotations")
    for option in ("enable_error_code", "disable_error_code"):
        ours = {*listed(project.mypy.get(option, []))} & {*ALL_CODES, *CODES_BY_FAMILY}
        if ours:
            text = f"{', '.join(sorted(ours))} in mypy's global {option} makes dmypy crash; use select and ignore"
            yield Remark("mypy", text, is_bad=True)


def _project(project: Project, results: Results) -> Iterator[Remark]:
    for problem in results.problems:
        yield Remark("not checked", f"{problem.path}:{problem.line}: {problem.message}", is_bad=True)
    for plugin, reason in results.left_out.items():
        yield Remark("plugins", f"{plugin} cannot start: {reason}", is_bad=True)
    yield Remark("checked", counted(len(results.modules), "module"))
    for reason, count in results.unseen.items():
        yield Remark("unseen", f"{counted(count, 'function')} {REASONS[reason]}", is_bad=True)
    yield from _untyped(results.diagnosis.get("untyped", {}))
    yield from _hooks(results.diagnosis.get("hooks", []))
    yield from _settings(project, results.diagnosis.get("settings", {}))


def _untyped(packages: Mapping[str, str | None]) -> Iterator[Remark]:
    missing = [name for name, types in packages.items() if types is None]
    if missing:
        yield Remark("imports", f"not installed, so unknown to mypy: {', '.join(missing)}")
    for name, types in packages.items():
        if types:
            yield Remark("stubs", f"{name} has no types; {types} has them")
    untyped = [name for name, types in packages.items() if types == ""]
    if untyped:
        yield Remark("imports", f"without types, so unknown to mypy: {', '.join(untyped)}")


def _hooks(hooks: Iterable[tuple[str, list[str]]]) -> Iterator[Remark]:
    for hook, owners in hooks:
        if not owners:
            continue
        owner, *others = owners
        if PLUGIN in others:
            yield Remark("hook", f"{hook}: {owner} is listed first and keeps it from {PLUGIN}", is_bad=True)
        else:
            yield Remark("hook", f"{hook}: {owner}")


def _settings(project: Project, settings: Mapping[str, list[str]]) -> Iterator[Remark]:
    module = project.settings_module
    if module is None and (found := find_settings_module((project.file or Path()).parent)):
        text = f'not named; add settings_module = "{found}" (deckrules init does)'
        yield Remark("settings", text, is_bad=True)
    elif module is None:
        yield Remark("settings", "no Django settings module found")
    else:
        yield Remark("settings", module)
    for name, facts in settings.items():
        yield Remark("settings", f"{name} makes {', '.join(facts)}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _is_typed(name: str) -> bool:
    return any(file.name == "py.typed" for file in metadata.files(name) or ())
