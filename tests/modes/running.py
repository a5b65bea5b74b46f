"""mypy in its modes: cold, with a warm cache, with workers, as a daemon. Each gives what it reports, sorted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CONFIG = """
[mypy]
plugins = {plugins}
check_untyped_defs = true
local_partial_types = true
warn_unused_ignores = true
show_column_numbers = true
show_error_end = true

[mypy.plugins.django-stubs]
django_settings_module = settings

[mypy.plugins.deckrules]
select = {select}
"""
LIBRARIES = (
    "import celery.contrib.django.task, datetime, django.db.models, django.db.transaction, functools, requests\n"
)
NO_WORKER = "Failed to establish connection with worker"


def reported(output: str) -> list[str]:
    """The errors in what mypy printed, without its closing line."""
    return sorted(line for line in output.splitlines() if ": error:" in line or ": note:" in line)


@dataclass
class Runner:
    """Runs mypy over a project below ``root``; caches and configuration lie beside it.

    A cache of the libraries is made once and copied for each cold run, so that a cold run checks the project anew, and
    only the project.
    """

    root: Path
    work: Path
    plugins: str = "mypy_deckrules"
    select: str = "all"

    def __post_init__(self) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        self.config = self.work / "mypy.ini"
        self.config.write_text(CONFIG.format(plugins=self.plugins, select=self.select))
        self.libraries = self.work / "libraries"
        seed = self.work / "libraries.py"
        seed.write_text(LIBRARIES)
        self._mypy(self.libraries, str(seed))

    def _command(self, program: str, cache: Path) -> list[str]:
        return [
            sys.executable,
            "-m",
            program,
            "--show-traceback",
            f"--config-file={self.config}",
            f"--cache-dir={cache}",
        ]

    def _mypy(self, cache: Path, *arguments: str) -> list[str]:
        command = [*self._command("mypy", cache), *arguments]
        run = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert run.returncode in (0, 1), run.stdout + run.stderr
        assert "INTERNAL ERROR" not in run.stdout + run.stderr, run.stdout + run.stderr
        assert "deck-internal" not in run.stdout, run.stdout
        return reported(run.stdout)

    def cold(self, *arguments: str) -> list[str]:
        cache = self.work / "cold"
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(self.libraries, cache)
        return self._mypy(cache, *arguments, ".")

    def workers(self) -> list[str]:
        """With two workers; once more where mypy gave up on their start, as it does after three seconds."""
        try:
            return self.cold("-n", "2")
        except AssertionError as error:
            if NO_WORKER not in str(error):
                raise
            return self.cold("-n", "2")

    def warm(self) -> list[str]:
        """With the cache that the last warm run left behind."""
        cache = self.work / "warm"
        if not cache.exists():
            shutil.copytree(self.libraries, cache)
        return self._mypy(cache, ".")

    def daemon(self) -> list[str]:
        """``dmypy run``: starts the daemon the first time."""
        status = ["--status-file", str(self.work / "dmypy.json")]
        options = [f"--config-file={self.config}", f"--cache-dir={self.work / 'daemon'}"]
        command = [sys.executable, "-m", "mypy.dmypy", *status, "run", "--", *options, "."]
        run = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert run.returncode in (0, 1), run.stdout + run.stderr
        assert "deck-internal" not in run.stdout, run.stdout
        return reported(run.stdout)

    def stop(self) -> None:
        status = ["--status-file", str(self.work / "dmypy.json")]
        subprocess.run(
            [sys.executable, "-m", "mypy.dmypy", *status, "stop"], cwd=self.root, check=False, capture_output=True
        )
