"""One run of mypy over a real project, and what it said."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from mypy_deckrules.codes import FAMILIES, INTERNAL, RULES
from tests.real.projects import Project
from tests.real.workspace import REPOSITORY, Workspace

OURS: Final = frozenset({rule.code for rule in RULES} | {family.code for family in FAMILIES} | {INTERNAL.code})


class Plugin(Enum):
    """What a run loads of ours, as the section of mypy's configuration says it; None: nothing."""

    ABSENT = None
    SILENT = "ignore = all\nrestore_task_types = false\n"
    DEFAULT = "select = default\n"
    ALL = "select = all\n"


@dataclass(frozen=True, slots=True)
class Message:
    """One line of mypy's output."""

    file: str
    line: int
    column: int
    severity: str
    message: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of mypy said, how it ended and how many seconds of CPU time it took."""

    command: Sequence[str]
    status: int
    output: str
    errors: str
    seconds: float

    @property
    def crashed(self) -> bool:
        """mypy ends with 0 or 1 unless it, a plugin or a file that is no Python stops it."""
        return self.status not in (0, 1) or "INTERNAL ERROR" in self.output + self.errors

    def messages(self) -> list[Message]:
        """The messages of a run with ``--output=json``."""
        found = []
        for line in self.output.splitlines():
            if line.startswith("{"):
                item = json.loads(line)
                fields = {name: item[name] for name in ("file", "line", "column", "severity", "message", "code")}
                found.append(Message(**fields))
        return found


def configuration(workspace: Workspace, project: Project, plugin: Plugin, *, django: bool) -> Path:
    """Write mypy's configuration for a run and return its path.

    With rules on, mypy also finds the stubs of other libraries that the wheel brings.
    """
    stubs = f":{workspace.stubs()}" if plugin in (Plugin.DEFAULT, Plugin.ALL) else ""
    plugins = ["mypy_django_plugin.main"] * django + ["mypy_deckrules"] * (plugin is not Plugin.ABSENT)
    text = (
        "[mypy]\n"
        f"plugins = {','.join(plugins)}\n"
        "check_untyped_defs = True\n"
        "ignore_missing_imports = True\n"
        "explicit_package_bases = True\n"
        f"mypy_path = {workspace.sources(project)}{stubs}\n"
        f"exclude = {project.exclude}\n"
        f"cache_dir = {os.devnull}\n"
    )
    if django:
        text += f"[mypy.plugins.django-stubs]\ndjango_settings_module = {project.settings}\n"
    if plugin.value:
        text += f"[mypy.plugins.deckrules]\n{plugin.value}"
    path = workspace.folder(project) / f"{plugin.name.lower()}{'-django' * django}.ini"
    path.write_text(text)
    return path


def check(
    workspace: Workspace, project: Project, plugin: Plugin, *, django: bool = False, options: Sequence[str] = ()
) -> Run:
    """Run mypy over the project, cold, with ``options`` on its command line."""
    python = workspace.django_python(project) if django else workspace.python()
    config = configuration(workspace, project, plugin, django=django)
    command = [str(python), "-P", "-m", "mypy", f"--config-file={config}", *options, *project.packages]
    before = _cpu_seconds()
    done = subprocess.run(
        command,
        cwd=workspace.sources(project),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(command, done.returncode, done.stdout, done.stderr, _cpu_seconds() - before)


def _cpu_seconds() -> float:
    """The time that ended child processes have computed: unlike the clock's, it is steady on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
