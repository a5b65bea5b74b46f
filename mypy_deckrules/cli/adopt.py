"""``deckrules adopt``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mypy_deckrules.cli.adoption import adopted, entries_of, tightened, without_entries, write_overrides
from mypy_deckrules.cli.baseline import found, lowered, read_baseline, write_baseline
from mypy_deckrules.cli.check import BaselineFile, ConfigFile, Jobs, Paths, run_check
from mypy_deckrules.cli.files import ensure_writable
from mypy_deckrules.cli.init import with_plugin
from mypy_deckrules.cli.output.text import counted, write_problems
from mypy_deckrules.cli.project import Project, find_project
from mypy_deckrules.cli.results import CannotRun, Results
from mypy_deckrules.codes import RULES_BY_CODE


def adopt(
    paths: Paths = None,
    tighten: Annotated[
        bool, typer.Option("--tighten", help="Remove what is no longer needed, instead of adding what is.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="With --tighten: write nothing, end with 1 if something can be removed.")
    ] = False,
    baseline: BaselineFile = None,
    jobs: Jobs = None,
    config_file: ConfigFile = None,
) -> None:
    """Let today's findings pass: in the configuration, each module ignores the codes that are found in it.

    With --tighten, what is mended since then is taken out again. With --baseline, findings are counted by file and code
    in a file of their own instead.
    """
    if check and not tighten:
        raise CannotRun("--check goes with --tighten")
    project = find_project(config_file)
    if not tighten:
        if baseline:
            _write_baseline(project, paths, jobs, baseline)
        else:
            _adopt(project, paths, jobs)
        return
    can_be_removed = (
        _lower_baseline(project, paths, jobs, baseline, write=not check)
        if baseline
        else _tighten(project, paths, jobs, write=not check)
    )
    raise typer.Exit(1 if check and can_be_removed else 0)


def _adopt(project: Project, paths: list[Path] | None, jobs: int | None) -> None:
    new = project if project.file else with_plugin(project)
    assert new.file is not None
    ensure_writable(new.file)
    told = {"settings_module": new.settings_module} if new is not project and new.settings_module else {}
    results = _complete(run_check(project, paths, told, jobs))
    findings = [finding for finding in results.findings if finding.code in RULES_BY_CODE]
    changes, added = adopted(new.overrides, findings)
    if not findings:
        typer.echo(f"Nothing to adopt: all clean in {counted(len(results.modules), 'module')}.")
        return
    write_overrides(new, changes, added)
    modules = counted(len({finding.module for finding in findings}), "module")
    typer.echo(f"Adopted {counted(len(findings), 'finding')} in {modules}: {new.file}")


def _tighten(project: Project, paths: list[Path] | None, jobs: int | None, *, write: bool) -> bool:
    """Remove the overrides' entries that are not needed; whether there were any."""
    entries = [entry for override in project.overrides for entry in entries_of(override)]
    if not entries:
        typer.echo("Nothing to tighten: nothing is adopted.")
        return False
    assert project.file is not None
    if write:
        ensure_writable(project.file)
    mended = {"overrides": [override.table for override in without_entries(project.overrides)]}
    results = _complete(run_check(project, paths, mended, jobs))
    needed = {(finding.module, finding.code) for finding in results.findings}
    if not results.is_complete:
        checked = set(results.modules.values())
        needed |= {entry for entry in entries if entry[0] not in checked}
    changes, gone = tightened(project.overrides, needed)
    for module, code in gone:
        typer.echo(f"{module}: {code}")
    if write and gone:
        write_overrides(project, changes, [])
    _tell_tightened(len(gone), project.file, "--tighten", write=write)
    return bool(gone)


def _write_baseline(project: Project, paths: list[Path] | None, jobs: int | None, file: Path) -> None:
    if file.exists():
        raise CannotRun(f"{file}: exists, and a baseline only goes down; lower it with --tighten, or remove it first")
    ensure_writable(file)
    counts = found(_complete(run_check(project, paths, {}, jobs)))
    write_baseline(file, counts)
    typer.echo(f"Allowed {counted(counts.total(), 'finding')} in {counted(len(counts), 'entry')}: {file}")


def _lower_baseline(project: Project, paths: list[Path] | None, jobs: int | None, file: Path, *, write: bool) -> bool:
    """Lower a baseline to what is still found; whether it could be lowered."""
    old = read_baseline(file)
    if write:
        ensure_writable(file)
    new = lowered(old, _complete(run_check(project, paths, {}, jobs)))
    changed = [entry for entry in sorted(old) if new[entry] < old[entry]]
    for path, code in changed:
        typer.echo(f"{path} {code}: {old[path, code]} -> {new[path, code]}")
    if write and changed:
        write_baseline(file, new)
    _tell_tightened(len(changed), file, f"--tighten --baseline {file}", write=write)
    return bool(changed)


def _complete(results: Results) -> Results:
    """The results, if nothing stood in mypy's way: what is written rests on all of them."""
    if results.problems:
        write_problems(results, Console(stderr=True, highlight=False, soft_wrap=True))
        raise CannotRun("nothing was written, for not every file could be checked")
    if results.left_out:
        raise CannotRun("nothing was written, for more may be found when every plugin can start")
    return results


def _tell_tightened(number: int, file: Path, arguments: str, *, write: bool) -> None:
    if not number:
        typer.echo("Nothing to tighten.")
    elif write:
        typer.echo(f"Tightened {counted(number, 'entry')} in {file}")
    else:
        typer.echo(f"{counted(number, 'entry')} in {file} can be tightened; run: deckrules adopt {arguments}")
