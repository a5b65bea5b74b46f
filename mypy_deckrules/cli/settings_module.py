"""Finds the name of a project's Django settings module, without importing anything."""

from __future__ import annotations

import ast
import configparser
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

VARIABLE: Final = "DJANGO_SETTINGS_MODULE"
SCRIPTS: Final = ("manage.py", "*/manage.py", "*/*/manage.py")
APPLICATIONS: Final = ("asgi.py", "wsgi.py", "celery.py", "celery_app.py")
PYTEST_FILES: Final = {"pytest.ini": "pytest", "tox.ini": "pytest", "setup.cfg": "tool:pytest"}


def find_settings_module(root: Path) -> str | None:
    """What ``manage.py`` sets, else what the ASGI, WSGI or Celery application sets, else what pytest-django is told."""
    scripts = [*SCRIPTS, *(f"{folder}{name}" for folder in ("*/", "*/*/", "*/*/*/") for name in APPLICATIONS)]
    for pattern in scripts:
        for file in sorted(root.glob(pattern)):
            for module in _set_in(file):
                return module
    return next(_told_to_pytest(root), None)


def _set_in(file: Path) -> Iterator[str]:
    """The values of ``os.environ.setdefault(VARIABLE, value)`` and ``os.environ[VARIABLE] = value``."""
    try:
        nodes = list(ast.walk(ast.parse(file.read_bytes())))
    except (OSError, SyntaxError, ValueError):
        return
    for node in nodes:
        match node:
            case ast.Call(
                func=ast.Attribute(attr="setdefault"), args=[ast.Constant(value=name), ast.Constant(value=str(module))]
            ) if name == VARIABLE:
                yield module
            case ast.Assign(
                targets=[ast.Subscript(slice=ast.Constant(value=name))], value=ast.Constant(value=str(module))
            ) if name == VARIABLE:
                yield module


def _told_to_pytest(root: Path) -> Iterator[str]:
    for name, section in PYTEST_FILES.items():
        parser = configparser.RawConfigParser()
        try:
            parser.read(root / name, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue
        if parser.has_option(section, VARIABLE):
            yield parser.get(section, VARIABLE).strip()
    try:
        document = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        module = document["tool"]["pytest"]["ini_options"][VARIABLE]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
        return
    if isinstance(module, str):
        yield module
