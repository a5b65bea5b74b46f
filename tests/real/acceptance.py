"""The whole way of a project that meets `deckrules` for the first time, on a copy of its sources."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any, Final

from tests.real.checking import OURS
from tests.real.projects import Project
from tests.real.workspace import Workspace

TIMEOUT: Final = re.compile(r"(?<=\w), timeout=\d+(?=\))")
FIX: Final = re.compile(r'use "\w+\.delay_on_commit\(\.\.\.\)"')
PLAIN_MYPY: Final = """\
[mypy]
plugins = mypy_deckrules
check_untyped_defs = true
ignore_missing_imports = true
[mypy.plugins.deckrules]
select = all
"""

Place = tuple[str, int, int, str, str]
"""File, line, column, code, message."""


class Failed(Exception):
    """A step did not end as it must; the message says how."""


def walk(workspace: Workspace, project: Project) -> bool:
    """Check without any configuration, adopt, break a line, mend a module, tighten; print what each step brought."""
    folder = workspace.folder(project) / "acceptance"
    shutil.rmtree(folder, ignore_errors=True)
    for package in project.packages:
        shutil.copytree(workspace.sources(project) / package, folder / package)
    (folder / ".git").mkdir()  # nobody looks for a configuration above it
    try:
        for step in _steps(folder):
            print(f"{project.name} {project.version}: {step}", flush=True)
    except Failed as error:
        print(f"{project.name} {project.version}: FAILED: {error}")
        return False
    return True


def _steps(folder: Path) -> Iterator[str]:
    before = _files(folder)
    first = _check(folder, status=1)
    _must(_files(folder) == before, "nothing is written")
    modules = {item["module"] for item in first}
    yield f"check without a configuration: {len(first)} findings in {len(modules)} modules"

    everything = sorted(map(_place, _check(folder, "--select", "all", status=1)))
    _must(everything == _plain_mypy(folder), "check and mypy with the plugin report the same")
    yield f"check and mypy with the plugin report the same {len(everything)} findings, all rules on"

    _deckrules(folder, "adopt", status=0)
    config = folder / "mypy.ini"
    adopted = config.read_text()
    _must(_files(folder) - before == {config}, "only mypy.ini is written")
    _check(folder, status=0)
    _deckrules(folder, "adopt", "--tighten", "--check", status=0)
    yield f"adopt: {adopted.count('[mypy.plugins.deckrules-')} entries; check passes"

    broken, number = _break_a_line(folder)
    [new] = _check(folder, status=1)
    _must(
        (new["path"], new["line"], new["code"]) == (broken, number, "http-timeout"), f"the broken line is told: {new}"
    )
    yield f"without its timeout {broken}:{number} fails"
    _restore(folder)

    mended, module, code = _mend_a_module(folder, first)
    _check(folder, status=0)
    _deckrules(folder, "adopt", "--tighten", "--check", status=1)
    _must(config.read_text() == adopted, "--check writes nothing")
    _deckrules(folder, "adopt", "--tighten", status=0)
    changes = [line for line in ndiff(adopted.splitlines(), config.read_text().splitlines()) if line[0] in "+-"]
    entry = [f"- [mypy.plugins.deckrules-{module}]", f"- ignore = {code}"]
    _must([line for line in changes if line.strip("+- ")] == entry, f"exactly the entry goes: {changes}")
    _check(folder, status=0)
    yield f"with {mended} mended, --tighten removes its entry and nothing else; check passes"


def _check(folder: Path, *options: str, status: int) -> list[dict[str, Any]]:
    """What is found; a file that could not be checked would end with status 2."""
    findings: list[dict[str, Any]] = json.loads(_deckrules(folder, "check", "--output=json", *options, status=status))[
        "findings"
    ]
    return findings


def _deckrules(folder: Path, *arguments: str, status: int) -> str:
    command = [sys.executable, "-c", "from mypy_deckrules.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = f"{done.stdout[-1000:]}\n{done.stderr[-1000:]}"
    _must(done.returncode == status, f"{' '.join(arguments)} ends with {status}, not {done.returncode}: {said}")
    return done.stdout


def _plain_mypy(folder: Path) -> list[Place]:
    """What mypy itself reports of our codes, with the plugin in a configuration that lies elsewhere."""
    config = folder.with_name("plain.ini")
    config.write_text(PLAIN_MYPY)
    command = [sys.executable, "-P", "-m", "mypy", f"--config-file={config}", "--output=json", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    _must(done.returncode == 1, f"mypy ends with 1: {done.stderr[-1000:]}")
    errors = [json.loads(line) for line in done.stdout.splitlines()]
    # mypy counts columns from 0.
    return sorted(
        _place({**error, "path": error["file"], "column": error["column"] + 1})
        for error in errors
        if error["code"] in OURS
    )


def _place(item: dict[str, Any]) -> Place:
    return item["path"], item["line"], item["column"], item["code"], item["message"]


def _break_a_line(folder: Path) -> tuple[str, int]:
    """Take the timeout from a call of ``requests``; the file and the line of it."""
    for file in sorted(folder.rglob("*.py")):
        lines = file.read_text().splitlines(keepends=True)
        for number, line in enumerate(lines):
            if "requests." in line and TIMEOUT.search(line):
                shutil.copy(file, file.with_suffix(".before"))
                lines[number] = TIMEOUT.sub("", line)
                file.write_text("".join(lines))
                return str(file.relative_to(folder)), number + 1
    raise Failed("no call with a timeout to take away")


def _restore(folder: Path) -> None:
    [before] = folder.rglob("*.before")
    os.replace(before, before.with_suffix(".py"))


def _mend_a_module(folder: Path, findings: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Do in a module with one finding what the finding says; its file, its name and the code."""
    modules = [item["module"] for item in findings]
    for item in findings:
        if modules.count(item["module"]) == 1 and FIX.search(item["message"]):
            file = folder / item["path"]
            lines = file.read_text().splitlines(keepends=True)
            at = item["line"] - 1
            lines[at] = lines[at].replace(".delay(", ".delay_on_commit(")
            file.write_text("".join(lines))
            return item["path"], item["module"], item["code"]
    raise Failed("no module that is mended by what its finding says")


def _files(folder: Path) -> set[Path]:
    """All but mypy's cache."""
    return {file for file in folder.rglob("*") if ".mypy_cache" not in file.parts}


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise Failed(what)
