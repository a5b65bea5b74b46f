"""Measure what other tools see of what the rules report: the tables of ``docs/comparison.md``.

Run with the Python of an environment that has this project and its ``dev`` extra::

    python3 -m venv .cache/compare && .cache/compare/bin/pip install -r docs/compare/requirements.txt
    python docs/compare/measure.py .cache/compare/bin FOLDER

``FOLDER`` is a checkout of the rules of semgrep, which come with a licence of their own and are not installed with it.

A tool is asked for the checks of ``CHECKS``, those that mean the same as a rule. It sees a marked line when one of them
reports that line or one of the two below it (a rule may report a decorator, a linter the ``def``); what they report
elsewhere, where the rule is silent, is counted apart.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PROGRAMS: Final = (ROOT / "examples" / "shop", ROOT / "tests" / "bulk" / "project")
LIBRARY: Final = ROOT / "tests" / "queries" / "project"
CHECKS: Final = {
    "ruff": {
        "http-timeout": {"S113"},
        "service-return": {"ANN201", "ANN206"},
        "task-untyped": {"ANN001", "ANN201"},
        "design-namedtuple": {"PYI024"},
    },
    "pylint": {
        "http-timeout": {"missing-timeout"},
        "design-stateless-class": {"too-few-public-methods"},
    },
    "semgrep": {"http-timeout": {"use-timeout"}},
}
SETTINGS: Final = {"shop": "shop.settings", "project": "shop.settings"}
BELOW: Final = 2
MARK: Final = re.compile(r"# [ED]: (.*)")

Report = tuple[Path, int, str]
"""A file, a line, and the check or the rule that reports it."""


def output_of(command: Iterable[str | Path], folder: Path, **environment: str) -> str:
    run = subprocess.run(
        [*command], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if not run.stdout:
        sys.exit(f"{command}: {run.stderr}")
    return run.stdout


def ruff(tools: Path, folder: Path) -> set[Report]:
    checks = ",".join(sorted({name for names in CHECKS["ruff"].values() for name in names}))
    command = [tools / "ruff", "check", "--isolated", "--no-cache", "--exit-zero", "--output-format=json"]
    found = json.loads(output_of([*command, f"--select={checks}", "."], folder))
    return {(Path(item["filename"]), item["location"]["row"], item["code"]) for item in found}


def pylint(tools: Path, folder: Path) -> set[Report]:
    command = [tools / "pylint", "--output-format=json", "--recursive=y", "--load-plugins=pylint_django", "--exit-zero"]
    command += ["--disable=all", f"--enable={','.join(n for names in CHECKS['pylint'].values() for n in names)}", "."]
    found = json.loads(output_of(command, folder, DJANGO_SETTINGS_MODULE=SETTINGS[folder.name], PYTHONPATH=str(folder)))
    return {(folder / item["path"], item["line"], item["symbol"]) for item in found}


def semgrep(tools: Path, folder: Path, rules: Path) -> set[Report]:
    command = [tools / "semgrep", "scan", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--json"]
    path = os.pathsep.join((str(tools.resolve()), os.environ["PATH"]))
    found = json.loads(output_of([*command, f"--config={rules / 'python' / 'requests'}", "."], folder, PATH=path))
    return {
        (folder / item["path"], item["start"]["line"], item["check_id"].rpartition(".")[2]) for item in found["results"]
    }


def selected(first_line: str) -> set[str] | None:
    """The rules that a marked program is judged by, None for all."""
    return set(re.findall(r"[a-z-]+", first_line.partition(":")[2])) if first_line.startswith("# select:") else None


def marks(folder: Path) -> tuple[set[Report], dict[Path, set[str] | None]]:
    """The marked lines of all programs, and the rules that each program is judged by."""
    marked, judged = set(), {}
    for file in sorted(folder.rglob("*.py")):
        lines = file.read_text().splitlines()
        judged[file] = selected(lines[0]) if lines else None
        for number, line in enumerate(lines, 1):
            if match := MARK.search(line):
                codes = re.findall(r"(?:^|, |# [ED]: )([a-z]+(?:-[a-z]+)+)", match[1])
                marked |= {(file, number, code) for code in codes}
    return marked, judged


def static(tools: Path, rules: Path) -> None:
    """Print how many of the marked lines the linters see."""
    marked: set[Report] = set()
    judged: dict[Path, set[str] | None] = {}
    reports: dict[str, set[Report]] = defaultdict(set)
    for folder in PROGRAMS:
        some, of_files = marks(folder)
        marked |= some
        judged |= of_files
        reports["ruff"] |= ruff(tools, folder)
        reports["pylint"] |= pylint(tools, folder)
        reports["semgrep"] |= semgrep(tools, folder, rules)
    totals = Counter(code for _, _, code in marked)
    print(f"| rule | marked lines | {' | '.join(CHECKS)} |")
    print("| --- " * (2 + len(CHECKS)) + "|")
    for code in sorted({code for by_code in CHECKS.values() for code in by_code}):
        row = [f"`{code}`", str(totals[code])]
        for tool, by_code in CHECKS.items():
            if code not in by_code:
                row.append("no such check")
                continue
            lines = {(file, line) for file, line, check in reports[tool] if check in by_code[code]}
            lines = {(file, line) for file, line in lines if (rules_of := judged[file]) is None or code in rules_of}
            wanted = {(file, line) for file, line, name in marked if name == code}
            near = {(file, line): {(file, line + more) for more in range(BELOW + 1)} for file, line in wanted}
            seen = sum(bool(places & lines) for places in near.values())
            row.append(f"{seen} (+{len(lines.difference(*near.values()))})")
        print("| " + " | ".join(row) + " |")
    others = sum(count for code, count in totals.items() if not any(code in by_code for by_code in CHECKS.values()))
    print(f"\n{others} marked lines belong to the {30 - len({c for b in CHECKS.values() for c in b})} other rules.")


def at_run_time(tools: Path) -> None:
    """Print how many of the library's functions whose queries grow the finders of N+1 queries see."""
    watched = json.loads(output_of([tools / "python", Path(__file__).with_name("at_run_time.py")], ROOT))
    truth = json.loads(output_of([sys.executable, "measure.py"], LIBRARY))
    growing, reported = defaultdict(set), defaultdict(set)
    for name, lines in truth["queries"].items():
        growing[name] = {int(line) for line, (few, many) in lines.items() if many > few}
    command = [sys.executable, "-m", "mypy", "--output=json", "--config-file=mypy.ini", "library"]
    for line in output_of(command, LIBRARY, PYTHONPATH=str(LIBRARY)).splitlines():
        error: dict[str, Any] = json.loads(line)
        reported[Path(error["file"]).name].add(error["line"])
    grows: dict[str, bool] = {}
    found: dict[str, set[str]] = {"mypy_deckrules": set(), "django-zeal": set(), "nplusone": set()}
    for name, functions in truth["functions"].items():
        for function, (first, last) in functions.items():
            span = set(range(first, last + 1))
            grows[f"{name}:{function}"] = bool(growing[name] & span)
            if reported[name] & span:
                found["mypy_deckrules"].add(f"{name}:{function}")
    for function, tools_that_spoke in watched.items():
        for tool in tools_that_spoke:
            found[tool].add(function)
    bad = {function for function, is_bad in grows.items() if is_bad}
    print(f"| of {len(grows)} functions | queries grow: {len(bad)} | they do not: {len(grows) - len(bad)} |")
    print("| --- | --- | --- |")
    for tool, functions in found.items():
        print(f"| {tool} | {len(functions & bad)} | {len(functions - bad)} |")
    for tool in ("mypy_deckrules", "django-zeal"):
        print(f"\n{tool} misses: {', '.join(sorted(bad - found[tool])) or 'none'}")
        print(f"\n{tool} reports besides: {', '.join(sorted(found[tool] - bad)) or 'none'}")


if __name__ == "__main__":
    static(Path(sys.argv[1]), Path(sys.argv[2]))
    at_run_time(Path(sys.argv[1]))
