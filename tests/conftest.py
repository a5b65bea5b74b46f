"""Set-up of pytest-mypy-plugins: one base configuration, one cache for all typecheck cases."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from pytest_mypy_plugins.item import YamlTestItem

from mypy_deckrules.cache import release_of


def pytest_configure(config: pytest.Config) -> None:
    # An absolute base lets mypy keep one cache for all cases (0.2 s a case instead of 0.8 s). It stands outside the
    # repository: an editable installation puts that on sys.path, and mypy is silent about imports found there.
    base = Path(tempfile.gettempdir()) / f"mypy-deckrules-{os.getuid()}"
    base /= os.environ.get("PYTEST_XDIST_WORKER", "main")
    base.mkdir(parents=True, exist_ok=True)
    config.option.mypy_testing_base = str(base)
    config.option.mypy_ini_file = str(Path(__file__).parent / "typecheck" / "mypy.ini")
    # It looks for the mypy executable on PATH; the one of this environment is meant.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # mypy 1 reveals ``builtins.int`` where mypy 2 reveals ``int``; the cases are written as mypy 2 prints them.
    if release_of("mypy") >= (2, 0):
        return
    reveals = [item for item in items if isinstance(item, YamlTestItem) and _reveals(item)]
    config.hook.pytest_deselected(items=reveals)
    items[:] = [item for item in items if item not in reveals]


def _reveals(case: YamlTestItem) -> bool:
    return any("Revealed type" in line.message for line in case.expected_output)
