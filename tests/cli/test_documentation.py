"""What the documentation says of the options and the output is what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from mypy_deckrules.cli.check import Output
from mypy_deckrules.cli.output import json
from mypy_deckrules.cli.results import Results
from mypy_deckrules.config import Options, load_options

DOCS = Path(__file__).parents[2] / "docs"
OPTIONS = (DOCS / "options.md").read_text()
ADOPTION = (DOCS / "adoption.md").read_text()


def test_each_option_has_a_row() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", OPTIONS, re.MULTILINE)) == sorted(item.name for item in fields(Options))


@pytest.mark.parametrize("option", fields(Options), ids=lambda option: option.name)
def test_the_default_is_what_the_row_says(option: object, tmp_path: Path) -> None:
    name = option.name  # type: ignore[attr-defined]
    [default] = re.findall(rf"^\| `{name}` \| (.+?) \|", OPTIONS, re.MULTILINE)
    value = getattr(Options(), name)
    if default.startswith("`"):
        config = tmp_path / "pyproject.toml"
        config.write_text(f"[tool.deckrules]\n{name} = {default.strip('`')}\n")
        assert getattr(load_options(str(config)), name) == value
    else:
        assert not value


@pytest.mark.parametrize("text", [OPTIONS, ADOPTION], ids=["options", "adoption"])
def test_the_examples_are_valid(text: str, tmp_path: Path) -> None:
    for kind, example in re.findall(r"```(toml|ini)\n(.*?)```", text, re.DOTALL):
        config = tmp_path / f"config.{kind}"
        config.write_text(example)
        assert load_options(str(config)) != Options()


def test_both_forms_of_the_example_say_the_same(tmp_path: Path) -> None:
    loaded = []
    for kind, example in re.findall(r"```(toml|ini)\n(.*?)```", OPTIONS, re.DOTALL):
        (tmp_path / f"config.{kind}").write_text(example)
        loaded.append(load_options(str(tmp_path / f"config.{kind}")))
    assert loaded[0] == loaded[1]


def test_each_key_of_the_json_output_and_each_format_is_described() -> None:
    results = Results(findings=(), problems=(), modules={}, running={}, unseen={}, is_complete=True)
    document = json.document(results)
    assert re.findall(r"^\| `(\w+)` \|", ADOPTION, re.MULTILINE) == list(document)
    for name in (*document["summary"], *Output):
        assert f"`{name}`" in ADOPTION
