"""`deckrules check` over small projects."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
from mypy.options import Options as MypyOptions

from tests.cli.conftest import CALL, COMMAND, Folder

TASKS = """\
from celery import shared_task

@shared_task
def ship(order_ids: set[int]) -> None:
    print(order_ids)

@shared_task
def pack(order_id: int):
    print(order_id)
"""


def found(folder: Folder, *arguments: str) -> list[tuple[str, int, str]]:
    """Where what was found."""
    return [(item["path"], item["line"], item["code"]) for item in document(folder, *arguments)["findings"]]


def document(folder: Folder, *arguments: str) -> dict[str, Any]:
    result = folder.deckrules("check", "--output", "json", *arguments)
    assert result.exit_code in (0, 1, 2), result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_without_any_configuration(folder: Folder) -> None:
    folder.write({"shop/__init__.py": "", "shop/net.py": CALL, "setup.py": "import setuptools, not_installed"})
    assert found(folder) == [("shop/net.py", 4, "http-timeout")]
    assert folder.deckrules("check").exit_code == 1


def test_a_clean_project(folder: Folder) -> None:
    folder.write({"a.py": "x = 1\n"})
    result = folder.deckrules("check")
    assert result.exit_code == 0
    assert result.stdout == "All clean in 1 module.\n"


def test_paths(folder: Folder) -> None:
    folder.write({"a.py": CALL, "b.py": CALL, "c/d.py": CALL})
    assert [path for path, _, _ in found(folder, "b.py", "c")] == ["b.py", "c/d.py"]


def test_the_files_that_mypys_configuration_names(folder: Folder) -> None:
    folder.write({"mypy.ini": "[mypy]\nfiles = b.py\n", "a.py": CALL, "b.py": CALL})
    assert [path for path, _, _ in found(folder)] == ["b.py"]


def test_only_our_codes_are_shown(folder: Folder) -> None:
    folder.write({"a.py": "x: int = ''\n"})
    assert found(folder) == []


def test_functions_without_annotations_are_looked_into(folder: Folder) -> None:
    untyped = CALL.replace("url: str", "url").replace(" -> None", "")
    folder.write({"mypy.ini": "[mypy]\n[mypy-b]\ncheck_untyped_defs = False\n", "a.py": untyped, "b.py": untyped})
    assert [path for path, _, _ in found(folder)] == ["a.py", "b.py"]


def test_what_mypy_could_not_look_into_is_counted(folder: Folder) -> None:
    folder.write(
        {
            "mypy.ini": "[mypy]\n[mypy-a]\nignore_errors = True\n",
            "a.py": "def f(): ...\nclass C:\n    async def g(self): ...\n",
            "b.py": "from typing import no_type_check\n@no_type_check\ndef f(): ...\ndef g(): ...\n",
            "c.py": "# mypy: no-check-untyped-defs\ndef f(x): ...\ndef g(x: int) -> None: ...\n",
            "d.py": "# mypy: ignore-errors\ndef f(): ...\n",
            "e.py": "# a module\n# type: ignore\ndef f(): ...\n",
            "f.py": "# mypy: ignore-errors=False\ndef f(): ...  # type: ignore\n",
        }
    )
    assert document(folder)["summary"]["unseen_functions"] == {
        "check_untyped_defs": 1,
        "ignore_errors": 4,
        "no_type_check": 1,
    }
    assert "mypy could not look into 6 functions: " in folder.deckrules("check").stdout


def test_scripts_with_the_same_name_are_all_checked(folder: Folder) -> None:
    folder.write({"a/manage.py": CALL, "b/manage.py": CALL, "b/c/manage.py": CALL})
    assert [path for path, _, _ in found(folder)] == ["a/manage.py", "b/c/manage.py", "b/manage.py"]


def test_a_file_that_is_imported_by_two_names_is_checked_once(folder: Folder) -> None:
    folder.write({"src/pk/__init__.py": "", "src/pk/m.py": CALL, "main.py": "import src.pk.m\n"})
    assert found(folder) == [("src/pk/m.py", 4, "http-timeout")]


def test_folders_that_are_no_packages_are_left_out(folder: Folder) -> None:
    folder.write({"my-template/__init__.py": "", "my-template/a.py": CALL, "b.py": CALL})
    assert found(folder) == [("b.py", 4, "http-timeout")]


def test_a_syntax_error_is_reported_and_the_rest_checked(folder: Folder) -> None:
    folder.write(
        {
            "a.py": "def f(:\n",
            "b.py": "x = (\n",
            "c.py": f"import a\nimport b\n{CALL}",
            "d.py": CALL,
        }
    )
    answer = document(folder)
    assert [item["path"] for item in answer["findings"]] == ["c.py", "d.py"]
    assert [item["path"] for item in answer["problems"]] == ["a.py", "b.py"]
    code, out, err = folder.ran("check")
    assert code == 2
    assert "Found 2 findings; 2 files could not be checked." in out
    assert not err


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("import not_installed\n", "ModuleNotFoundError: No module named 'not_installed'"),
        ("import os\nSECRET_KEY = os.environ['NOT_SET']\n", "KeyError: 'NOT_SET'"),
        (None, "ModuleNotFoundError: No module named 'settings'"),
    ],
)
def test_without_the_django_plugin_where_it_cannot_start(folder: Folder, settings: str | None, reason: str) -> None:
    config = """
        [mypy]
        plugins = mypy_django_plugin.main, mypy_drf_plugin.main, mypy_deckrules
        [mypy.plugins.django-stubs]
        django_settings_module = settings
    """
    folder.write({"mypy.ini": config, "a.py": CALL, **({"settings.py": settings} if settings else {})})
    line = f"deckrules: checked without mypy_django_plugin.main, which cannot start: {reason}\n"
    code, out, err = folder.ran("check")
    assert (code, err) == (1, line)
    assert out.startswith("a.py:4:5: http-timeout ")
    refusal = "deckrules: nothing was written, for more may be found when every plugin can start\n"
    assert folder.ran("adopt") == (2, "", line + refusal)


def test_without_the_django_plugin_where_nothing_names_its_settings(folder: Folder) -> None:
    folder.write({"pyproject.toml": '[tool.mypy]\nplugins = ["mypy_django_plugin.main"]\n', "a.py": CALL})
    code, out, err = folder.ran("check")
    assert code == 1
    assert out.startswith("a.py:4:5: http-timeout ")
    assert err.startswith("deckrules: checked without mypy_django_plugin.main, which cannot start: (django-stubs)")
    assert err.count("\n") == 1


def test_beside_the_django_plugin(folder: Folder) -> None:
    config = """
        [mypy]
        plugins = mypy_django_plugin.main, mypy_deckrules
        [mypy.plugins.django-stubs]
        django_settings_module = settings
    """
    folder.write({"mypy.ini": config, "settings.py": "SECRET_KEY = 'not one'\n", "a.py": CALL, "b.py": "import a\n"})
    for paths in ((), ("b.py",)):  # what is imported is checked too
        code, out, err = folder.ran("check", *paths)
        assert (code, err) == (1, "")
        assert out.startswith("a.py:4:5: http-timeout ")


def test_select_and_ignore(folder: Folder) -> None:
    config = """
        [tool.mypy]
        plugins = ["mypy_deckrules"]

        [tool.deckrules]
        ignore = ["task-json-param"]

        [[tool.deckrules.overrides]]
        module = "a"
        ignore = ["http-timeout"]

        [[tool.deckrules.overrides]]
        module = "b"
        select = ["deck-task"]
    """
    folder.write({"pyproject.toml": config, "a.py": CALL, "b.py": TASKS, "c.py": CALL})

    def codes(*arguments: str) -> list[tuple[str, str]]:
        return [(path, code) for path, _, code in found(folder, *arguments) if code != "task-time-limit"]

    assert codes() == [("b.py", "task-untyped"), ("c.py", "http-timeout")]
    assert codes("--ignore", "http-timeout") == [("b.py", "task-untyped")]
    assert codes("--select", "http-timeout") == [("c.py", "http-timeout")]
    assert codes("--select", "task-json-param,http-timeout") == [("b.py", "task-json-param"), ("c.py", "http-timeout")]
    assert codes("--select", "all", "--ignore", "deck-http", "--ignore", "task-untyped") == [
        ("b.py", "task-json-param")
    ]


def test_options_of_the_plugin_alone(folder: Folder) -> None:
    folder.write({"pyproject.toml": '[tool.deckrules]\nignore = ["http-timeout"]\n', "a.py": CALL, "b.py": TASKS})
    assert [code for _, _, code in found(folder)] == ["task-json-param"]


def test_an_empty_selection_is_none(folder: Folder) -> None:
    folder.write({"a.py": CALL})
    assert found(folder, "--select", "deck-task") == []


def test_statistics(folder: Folder) -> None:
    folder.write({"a.py": CALL, "b.py": CALL})
    assert folder.deckrules("check", "--statistics").stdout.startswith("     2  http-timeout  a network call")


def test_an_output_file(folder: Folder) -> None:
    folder.write({"a.py": CALL})
    result = folder.deckrules("check", "--output", "gitlab", "--output-file", "quality.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(json.loads(folder.read("quality.json"))) == 1


@pytest.mark.skipif(not hasattr(MypyOptions(), "num_workers"), reason="this mypy has no workers")
def test_workers_find_the_same(folder: Folder) -> None:
    folder.write({"a.py": CALL, "b.py": TASKS, "c.py": f"import a\nimport b\n{CALL}"})
    assert found(folder, "--jobs", "2", "--select", "all") == found(folder, "--select", "all") != []


def test_nothing_is_written_into_the_project(folder: Folder) -> None:
    folder.write({"a.py": CALL})
    before = sorted(folder.path.rglob("*"))
    folder.deckrules("check", "--select", "all")
    assert sorted(folder.path.rglob("*")) == before


def test_the_same_as_mypy_with_the_plugin(folder: Folder) -> None:
    config = """
        [tool.mypy]
        plugins = ["mypy_deckrules"]
        check_untyped_defs = true
        [tool.deckrules]
        select = ["all"]
        [[tool.deckrules.overrides]]
        module = "c"
        ignore = ["http-timeout"]
    """
    ignored = CALL.replace("urlopen(url)", "urlopen(url)  # type: ignore[http-timeout]")
    files = {"a.py": CALL, "b.py": TASKS, "c.py": CALL, "d.py": ignored, "e.py": "x: int = ''\n"}
    folder.write({"pyproject.toml": config, **files})
    command = [sys.executable, "-m", "mypy", "--output=json", "."]
    mypy = subprocess.run(command, capture_output=True, text=True, check=False)
    errors = [json.loads(line) for line in mypy.stdout.splitlines() if line.startswith("{")]
    plain = [(item["file"], item["line"], item["code"]) for item in errors if item["code"] != "assignment"]
    assert sorted(found(folder)) == sorted(plain)
    assert len(plain) >= 4
    assert len(errors) == len(plain) + 1


def test_many_unresolved_imports_hide_nothing(folder: Folder) -> None:
    # mypy holds back errors after the two hundredth where imports are missing.
    config = "[mypy]\nplugins = mypy_deckrules\n"
    calls = "import urllib.request\n" + "urllib.request.urlopen('')\n" * 250
    folder.write({"mypy.ini": config, "a.py": "import not_installed\n" + "x: int = ''\n" * 250, "b.py": calls})
    assert len(found(folder)) == 250


@pytest.mark.parametrize("name", ["text", "github", "gitlab", "sarif", "junit"])
def test_each_output(folder: Folder, name: str) -> None:
    folder.write({"a.py": CALL})
    result = folder.deckrules("check", "--output", name)
    assert result.exit_code == 1
    assert "a.py" in result.stdout
    assert "http-timeout" in result.stdout


def test_a_bar_on_a_terminal_and_colours_unless_they_are_unwanted(folder: Folder) -> None:
    folder.write({"a.py": CALL})
    shown = _on_terminal(folder, {"TERM": "xterm-256color"})
    assert "Checking" in shown
    assert "1/1" in shown
    assert "\x1b[1;31mhttp-timeout" in shown
    assert "\x1b]8;" in shown  # the code is a link to its page
    assert "\x1b[1;31m" not in _on_terminal(folder, {"TERM": "xterm-256color", "NO_COLOR": "1"})


def _on_terminal(folder: Folder, environment: dict[str, str]) -> str:
    """What a terminal gets to show."""
    ours, theirs = pty.openpty()
    unset = ("NO_COLOR", "TERM", "COLORTERM")
    process = subprocess.Popen(
        [*COMMAND, "check"],
        cwd=folder.path,
        env={**{name: value for name, value in os.environ.items() if name not in unset}, **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how Linux tells the end of a terminal
        while data := os.read(ours, 4096):
            shown += data
    os.close(ours)
    assert process.wait() == 1
    return shown.decode()
