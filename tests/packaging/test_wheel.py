"""The wheel, built and installed into an empty environment, works from there."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import requests
from celery import shared_task
from django.db import models


class Order(models.Model):
    class Meta:
        app_label = "shop"


@shared_task
def ship(order: Order) -> None:
    requests.get("https://example.org")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    [built] = target.glob("*.whl")
    return built


def test_contents(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.partition("/")[0] for name in names}
    stubs = {path.name for path in (ROOT / "stubs").iterdir() if path.name.endswith("-stubs")}
    assert {name for name in top if not name.endswith(".dist-info")} == {"mypy_deckrules", *stubs}
    assert "mypy_deckrules/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "test" in name.split("/") or name.endswith((".pyc", ".orig"))]
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "mypy_deckrules").rglob("*.py")}
    assert modules <= set(names)


def test_from_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    binaries = environment / "bin"
    packages = [str(wheel), "celery", "django>=5.2,<5.3", "requests"]
    subprocess.run([binaries / "python", "-m", "pip", "install", "--quiet", *packages], check=True, capture_output=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "tasks.py").write_text(PROGRAM)
    (project / "pyproject.toml").write_text('[tool.mypy]\nplugins = ["mypy_deckrules"]\n')
    for command in ([binaries / "mypy", "tasks.py"], [binaries / "deckrules", "check", "tasks.py"]):
        run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert run.returncode == 1, run.stdout + run.stderr
        assert "task-model-param" in run.stdout
        assert "http-timeout" in run.stdout
    version = subprocess.run([binaries / "deckrules", "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.split()[-1] in wheel.name
