"""Set-up of pytest-mypy-plugins: one base configuration, one cache for all typecheck cases."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest


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
