"""`deckrules explain` and `deckrules rules`."""

from __future__ import annotations

import json
import re

import pytest

from mypy_deckrules import __version__
from mypy_deckrules.codes import FAMILIES, RULES, RULES_BY_CODE
from tests.cli.conftest import Folder


def test_a_rule(folder: Folder) -> None:
    result = folder.deckrules("explain", "http-timeout")
    assert result.exit_code == 0
    assert result.stdout.startswith("# http-timeout\n\n")
    assert "## Use instead" in result.stdout
    assert result.stdout.endswith(f"{RULES_BY_CODE['http-timeout'].page}\n")


@pytest.mark.parametrize("family", [family.code for family in FAMILIES])
def test_a_family(folder: Folder, family: str) -> None:
    text = folder.deckrules("explain", family).stdout
    assert re.findall(r"- `(.+?)`", text) == [rule.code for rule in RULES if rule.family.code == family]


def test_an_unknown_code(folder: Folder) -> None:
    said = str(folder.deckrules("explain", "task-modle-arg").exception)
    assert said == '"task-modle-arg": unknown code, did you mean "task-model-arg"?; "deckrules rules" lists them all'


def test_the_list(folder: Folder) -> None:
    lines = folder.deckrules("rules").stdout.splitlines()
    assert len(lines) == len(RULES) + len(FAMILIES)
    assert any(line.split()[:2] == ["on", "http-timeout"] for line in lines)


def test_the_list_as_json(folder: Folder) -> None:
    rules = json.loads(folder.deckrules("rules", "--output", "json").stdout)
    assert [rule["code"] for rule in rules] == [rule.code for rule in RULES]
    assert rules[0].keys() == {"code", "family", "default", "summary", "page"}


def test_the_list_as_markdown(folder: Folder) -> None:
    lines = folder.deckrules("rules", "--output", "markdown").stdout.splitlines()
    assert len(lines) == len(RULES) + 2
    assert {line.count("|") for line in lines} == {5}


def test_the_version(folder: Folder) -> None:
    assert folder.deckrules("--version").stdout == f"deckrules {__version__}\n"


def test_the_help_names_every_command(folder: Folder) -> None:
    text = folder.deckrules("--help").stdout
    for command in ("check", "adopt", "explain", "rules", "init", "doctor"):
        assert command in text
        assert folder.deckrules(command, "--help").exit_code == 0
