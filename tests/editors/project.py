"""The project that editors open."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONFIG: Final = """
[tool.mypy]
files = ["shop"]
plugins = ["mypy_deckrules"]
"""

BAD: Final = """\
import requests
from celery import shared_task


@shared_task
def ship(order_ids: set[int]) -> None:
    requests.post("https://carrier.example/labels")
"""
GOOD: Final = BAD.replace("set[int]", "list[int]").replace('labels"', 'labels", timeout=5')
SENT: Final = GOOD + "\n\ndef send() -> None:\n    ship.delay([1], nte=2)\n    ship.apply_async(args=({1},))\n"


@dataclass(frozen=True, order=True)
class Shown:
    """What an editor underlines: lines and columns from 1, the last column included."""

    code: str
    line: int
    column: int
    end_line: int
    end_column: int


IN_BAD: Final = [Shown("http-timeout", 7, 5, 7, 51), Shown("task-json-param", 6, 10, 6, 28)]
IN_SENT: Final = [Shown("call-arg", 11, 5, 11, 26), Shown("task-json-arg", 12, 28, 12, 30)]


def write_project(folder: Path) -> Path:
    """Write the project; return the file that is edited."""
    (folder / "pyproject.toml").write_text(CONFIG)
    file = folder / "shop" / "tasks.py"
    file.parent.mkdir()
    (file.parent / "__init__.py").touch()
    file.write_text(BAD)
    return file


def environment() -> dict[str, str]:
    """The environment of an editor, with a cache that the tests keep."""
    cache = Path(__file__).parents[2] / ".cache" / "editors" / os.environ.get("PYTEST_XDIST_WORKER", "main")
    return {**os.environ, "MYPY_CACHE_DIR": str(cache)}
