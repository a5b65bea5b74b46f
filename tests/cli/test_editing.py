"""Edits of configuration files: what they concern changes, everything else stays to the byte."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mypy_deckrules.cli.adoption import adopted, tightened
from mypy_deckrules.cli.editing import ini, syntax_of, toml, with_options, with_overrides
from mypy_deckrules.cli.project import Override, parse_project
from mypy_deckrules.cli.results import Finding
from mypy_deckrules.codes import ALL_CODES

TOML = """
    # The shop.
    [project]
    name = "shop"  # not "Shop"

    [tool.mypy]
    plugins = [
        "mypy_django_plugin.main",  # models
    ]

    [tool.deckrules]
    select = ["all"]
    # ignore = []

    # Laura mends these.
    [[tool.deckrules.overrides]]  # since May
    module = "shop.tasks"
    ignore = [
        "http-timeout",  # the bank
        "task-guard",
    ]

    [[tool.deckrules.overrides]]
    module = ["shop.a", "shop.b"]
    ignore = ["task-guard"]

    [[tool.deckrules.overrides]]
    module = "*.migrations.*"
    ignore = ["all"]

    # Long lines are fine.
    [tool.ruff]
    line-length = 120
"""
INI = """
    ; The shop.
    [mypy]
    plugins =
        mypy_django_plugin.main,
        # and ours
        mypy_deckrules
    files = shop

    [mypy.plugins.deckrules]
    select: all

    [mypy.plugins.deckrules-shop.tasks] ; since May
    ignore = http-timeout, task-guard

    [mypy.plugins.deckrules-shop.a,shop.b]
    ignore =
        task-guard,
        http-timeout

    [mypy.plugins.deckrules-*.migrations.*]
    ignore = all

    ; other tools
    [isort]
    profile = black
"""
OVERRIDES = [
    Override(("shop.tasks",), (), ("http-timeout", "task-guard")),
    Override(("shop.a", "shop.b"), (), ("task-guard",)),
    Override(("*.migrations.*",), (), ("all",)),
]


def dedent(text: str) -> str:
    return textwrap.dedent(text).removeprefix("\n")


def lines_between(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that have come; blank ones aside."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line and line not in new], [line for line in new if line and line not in old]


def test_toml_adds_below_the_last_override() -> None:
    text = dedent(TOML)
    new = with_overrides(toml, text, {}, [Override(("shop.views",), (), ("http-timeout",))])
    block = '[[tool.deckrules.overrides]]\nmodule = "shop.views"\nignore = ["http-timeout"]\n\n# Long lines are fine.\n'
    assert block in new
    assert new.replace(block, "# Long lines are fine.\n") == text


def test_toml_changes_an_array_and_keeps_its_form() -> None:
    text = dedent(TOML)
    change = Override(("shop.tasks",), (), ("task-guard", "task-untyped"))
    new = with_overrides(toml, text, {0: change}, [])
    assert lines_between(text, new) == (['    "http-timeout",  # the bank'], ['    "task-untyped",'])


def test_toml_removes_an_override_and_leaves_the_comments_around_it() -> None:
    text = dedent(TOML)
    new = with_overrides(toml, text, {2: None, 1: None}, [])
    assert new.count("[[tool.deckrules.overrides]]") == 1
    assert '    "task-guard",\n]\n\n# Long lines are fine.\n[tool.ruff]' in new


def test_toml_without_any_options_of_ours() -> None:
    text = '[project]\nname = "shop"'
    new = with_overrides(toml, text, {}, [Override(("a",), (), ("http-timeout",))])
    assert new == f'{text}\n\n[[tool.deckrules.overrides]]\nmodule = "a"\nignore = ["http-timeout"]\n'


def test_toml_breaks_a_long_list() -> None:
    new = with_overrides(toml, "", {}, [Override(("a",), (), tuple(sorted(ALL_CODES)))])
    assert max(map(len, new.splitlines())) < 60
    assert parse_project(Path("pyproject.toml"), new).overrides[0].ignore == tuple(sorted(ALL_CODES))


def test_ini_adds_below_the_last_override() -> None:
    text = dedent(INI)
    new = with_overrides(ini, text, {}, [Override(("shop.views",), (), ("http-timeout", "task-guard"))])
    block = "[mypy.plugins.deckrules-shop.views]\nignore = http-timeout, task-guard\n\n; other tools\n"
    assert new.replace(block, "; other tools\n") == text


def test_ini_changes_lists_and_headers() -> None:
    text = dedent(INI)
    changes = {0: Override(("shop.tasks",), (), ("task-guard",)), 1: Override(("shop.b",), (), ("http-timeout",))}
    new = with_overrides(ini, text, changes, [])
    assert lines_between(text, new) == (
        ["ignore = http-timeout, task-guard", "[mypy.plugins.deckrules-shop.a,shop.b]", "    task-guard,"],
        ["ignore = task-guard", "[mypy.plugins.deckrules-shop.b]"],
    )


def test_ini_removes_an_override() -> None:
    new = with_overrides(ini, dedent(INI), {1: None, 2: None}, [])
    assert "ignore = http-timeout, task-guard\n\n; other tools\n[isort]" in new


def test_options_are_added_to_a_table() -> None:
    plugins = {"plugins": ["mypy_django_plugin.main", "mypy_deckrules"]}
    gone, come = lines_between(dedent(TOML), with_options(toml, dedent(TOML), toml.MYPY, plugins))
    assert (gone, come) == ([], ['    "mypy_deckrules",'])
    ini_text = dedent(INI).replace(",\n    # and ours\n    mypy_deckrules", "")
    gone, come = lines_between(ini_text, with_options(ini, ini_text, ini.MYPY, plugins))
    assert (gone, come) == (
        ["    mypy_django_plugin.main"],
        ["    mypy_django_plugin.main,", "    mypy_deckrules"],
    )


@pytest.mark.parametrize("old", ['plugins = "a"', 'plugins = ["a"]', 'plugins = ["a",]', "plugins=['a'] # why"])
def test_options_in_the_forms_that_toml_has(old: str) -> None:
    new = with_options(toml, f"[tool.mypy]\n{old}\n", toml.MYPY, {"plugins": ["a", "b"]})
    assert parse_project(Path("x.toml"), new).mypy == {"plugins": ["a", "b"]}


@pytest.mark.parametrize("old", ["plugins = a", "plugins: a,", "Plugins=a", "plugins =\n  a", "plugins =\n  a,\n"])
def test_options_in_the_forms_that_ini_has(old: str) -> None:
    new = with_options(ini, f"[mypy]\n{old}\nfiles = x\n", ini.MYPY, {"plugins": ["a", "b"]})
    project = parse_project(Path("mypy.ini"), new)
    assert [item.strip() for item in project.mypy["plugins"].split(",")] == ["a", "b"]
    assert project.mypy["files"] == "x"


@pytest.mark.parametrize(("name", "text"), [("pyproject.toml", TOML), ("mypy.ini", INI)])
def test_the_ends_of_lines_stay(name: str, text: str) -> None:
    windows = dedent(text).replace("\n", "\r\n")
    added = [Override(("shop.views",), (), ("http-timeout",))]
    changes = {0: Override(("shop.tasks",), (), ("http-timeout",)), 1: None}
    new = with_overrides(syntax_of(Path(name)), windows, changes, added)
    assert new.count("\n") == new.count("\r\n")
    assert parse_project(Path(name), new).overrides == [changes[0], OVERRIDES[2], *added]


MODULES = st.sampled_from(["shop.tasks", "shop.a", "shop.views", "app.migrations.0001_initial", "send-mails"])
ENTRIES = st.sets(st.tuples(MODULES, st.sampled_from(sorted(ALL_CODES))), max_size=12)
TEXTS = st.sampled_from(
    [
        ("pyproject.toml", ""),
        ("pyproject.toml", '[project]\nname = "x"\n'),
        ("pyproject.toml", "[tool.deckrules]\n# nothing\n\n[tool.ruff]\n"),
        ("pyproject.toml", dedent(TOML)),
        ("mypy.ini", ""),
        ("mypy.ini", "[mypy]\nfiles = x\n"),
        ("setup.cfg", dedent(INI)),
    ]
)


@given(TEXTS, ENTRIES, ENTRIES)
def test_adopting_and_tightening_meet_what_was_found(
    start: tuple[str, str], found: set[tuple[str, str]], later: set[tuple[str, str]]
) -> None:
    file, text = Path(start[0]), start[1]
    syntax, before = syntax_of(file), parse_project(file, text)
    findings = [Finding("x.py", 1, 1, 1, 1, code, "", module) for module, code in sorted(found)]
    once = with_overrides(syntax, text, *adopted(before.overrides, findings))
    after = parse_project(file, once)
    ignored = {(module, code) for item in after.overrides for module in item.modules for code in item.ignore}
    assert ignored >= found
    assert after.overrides[: len(before.overrides)] != [] or not before.overrides

    changes, gone = tightened(after.overrides, later)
    twice = parse_project(file, with_overrides(syntax, once, changes, []))
    still = {(module, code) for item in twice.overrides for module in item.modules for code in item.ignore}
    assert still >= ignored & later
    assert ignored - still == set(gone)
    assert tightened(twice.overrides, later) == ({}, [])


@given(TEXTS, ENTRIES)
def test_mending_everything_that_was_adopted_brings_the_file_back(
    start: tuple[str, str], found: set[tuple[str, str]]
) -> None:
    file, text = Path(start[0]), start[1]
    before = parse_project(file, text)
    known = {(module, code) for item in before.overrides for module in item.modules for code in item.ignore}
    findings = [Finding("x.py", 1, 1, 1, 1, code, "", module) for module, code in sorted(found - known)]
    once = with_overrides(syntax_of(file), text, *adopted(before.overrides, findings))
    overrides = parse_project(file, once).overrides
    assert with_overrides(syntax_of(file), once, tightened(overrides, known)[0], []) == text
