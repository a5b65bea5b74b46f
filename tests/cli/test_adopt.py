"""`deckrules adopt`: from the first day of a half-typed project to its last entry."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import CALL, Folder

PYPROJECT = """
    # The shop's own.
    [project]
    name = "shop"

    [tool.mypy]
    plugins = ["mypy_deckrules"]  # ours

    [tool.deckrules]
    select = ["default", "task-untyped"]

    # Not ours.
    [tool.ruff]
    line-length = 120
"""
INI = """
    ; The shop's own.
    [mypy]
    plugins = mypy_deckrules

    [mypy.plugins.deckrules]
    select = default, task-untyped

    ; Not ours.
    [isort]
    profile = black
"""
TASKS = """\
from celery import shared_task
import urllib.request

@shared_task
def ship(url):
    urllib.request.urlopen(url)
"""
MENDED = CALL.replace("urlopen(url)", "urlopen(url, timeout=5)")
FILES = {"shop/__init__.py": "", "shop/net.py": CALL, "shop/tasks.py": TASKS, "shop/migrations/0001_initial.py": CALL}


@pytest.mark.parametrize(("name", "text"), [("pyproject.toml", PYPROJECT), ("mypy.ini", INI), ("setup.cfg", INI)])
def test_the_whole_way(folder: Folder, name: str, text: str) -> None:
    folder.write({name: text, **FILES})
    original = folder.read(name)
    assert folder.deckrules("check").exit_code == 1

    result = folder.deckrules("adopt")
    assert result.exit_code == 0
    assert result.stdout == f"Adopted 4 findings in 3 modules: {name}\n"
    adopted = folder.read(name)
    assert [line for line in original.splitlines() if line not in adopted.splitlines()] == []
    assert folder.deckrules("check").exit_code == 0
    assert folder.deckrules("adopt").stdout.startswith("Nothing to adopt")
    assert folder.deckrules("adopt", "--tighten", "--check").exit_code == 0
    assert folder.read(name) == adopted

    folder.write({"shop/new.py": CALL})
    assert "shop/new.py:4:5: http-timeout" in folder.deckrules("check").stdout
    folder.write({"shop/new.py": MENDED, "shop/net.py": MENDED})

    result = folder.deckrules("adopt", "--tighten", "--check")
    assert result.exit_code == 1
    assert "shop.net: http-timeout\n" in result.stdout
    assert folder.read(name) == adopted
    result = folder.deckrules("adopt", "--tighten")
    assert result.exit_code == 0
    assert result.stdout == f"shop.net: http-timeout\nTightened 1 entry in {name}\n"
    tightened = folder.read(name)
    gone = [line for line in adopted.splitlines() if line and line not in tightened.splitlines()]
    assert re.fullmatch(r'(module = "shop\.net"|\[mypy\.plugins\.deckrules-shop\.net\])', "\n".join(gone))
    assert folder.deckrules("check").exit_code == 0

    folder.write({"shop/tasks.py": "x = 1\n"})
    (folder.path / "shop/migrations/0001_initial.py").unlink()
    assert folder.deckrules("adopt", "--tighten").exit_code == 0
    assert folder.read(name) == original


def test_without_a_configuration_one_is_made(folder: Folder) -> None:
    folder.write(
        {**FILES, "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'}
    )
    assert folder.deckrules("adopt").exit_code == 0
    assert folder.read("mypy.ini").startswith(
        "[mypy]\nplugins = mypy_deckrules\ncheck_untyped_defs = true\nignore_missing_imports = true\n\n"
        "[mypy.plugins.deckrules]\nselect = default\nsettings_module = shop.settings\n"
    )
    assert folder.deckrules("check").exit_code == 0


def test_without_a_configuration_of_mypys_in_pyproject(folder: Folder) -> None:
    folder.write({**FILES, "pyproject.toml": '[project]\nname = "shop"\n'})
    assert folder.deckrules("adopt").exit_code == 0
    assert '[tool.mypy]\nplugins = ["mypy_deckrules"]\n' in folder.read("pyproject.toml")
    assert folder.deckrules("check").exit_code == 0


def test_an_entry_of_a_module_is_added_to(folder: Folder) -> None:
    entry = '[[tool.deckrules.overrides]]\nmodule = "a"\nignore = ["task-guard"]  # the guard\n'
    folder.write({"pyproject.toml": f"[tool.mypy]\n{entry}", "a.py": CALL})
    folder.deckrules("adopt")
    assert 'ignore = ["task-guard", "http-timeout"]  # the guard\n' in folder.read("pyproject.toml")
    folder.deckrules("adopt", "--tighten")
    assert 'ignore = ["http-timeout"]  # the guard\n' in folder.read("pyproject.toml")


def test_policy_is_no_entry(folder: Folder) -> None:
    text = """
        [tool.mypy]
        [[tool.deckrules.overrides]]
        module = "*.migrations.*"
        ignore = ["http-timeout"]
        [[tool.deckrules.overrides]]
        module = "a"
        ignore = ["deck-http"]
        [[tool.deckrules.overrides]]
        module = "b"
        select = ["deck-task"]
        ignore = ["task-guard"]
    """
    folder.write({"pyproject.toml": text, "a.py": "x = 1\n"})
    assert folder.deckrules("adopt", "--tighten").stdout == "Nothing to tighten: nothing is adopted.\n"


def test_some_paths_say_nothing_of_other_modules(folder: Folder) -> None:
    entries = [f'[[tool.deckrules.overrides]]\nmodule = "{name}"\nignore = ["http-timeout"]\n' for name in "abc"]
    folder.write({"pyproject.toml": "[tool.mypy]\n" + "\n".join(entries), "a.py": "x = 1\n", "b.py": "x = 1\n"})
    assert folder.deckrules("adopt", "--tighten", "a.py").stdout.splitlines()[:-1] == ["a: http-timeout"]
    assert folder.deckrules("adopt", "--tighten").stdout.splitlines()[:-1] == ["b: http-timeout", "c: http-timeout"]


def test_an_ignored_line_needs_no_entry(folder: Folder) -> None:
    ignored = CALL.replace("urlopen(url)", "urlopen(url)  # type: ignore[http-timeout]")
    entry = '[[tool.deckrules.overrides]]\nmodule = "a"\nignore = ["http-timeout"]\n'
    folder.write({"pyproject.toml": f"[tool.mypy]\n{entry}", "a.py": ignored})
    assert folder.deckrules("adopt", "--tighten", "--check").exit_code == 1


def test_a_file_that_cannot_be_checked_stops_it(folder: Folder) -> None:
    entry = '[[tool.deckrules.overrides]]\nmodule = "a"\nignore = ["http-timeout"]\n'
    folder.write({"pyproject.toml": f"[tool.mypy]\n{entry}", "a.py": "def f(:\n", "b.py": CALL})
    for arguments in (["adopt"], ["adopt", "--tighten"], ["adopt", "--baseline", "b.txt"]):
        assert str(folder.deckrules(*arguments).exception).startswith("nothing was written")
    assert folder.read("pyproject.toml") == f"[tool.mypy]\n{entry}"
    assert not (folder.path / "b.txt").exists()


def test_overrides_that_cannot_be_edited_are_left_alone(folder: Folder) -> None:
    text = '[tool.mypy]\n[tool.deckrules]\noverrides = [{module = "a", ignore = ["task-guard"]}]\n'
    folder.write({"pyproject.toml": text, "a.py": CALL})
    said = str(folder.deckrules("adopt").exception)
    assert said == "pyproject.toml: its overrides are written in a way that cannot be edited; edit them by hand"
    assert folder.read("pyproject.toml") == text


def test_check_goes_with_tighten(folder: Folder) -> None:
    assert str(folder.deckrules("adopt", "--check").exception) == "--check goes with --tighten"
