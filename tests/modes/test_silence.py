"""With every code off, mypy says byte for byte what it says without the plugin."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SILENT = "\n[mypy.plugins.deckrules]\nselect =\nrestore_task_types = false\n"
PROJECTS = {
    "shop": (ROOT / "examples" / "shop", "shop.settings"),
    "bulk": (ROOT / "tests" / "bulk" / "project", "shop.settings"),
}


def output(project: Path, config: Path, cache: Path) -> str:
    command = [sys.executable, "-m", "mypy", f"--config-file={config}", f"--cache-dir={cache}", "--show-error-end", "."]
    run = subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "MYPYPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    return run.stdout + run.stderr


@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize("order", ["before", "after", "absent"])
def test_nothing_changes(tmp_path: Path, name: str, order: str) -> None:
    source, settings = PROJECTS[name]
    project = tmp_path / name
    shutil.copytree(source, project)
    django = [] if order == "absent" else ["mypy_django_plugin.main"]
    with_ours = [*django, "mypy_deckrules"] if order == "before" else ["mypy_deckrules", *django]
    results = []
    for plugins in (django, with_ours):
        config = tmp_path / f"{len(results)}.ini"
        config.write_text(
            f"[mypy]\nplugins = {', '.join(plugins)}\ncheck_untyped_defs = true\nexplicit_package_bases = true\n"
            f"namespace_packages = true\n[mypy.plugins.django-stubs]\ndjango_settings_module = {settings}\n{SILENT}"
        )
        results.append(output(project, config, tmp_path / "cache" / str(len(results))))
    assert results[0] == results[1]
