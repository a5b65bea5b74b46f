"""Run mypy, with the plugin and without it, over django-stubs' own test cases:
``python -m tests.robustness.django_stubs FOLDER``, where FOLDER is a checkout of django-stubs.

The cases are YAML for pytest-mypy-plugins, which runs them as django-stubs does, with its configuration and its hook;
the installed stubs are used, not those of the checkout. Loaded into pytest as a plugin, this module notes what mypy
printed about each case instead of holding it against what the case expects, which is another version's wording.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from difflib import unified_diff
from pathlib import Path
from typing import Final

import pytest

from tests.robustness.checking import CONFIG, OURS

NEEDED: Final = ("tests/typecheck", "scripts", "mypy.ini", "pytest.ini")
"""What is taken of the checkout: not its stubs, which mypy would find first."""
NOTED: Final = "DECKRULES_NOTED"
"""The variable that names the file where mypy's answers are noted."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path, help="a folder with django-stubs' sources")
    parser.add_argument("-k", default="", metavar="EXPRESSION", help="only the cases that match, as pytest's -k")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as plain, tempfile.TemporaryDirectory() as ours:
        runs = [
            _start(Path(folder), arguments.checkout, arguments.k, with_plugin=with_plugin)
            for folder, with_plugin in ((plain, False), (ours, True))
        ]
        for run in runs:
            run.wait()
        before, after = (json.loads(Path(folder, "noted.json").read_text()) for folder in (plain, ours))
    failures = findings = 0
    for case, expected in before.items():
        answer = after.get(case, [])
        kept = [line for line in answer if not OURS.search(line)]
        internal = [line for line in answer if "[deck-internal]" in line]
        findings += len(answer) - len(kept)
        if kept != expected or internal:
            failures += 1
            difference = unified_diff(expected, kept, "without", "with", lineterm="", n=0)
            print(f"FAILED {case}", *internal, *difference, sep="\n  ")
    print(f"{len(before)} cases, with the plugin and without, {findings} findings of ours, {failures} failures")
    return 1 if failures or not before or before.keys() != after.keys() else 0


def _start(folder: Path, checkout: Path, expression: str, *, with_plugin: bool) -> subprocess.Popen[bytes]:
    for name in NEEDED:
        source = checkout / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / source.name)
    if with_plugin:
        _add_plugin(folder / "mypy.ini")
    command = [sys.executable, "-m", "pytest", "-q", "-p", __spec__.name, "-k", expression]
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(root), str(folder)]),
        NOTED: str(folder / "noted.json"),
    }
    return subprocess.Popen([*command, "typecheck"], cwd=folder, env=environment, stdout=subprocess.DEVNULL)


def _add_plugin(ini: Path) -> None:
    config = ConfigParser()
    config.read(ini)
    plugins = config["mypy"]["plugins"].split(",")
    config["mypy"]["plugins"] = ", ".join([*filter(None, map(str.strip, plugins)), "mypy_deckrules"])
    config.read_string(CONFIG)
    with ini.open("w") as file:
        config.write(file)


# --- in pytest


def pytest_configure(config: pytest.Config) -> None:
    from pytest_mypy_plugins.item import OutputChecker

    config.stash[ANSWERS] = {}

    def note(self: OutputChecker, ret_code: int, stdout: str, stderr: str) -> None:
        lines = (stdout + stderr).replace(str(self.execution_path), ".").splitlines()
        lines += ["mypy ended with status 2"] if ret_code == 2 else []  # a finding of ours makes a 0 a 1
        config.stash[ANSWERS].setdefault(config.stash[RUNNING], []).extend(lines)

    OutputChecker.check = note  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    item.config.stash[RUNNING] = item.nodeid
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    Path(os.environ[NOTED]).write_text(json.dumps(config.stash[ANSWERS]))


ANSWERS: Final = pytest.StashKey[dict[str, list[str]]]()
RUNNING: Final = pytest.StashKey[str]()


if __name__ == "__main__":
    sys.exit(main())
