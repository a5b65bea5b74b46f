"""Run the plugin on real projects from the package index.

    python -m tests.real findings            every finding in the default projects, and the table of counts
    python -m tests.real findings weblate    in one; more names in tests/real/projects.py, or FOLDER[:PACKAGE,...]
    python -m tests.real findings --django   beside django-stubs' plugin, in an environment that can import the project
    python -m tests.real compare             with every code off, mypy says the same, byte for byte
    python -m tests.real reach               dispatches written and dispatches judged
    python -m tests.real acceptance weblate  deckrules check, adopt and --tighten on a copy, from the first day on

Exit status: 0; 1 where mypy crashed, outputs differ, the reach is under the goal or a step of the acceptance fails; 2
for a project that is not there.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.real.acceptance import walk
from tests.real.checking import OURS, Message, Plugin, Run, check, configuration
from tests.real.projects import DEFAULT, Project, project_named
from tests.real.syntax import Survey, python_files, survey
from tests.real.workspace import REPOSITORY, Workspace

POSITIONS: Final = ("--show-column-numbers", "--show-error-end", "--show-error-context")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.real", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("projects", nargs="*", metavar="PROJECT")
    parser.add_argument("--django", action="store_true", help="beside django-stubs' plugin")
    parser.add_argument("--without-plugin", action="store_true", help="reach: what the stubs see alone")
    parser.add_argument("--cache", type=Path, default=REPOSITORY / ".cache" / "real", help="where downloads are kept")
    arguments = parser.parse_intermixed_args(argv)
    try:
        projects = [project_named(name) for name in arguments.projects] or DEFAULT
    except ValueError as error:
        parser.error(str(error))
    workspace = Workspace(arguments.cache)
    good = [COMMANDS[arguments.command](workspace, project, arguments) for project in projects]
    return 0 if all(good) else 1


def findings(workspace: Workspace, project: Project, arguments: argparse.Namespace) -> bool:
    """Print every finding with its line, what else changed in mypy's output, and the project's counts."""
    django: bool = arguments.django
    if django and not _django_starts(workspace, project):
        return True
    absent = check(workspace, project, Plugin.ABSENT, django=django, options=["--output=json"])
    present = check(workspace, project, Plugin.ALL, django=django, options=["--output=json"])
    ours = [message for message in present.messages() if message.code in OURS]
    _heading(f"{project.name} {project.version}{' with the Django plugin' if django else ''}")
    sources = workspace.sources(project)
    for code, messages in _by_code(ours):
        print(f"\n{code}: {len(messages)}")
        for message in messages:
            print(f"  {message.file}:{message.line}:{message.column}: {message.message}")
            print(f"      {_source_line(sources / message.file, message.line)}")
    _print_changes(absent, present)
    _print_counts(survey(python_files(sources, project.packages)), ours, absent, present)
    return _report_crash(absent, present)


def compare(workspace: Workspace, project: Project, arguments: argparse.Namespace) -> bool:
    """Say whether mypy's output is the same, byte for byte, without the plugin and with every code off."""
    django: bool = arguments.django
    if django and not _django_starts(workspace, project):
        return True
    absent = check(workspace, project, Plugin.ABSENT, django=django, options=POSITIONS)
    silent = check(workspace, project, Plugin.SILENT, django=django, options=POSITIONS)
    same = (absent.status, absent.output, absent.errors) == (silent.status, silent.output, silent.errors)
    print(f"{project.name}: {len(absent.output)} bytes, exit {absent.status}: {'the same' if same else 'different'}")
    for one, other in ((absent.output, silent.output), (absent.errors, silent.errors)):
        sys.stdout.writelines(
            difflib.unified_diff(
                one.splitlines(True), other.splitlines(True), "without the plugin", "all codes off", n=0
            )
        )
    return _report_crash(absent, silent) and same


def reach(workspace: Workspace, project: Project, arguments: argparse.Namespace) -> bool:
    """Print how many of the dispatches written are judged, and the lost ones: `tests.real.reach` says how."""
    plugin = Plugin.ABSENT if arguments.without_plugin else Plugin.ALL
    config = configuration(workspace, project, plugin, django=False)
    _heading(f"{project.name} {project.version}{' without the plugin' if arguments.without_plugin else ''}")
    sys.stdout.flush()
    done = subprocess.run(
        [str(workspace.python()), "-P", "-m", "tests.real.reach", f"--config={config}", *project.packages],
        cwd=workspace.sources(project),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    return done.returncode == 0


def acceptance(workspace: Workspace, project: Project, arguments: argparse.Namespace) -> bool:
    """Print each step of the way from no configuration to a tightened one: `tests.real.acceptance` has them."""
    return walk(workspace, project)


COMMANDS: Final[dict[str, Callable[[Workspace, Project, argparse.Namespace], bool]]] = {
    "findings": findings,
    "compare": compare,
    "reach": reach,
    "acceptance": acceptance,
}


def _django_starts(workspace: Workspace, project: Project) -> bool:
    """Whether django-stubs' plugin can import the project's settings and models; say why where it cannot."""
    if project.settings is None:
        print(f"{project.name}: no settings known that the Django plugin could start with")
        return False
    python = workspace.django_python(project)
    done = subprocess.run(
        [str(python), "-c", "import django; django.setup()"],
        cwd=workspace.sources(project),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": project.settings},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{project.name}: the Django plugin cannot start: {done.stderr.strip().splitlines()[-1]}")
        print(f"  not installed: {', '.join(workspace.missing(project)) or 'nothing'}")
    return done.returncode == 0


def _print_changes(absent: Run, present: Run) -> None:
    """What mypy itself says only with the plugin, or only without: the restored task types and the like."""
    before, after = (_of_mypy(run) for run in (absent, present))
    for title, messages in (("only with the plugin", after - before), ("only without the plugin", before - after)):
        if messages:
            print(f"\nmypy's own, {title}: {messages.total()}")
            for message in sorted(messages.elements(), key=lambda message: (message.file, message.line)):
                print(f"  {message.file}:{message.line}:{message.column}: {message.message}  [{message.code}]")


def _of_mypy(run: Run) -> Counter[Message]:
    return Counter(message for message in run.messages() if message.code not in OURS)


def _print_counts(written: Survey, ours: Sequence[Message], absent: Run, present: Run) -> None:
    dispatches = Counter(dispatch.method for dispatch in written.dispatches)
    print(f"\n{written.files} files, {written.lines} lines")
    print(f"tasks written: {written.tasks.total()}{_listed(written.tasks)}")
    print(f"dispatches written: {dispatches.total()}{_listed(dispatches)}")
    print(f"findings: {len(ours)}{_listed(Counter(str(message.code) for message in ours))}")
    print(f"seconds of CPU: {absent.seconds:.1f} without the plugin, {present.seconds:.1f} with it")
    print(f"exit status: {absent.status} without the plugin, {present.status} with it")


def _report_crash(*runs: Run) -> bool:
    """Whether no run crashed; print the end of one that did."""
    for run in runs:
        if run.crashed:
            print(f"\nCRASHED (exit {run.status}): {' '.join(run.command)}\n{run.output[-2000:]}\n{run.errors[-4000:]}")
    return not any(run.crashed for run in runs)


def _by_code(messages: Iterable[Message]) -> list[tuple[str, list[Message]]]:
    grouped: dict[str, list[Message]] = {}
    for message in messages:
        grouped.setdefault(str(message.code), []).append(message)
    return sorted(grouped.items())


def _listed(counts: Counter[str]) -> str:
    return f" ({', '.join(f'{name} {count}' for name, count in counts.most_common())})" if counts else ""


def _source_line(path: Path, number: int) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _heading(text: str) -> None:
    print(f"\n{text}\n{'=' * len(text)}")


if __name__ == "__main__":
    sys.exit(main())
