"""The pipelines of the documentation: linted, and each of their commands accepted by the command line."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import typer
from typer.main import get_command

from mypy_deckrules.cli.app import app

ROOT: Final = Path(__file__).parents[2]
CI: Final = ROOT / "docs" / "ci"
LINTERS: Final = {
    "github-schema": ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", "github.yml"),
    "github-security": ("zizmor", "--offline", "--no-config", "--persona", "pedantic", "github.yml"),
    "gitlab-schema": ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "gitlab.yml"),
}


@pytest.mark.parametrize("command", LINTERS.values(), ids=LINTERS)
def test_linted(command: tuple[str, ...]) -> None:
    program, *arguments = command
    run = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments], cwd=CI, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def commands(file: Path) -> list[str]:
    return re.findall(r"(?:^    - |run: |entry: )(deckrules .+?)(?: \|\|.*)?$", file.read_text(), re.MULTILINE)


@pytest.mark.parametrize("file", [CI / "github.yml", CI / "gitlab.yml", ROOT / ".pre-commit-hooks.yaml"])
def test_commands_exist(file: Path) -> None:
    found = commands(file)
    assert found
    group = get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    for line in found:
        _, name, *arguments = shlex.split(line)
        group.commands[name].make_context(name, arguments)
