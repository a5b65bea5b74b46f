"""Which configuration is taken: the one that mypy takes."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from mypy.config_parser import parse_config_file
from mypy.options import Options as MypyOptions

from mypy_deckrules.cli.project import Override, find_project, parse_project
from tests.cli.conftest import Folder

MYPY_TOML = "[tool.mypy]\n"
MYPY_INI = "[mypy]\n"
OTHERS_TOML = '[tool.ruff]\n[tool.deckrules]\nselect = ["all"]\n'
OTHERS_INI = "[metadata]\nname = shop\n"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"mypy.ini": MYPY_INI, "pyproject.toml": MYPY_TOML},
        {"mypy.ini": OTHERS_INI, "pyproject.toml": MYPY_TOML},
        {".mypy.ini": MYPY_INI, "setup.cfg": MYPY_INI},
        {"pyproject.toml": MYPY_TOML, "setup.cfg": MYPY_INI},
        {"pyproject.toml": OTHERS_TOML, "setup.cfg": MYPY_INI},
        {"setup.cfg": MYPY_INI},
        {"setup.cfg": OTHERS_INI},
        {"../mypy.ini": MYPY_INI},
        {"../mypy.ini": MYPY_INI, "setup.cfg": MYPY_INI},
        {"../pyproject.toml": MYPY_TOML, "pyproject.toml": OTHERS_TOML},
        {"../../mypy.ini": MYPY_INI, "../.git/HEAD": ""},
    ],
)
def test_the_file_that_mypy_takes(folder: Folder, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> None:
    inner = folder.path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    Folder(inner).write(files)
    options = MypyOptions()
    parse_config_file(options, lambda: None, None, StringIO(), StringIO())
    project = find_project()
    assert (str(project.file) if project.is_mypys else None) == options.config_file


def test_a_pyproject_with_our_options_alone(folder: Folder) -> None:
    folder.write({"pyproject.toml": OTHERS_TOML})
    project = find_project()
    assert (project.file, project.is_mypys) == (Path("pyproject.toml"), False)
    assert project.options == {"select": ["all"]}


def test_overrides_as_they_are_written() -> None:
    toml = """
        [tool.deckrules]
        select = ["all"]
        [[tool.deckrules.overrides]]
        module = "a.*"
        select = ["deck-task"]
        [[tool.deckrules.overrides]]
        module = ["b", "c"]
        ignore = ["http-timeout", "deck-race"]
    """
    ini = """[mypy.plugins.deckrules-a.*]
select = deck-task
[mypy.plugins.deckrules-b,c]
ignore =
    http-timeout
    deck-race,
"""
    expected = [
        Override(("a.*",), ("deck-task",), ()),
        Override(("b", "c"), (), ("http-timeout", "deck-race")),
    ]
    assert parse_project(Path("pyproject.toml"), toml).overrides == expected
    assert parse_project(Path("mypy.ini"), ini).overrides == expected
