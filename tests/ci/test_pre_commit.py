"""The hook, and mypy's hook with the plugin beside it, run by pre-commit itself in environments that it makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ("mypy_deckrules", "stubs", "LICENSE", "README.md", "pyproject.toml", ".pre-commit-hooks.yaml")
BAD: Final = "import requests\n\nrequests.get('https://example.org')\n"
PROJECT: Final = '[tool.mypy]\nfiles = ["shop"]\nplugins = ["mypy_deckrules"]\n'
DEPENDENCIES: Final = '["requests", "types-requests"]'


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    # git hooks hand their own repository on in the environment.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"PRE_COMMIT_HOME": str(folder.parent / "pre-commit"), "PRE_COMMIT_COLOR": "never"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def commit(folder: Path) -> str:
    """Put all of a folder into a new repository; return the commit."""
    author = ("-c", "user.name=tests", "-c", "user.email=tests@example.org")
    for arguments in (["init", "-q"], ["add", "-A"], [*author, "commit", "-qm", "All"]):
        done = run(folder, "git", *arguments)
        assert done.returncode == 0, done.stderr
    return run(folder, "git", "rev-parse", "HEAD").stdout.strip()


def verdicts(output: str) -> dict[str, str]:
    """Each hook's verdict."""
    return dict(re.findall(r"^(\w+)\.+(Passed|Failed)$", output, re.MULTILINE))


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the package and its hook."""
    folder = tmp_path_factory.mktemp("work") / "mypy-deckrules"
    folder.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*cache"))
        else:
            shutil.copy(source, folder / name)
    return folder


def test_hooks(hooks: Path) -> None:
    folder = hooks.parent / "project"
    (folder / "shop").mkdir(parents=True)
    (folder / "shop" / "__init__.py").touch()
    (folder / "shop" / "rates.py").write_text(BAD)
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / ".pre-commit-config.yaml").write_text(f"""
repos:
  - repo: {hooks}
    rev: {commit(hooks)}
    hooks:
      - id: deckrules
        additional_dependencies: {DEPENDENCIES}
      # As mirrors-mypy runs it: mypy over the files of the commit, the plugin among the packages beside it.
      - id: deckrules
        alias: mypy
        name: mypy
        entry: mypy --ignore-missing-imports --scripts-are-modules
        pass_filenames: true
        additional_dependencies: {DEPENDENCIES}
""")
    commit(folder)
    pre_commit = Path(sys.executable).with_name("pre-commit")
    bad = run(folder, pre_commit, "run", "--all-files")
    assert verdicts(bad.stdout) == {"deckrules": "Failed", "mypy": "Failed"}, bad.stdout + bad.stderr
    assert "shop/rates.py:3:1: http-timeout" in bad.stdout
    assert re.search(r"^shop/rates\.py:3: error: .*  \[http-timeout\]$", bad.stdout, re.MULTILINE)
    (folder / "shop" / "rates.py").write_text(BAD.replace("')", "', timeout=5)"))
    good = run(folder, pre_commit, "run", "--all-files")
    assert verdicts(good.stdout) == {"deckrules": "Passed", "mypy": "Passed"}, good.stdout + good.stderr
