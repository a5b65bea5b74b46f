"""The type checkers, each run once over this folder's project with the stubs in place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
STUBS: Final = ROOT / "stubs"
PROJECT: Final = HERE / "project"
LIBRARIES: Final = sorted(folder.name.removesuffix("-stubs") for folder in STUBS.glob("*-stubs"))
UNTYPED: Final = ("crontab", "dateutil", "django_tenants", "timezone_field")
"""What the stubs import and nobody types."""


class Finding(NamedTuple):
    """An error that a checker reports: where, from the project's or the stubs' folder, and what."""

    file: str
    line: int
    message: str


def stub_path(folder: Path) -> Path:
    """Lay the stubs out below ``folder`` as a search path has them: as ``name``; installed they are ``name-stubs``."""
    typings = folder / "typings"
    typings.mkdir()
    for name in LIBRARIES:
        (typings / name).symlink_to(STUBS / f"{name}-stubs", target_is_directory=True)
    return typings


def mypy_config(folder: Path, typings: Path, *, plugin: bool) -> Path:
    """A strict configuration of mypy: with django-stubs' plugin, or without, as stubtest wants it."""
    memory = ROOT / ".cache" / "stubs" / ("mypy" if plugin else "stubtest")
    lines = ["[mypy]", "strict = true", f"mypy_path = {typings}:{PROJECT}", f"cache_dir = {memory}"]
    lines.append("explicit_package_bases = true")
    if plugin:
        lines.append("plugins = mypy_django_plugin.main")
    for name in UNTYPED:
        lines += [f"[mypy-{name}.*]", "ignore_missing_imports = true"]
    lines += ["[mypy.plugins.django-stubs]", "django_settings_module = settings"]
    config = folder / "mypy.ini"
    config.write_text("\n".join(lines))
    return config


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment on the project, with its Django settings, to the end."""
    tool, *arguments = map(str, command)
    environment = {"PYTHONPATH": str(PROJECT), "DJANGO_SETTINGS_MODULE": "settings"}
    return subprocess.run(
        [str(Path(sys.executable).parent / tool), *arguments],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def report(*command: str | Path) -> str:
    """What a checker prints, whether it finds something or not; a checker that fails is an error."""
    finished = run(*command)
    assert finished.returncode in (0, 1), finished.stdout + finished.stderr
    return finished.stdout


def mypy(folder: Path, typings: Path) -> Iterator[Finding]:
    """mypy with django-stubs' plugin and without ours: the stubs have to stand alone."""
    config = mypy_config(folder, typings, plugin=True)
    output = report("mypy", "--config-file", config, "--output=json", ".", typings)
    for line in output.splitlines():
        found = json.loads(line)
        if found["severity"] == "error":
            yield Finding(found["file"], found["line"], found["message"])


def basedpyright(folder: Path, typings: Path) -> Iterator[Finding]:
    config = folder / "pyrightconfig.json"
    paths = {"include": [str(PROJECT), str(typings)], "stubPath": str(typings), "extraPaths": [str(PROJECT)]}
    rules = {"typeCheckingMode": "standard", "reportMissingParameterType": True, "reportUntypedNamedTuple": True}
    config.write_text(json.dumps(paths | rules))
    output = report("basedpyright", "-p", config, "--pythonpath", sys.executable, "--outputjson")
    for found in json.loads(output)["generalDiagnostics"]:
        if found["severity"] == "error":
            yield Finding(found["file"], found["range"]["start"]["line"] + 1, found["message"])


def ty(folder: Path, typings: Path) -> Iterator[Finding]:
    output = report(
        *("ty", "check", "--python", sys.prefix, "--extra-search-path", typings),
        *("--output-format", "concise", "--project", PROJECT, "."),
    )
    for found in re.finditer(r"^(.+?):(\d+):\d+: error\[(.+)$", output, re.MULTILINE):
        yield Finding(found[1], int(found[2]), found[3])


def pyrefly(folder: Path, typings: Path) -> Iterator[Finding]:
    config = folder / "pyrefly.toml"
    paths = f"search-path = [{json.dumps(str(typings))}, {json.dumps(str(PROJECT))}]"
    config.write_text(f"{paths}\n[errors]\nunannotated-parameter = true\nunannotated-return = true\n")
    output = report(
        *("pyrefly", "check", "--config", config, "--python-interpreter-path", sys.executable),
        *("--output-format", "json", PROJECT),
    )
    for found in json.loads(output)["errors"]:
        if found["severity"] == "error":
            yield Finding(found["path"], found["line"], found["description"])


CHECKERS: Final[dict[str, Callable[[Path, Path], Iterator[Finding]]]] = {
    checker.__name__: checker for checker in (mypy, basedpyright, ty, pyrefly)
}


@cache
def findings(checker: str) -> tuple[Finding, ...]:
    """All that ``checker`` reports in the project, and for mypy and basedpyright in the stubs themselves."""
    with TemporaryDirectory() as folder:
        typings = stub_path(Path(folder).resolve())
        found = CHECKERS[checker](Path(folder).resolve(), typings)
        return tuple(sorted(item._replace(file=_short(item.file, typings)) for item in found))


def _short(file: str, typings: Path) -> str:
    path = PROJECT / file
    return str(path.relative_to(typings.parent if path.is_relative_to(typings) else PROJECT))
