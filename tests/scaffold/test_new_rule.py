"""`python -m tools.new_rule`, in a copy of the project: what it writes is whole, and passes the project's checks."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import venv
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
COPIED: Final = ("mypy_deckrules", "stubs", "tests", "docs", "tools", "examples")
FILES: Final = (
    "pyproject.toml",
    "mkdocs.yml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "noxfile.py",
    "requirements-dev.lock",
)


class Tree:
    """A copy of the project, in an environment with the packages of this one and the copy in the project's place."""

    def __init__(self, folder: Path, environment: Path) -> None:
        self.folder = folder
        self.python = environment / "bin" / "python"
        venv.create(environment, symlinks=True)
        [packages] = environment.glob("lib/python*/site-packages")
        # What is found by a path file is not asked for path files of its own, so not for this project's.
        (packages / "tree.pth").write_text("\n".join([str(folder), str(folder / "stubs"), *site.getsitepackages()]))
        mypy = environment / "bin" / "mypy"
        mypy.write_text(f"#!{self.python}\nfrom mypy.__main__ import console_entry\nconsole_entry()\n")
        mypy.chmod(0o755)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        # The copy is found by the environment alone.
        others = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [self.python, "-m", *command], cwd=self.folder, env=others, capture_output=True, text=True, check=False
        )

    def passes(self, *command: str) -> None:
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The copy, with a new rule in it; of the marked programs it has the rule's alone, for the others take long."""
    copy = Tree(tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("environment"))
    for name in COPIED:
        shutil.copytree(ROOT / name, copy.folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    for name in FILES:
        shutil.copy(ROOT / name, copy.folder / name)
    for program in (copy.folder / "tests/bulk/project").iterdir():
        if program.name != "shop":
            shutil.rmtree(program)
    copy.passes("tools.new_rule", "service-shell", "--family", "deck-design")
    return copy


def test_ruff(tree: Tree) -> None:
    tree.passes("ruff", "check", "mypy_deckrules", "tests", "tools")
    tree.passes("ruff", "format", "--check", "mypy_deckrules", "tests", "tools")


def test_mypy(tree: Tree) -> None:
    tree.passes("mypy", "-m", "mypy_deckrules.rules.design.service_shell", "-m", "mypy_deckrules.codes")


@pytest.mark.parametrize(
    ("tests", "chosen"),
    [
        (("tests/rules", "tests/docs"), "not switches"),
        (("tests/bulk",), "no-django"),
        (("tests/typecheck/design",), "service_shell"),
        (("tests/stubs/test_other_checkers.py",), "each_rule_has_a_row"),
    ],
    ids=["pages", "bulk", "typecheck", "contracts"],
)
def test_its_own_tests_and_those_of_all_rules(tree: Tree, tests: tuple[str, ...], chosen: str) -> None:
    tree.passes("pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", chosen)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("http-timeout", "http-timeout: exists already"),
        ("deck-task", "deck-task: exists already"),
        ("eta", "eta: a code is two or more lower-case words with hyphens between"),
        ("mail-spam", "deck-mail: no such family; name one with --family (make rule CODE=mail-spam FAMILY=...)"),
    ],
)
def test_refused(tree: Tree, code: str, reason: str) -> None:
    done = tree.run("tools.new_rule", code)
    assert done.returncode == 2
    assert done.stderr.strip().endswith(f"error: {reason}")
