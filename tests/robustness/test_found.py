"""What the fuzzer and mypy's own cases brought to light: none of it may end mypy, or end in ``deck-internal``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOUND = Path(__file__).parent / "found"
PROJECT = Path(__file__).parents[1] / "bulk" / "project"
CONFIG = """
[mypy]
plugins = mypy_deckrules, mypy_django_plugin.main
check_untyped_defs = true
namespace_packages = true
python_version = 3.13
[mypy.plugins.django-stubs]
django_settings_module = shop.settings
[mypy.plugins.deckrules]
select = all
service_modules = *
"""


def mypy(folder: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    """Check in the midst of the marked programs, with a cache in ``folder``."""
    config = folder / "mypy.ini"
    config.write_text(CONFIG)
    return subprocess.run(
        [sys.executable, "-m", "mypy", f"--config-file={config}", "--show-traceback", *targets],
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(PROJECT), "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_programs_that_ended_badly(tmp_path: Path) -> None:
    programs = sorted(map(str, FOUND.glob("*.py")))
    assert programs
    mypy(tmp_path, "-m", "shop.models")  # what the programs import comes from mypy's cache
    run = mypy(tmp_path, *programs)
    assert run.returncode in (0, 1), run.stdout + run.stderr
    assert "INTERNAL ERROR" not in run.stdout + run.stderr
    assert [line for line in run.stdout.splitlines() if "[deck-internal]" in line] == []
