"""``deckrules init``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from mypy_deckrules.cli.check import ConfigFile
from mypy_deckrules.cli.editing import syntax_of, with_options
from mypy_deckrules.cli.files import write_file
from mypy_deckrules.cli.project import DJANGO_PLUGIN, PLUGIN, Project, find_project, is_ours, parse_project
from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.cli.settings_module import find_settings_module


def init(config_file: ConfigFile = None) -> None:
    """Add the plugin to mypy's configuration, which is made where there is none."""
    before = find_project(config_file)
    after = with_plugin(before)
    assert after.file is not None
    if after.text == before.text:
        typer.echo(f"{after.file}: the plugin is set up already")
    else:
        done = "set up" if after.file.exists() else "made"
        write_file(after.file, after.text)
        typer.echo(f"{after.file}: {done}; now run: deckrules check")
    if module := after.settings_module:
        typer.echo(f"Django settings: {module}")
    else:
        typer.echo("Django settings: none found; name them in settings_module, if there are any")
    if DJANGO_PLUGIN not in after.plugins:
        typer.echo(
            f"Without {DJANGO_PLUGIN} before {PLUGIN} in mypy's plugins, and its django_settings_module, "
            "mypy asks for an annotation of each model field"
        )


def with_plugin(project: Project) -> Project:
    """The project with the plugin in mypy's configuration, and the settings module in the plugin's; nothing is written.

    Raises:
        CannotRun: the configuration is written in a way that cannot be edited safely.
    """
    file = project.file or Path("pyproject.toml" if Path("pyproject.toml").is_file() else "mypy.ini")
    syntax = syntax_of(file)
    text = project.text or (file.read_bytes().decode() if file.is_file() else "")
    mypy: dict[str, Any] = {} if project.is_mypys else {"check_untyped_defs": True, "ignore_missing_imports": True}
    if not any(map(is_ours, project.plugins)):
        mypy = {"plugins": [*project.plugins, PLUGIN], **mypy}
    options: dict[str, Any] = {} if project.options else {"select": ["default"]}
    if project.settings_module is None and (module := find_settings_module(file.parent)):
        options["settings_module"] = module
    try:
        if mypy:
            text = with_options(syntax, text, syntax.MYPY, mypy)
        if options:
            text = with_options(syntax, text, syntax.OPTIONS, options)
        after = parse_project(file, text)
        is_right = _is_only_changed_by(project, after, mypy, options)
    except CannotRun:
        is_right = False
    if not is_right:
        raise CannotRun(f'{file}: is written in a way that cannot be edited; add "{PLUGIN}" to mypy\'s plugins by hand')
    return after


def _is_only_changed_by(before: Project, after: Project, mypy: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    """Whether the new options have come, and everything else is as it was."""
    added = mypy.keys() <= after.mypy.keys() and options.keys() <= after.options.keys()
    kept = {**before.mypy, **mypy}.keys() == after.mypy.keys() and before.overrides == after.overrides
    return added and kept and any(map(is_ours, after.plugins))
