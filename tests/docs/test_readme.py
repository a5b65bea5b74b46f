"""What README.md shows is what comes out, and what it says of versions is what is tested."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from docs.picture import PICTURE, picture

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
FILES: Final = {
    "mypy.ini": "[mypy]\nplugins = mypy_deckrules\ncheck_untyped_defs = true\n",
    "shop/__init__.py": "",
    "shop/models.py": """
from django.db import models

class Customer(models.Model):
    email = models.EmailField()

class Order(models.Model):
    email = models.EmailField()
""",
    "shop/tasks.py": """\
import requests
from celery import shared_task
from django.db import transaction

from shop.models import Customer, Order

RATES_URL = "https://example.org/rates"


""",
}
"""The project of the example, up to the lines that are shown."""


def block(kind: str) -> str:
    """The first block of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)[0]


def test_the_example(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + (block("python") if name == "shop/tasks.py" else ""))
    command, _, shown = block("text").partition("\n")
    assert command == "$ mypy shop"
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "shop"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in run.stdout.splitlines() if "[var-annotated]" not in line]  # without the Django plugin
    assert ours == shown.splitlines()


def test_the_picture_is_current() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run: python -m docs.picture"


def test_the_versions_are_those_of_the_matrix() -> None:
    columns, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines() if line.count("|") == 6
    ]
    assert columns == ["mypy", "django-stubs", "Celery", "Kombu", "Django"]
    locked = dict(re.findall(r"^(\S+)==(\S+)$", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE))
    assert len(rows) == len(_matrix())
    for row, requirements in zip(rows, _matrix().values(), strict=True):
        asked = dict(requirement.partition("==")[::2] for requirement in requirements)
        for name, version in zip(columns, row, strict=True):
            wanted = asked[name.lower()] or locked[name.lower()]
            assert re.fullmatch(wanted.replace(".", r"\.").replace(r"\.*", r"(\.\d+)*"), version), (
                name,
                wanted,
                version,
            )


def test_the_range_of_mypy_is_that_of_the_matrix() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "mypy>=1.19,<2.5" in project["dependencies"]
    first, *_, last = _matrix()
    assert (first, last) == ("1.19", "2.4")
    assert "mypy 1.19 to 2.4" in README
    assert project["requires-python"] == ">=3.11"


@cache
def _matrix() -> dict[str, tuple[str, ...]]:
    """The rows of noxfile.py."""
    spec = importlib.util.spec_from_file_location("noxfile", ROOT / "noxfile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows: dict[str, tuple[str, ...]] = module.ROWS
    return rows
