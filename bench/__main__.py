"""Measure what the plugin costs, print a table and draw ``docs/performance.svg``: ``python -m bench``.

Every figure is a ratio of pairs: mypy with the plugin against mypy without it, in turns, everything else the same.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.generate import CONFIG, generate
from bench.measure import Project, Usage
from bench.plot import draw
from tests.real.checking import Plugin, configuration
from tests.real.projects import DEFAULT, MORE
from tests.real.workspace import Workspace

ROOT: Final = Path(__file__).parents[1]
CACHE: Final = ROOT / ".cache" / "bench"
REAL: Final = ROOT / ".cache" / "real"
EDITS: Final = ("edit", "adopted")
MODES: Final = ("cold", "warm", "workers", *EDITS)
DJANGO: Final = "mypy_django_plugin.main"


@dataclass(frozen=True)
class Row:
    """The medians of one kind of run on one project, without the plugin and with it."""

    project: str
    modules: int
    mode: str
    plain: Usage
    ours: Usage
    ratio: Usage
    pairs: int

    def __str__(self) -> str:
        cells = (
            self.project,
            str(self.modules),
            self.mode,
            *(
                f"{plain:.2f} → {ours:.2f}"
                for plain, ours in ((self.plain.cpu, self.ours.cpu), (self.plain.wall, self.ours.wall))
            ),
            f"{self.plain.memory:.0f} → {self.ours.memory:.0f}",
            *(f"{ratio:.3f}" for ratio in (self.ratio.cpu, self.ratio.wall, self.ratio.memory)),
            str(self.pairs),
        )
        return f"| {' | '.join(cells)} |"


HEADER: Final = (
    "| project | modules | run | CPU s | wall s | peak MiB | CPU | wall | memory | pairs |\n"
    "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|"
)


def generated(modules: int, select: str, mode: str = "cold") -> tuple[Project, Project]:
    """A generated project, without the plugin and with it; beside the Django plugin, but with workers, with which mypy
    ends in an internal error there (``docs/scale.md``)."""
    folder = CACHE / f"shop-{modules}"
    if not folder.exists():
        generate(folder, modules)
    others = [] if mode == "workers" else [DJANGO]
    suffix = {"workers": "-alone", "adopted": "-adopted"}.get(mode, "")
    made = []
    for name, plugins in (("plain", others), ("ours", [*others, "mypy_deckrules"])):
        config = CACHE / f"{folder.name}-{name}{suffix}.ini"
        options = f"[mypy.plugins.deckrules]\nselect = {select}" if name == "ours" else ""
        config.write_text(CONFIG.format(plugins=", ".join(plugins), ours=options))
        made.append(Project(folder, config, CACHE / config.stem))
    plain, ours = made
    if mode == "adopted":
        ours.adopt()
    return plain, ours


def real(name: str, select: str) -> tuple[Project, Project]:
    """A published project with its own settings and dependencies, without the plugin and with it."""
    project = next(project for project in (*DEFAULT, *MORE) if project.name == name)
    workspace = Workspace(REAL)
    python = str(workspace.django_python(project))
    chosen = {"default": Plugin.DEFAULT, "all": Plugin.ALL}[select]
    plain, ours = (
        Project(
            workspace.sources(project),
            configuration(workspace, project, plugin, django=project.settings is not None),
            CACHE / f"{name}-{plugin.name.lower()}",
            project.packages,
            python,
        )
        for plugin in (Plugin.ABSENT, chosen)
    )
    return plain, ours


def measure(name: str, modules: int, pair: tuple[Project, Project], mode: str, pairs: int) -> Row:
    plain, ours = pair
    if mode in EDITS:
        return _row(name, modules, mode, *_edits(plain, ours, max(pairs, 10)))
    if mode == "warm":
        plain.warm()
        ours.warm()
    return _row(name, modules, mode, *_alternate(getattr(Project, mode), plain, ours, pairs))


def _alternate(
    run: Callable[[Project], Usage], plain: Project, ours: Project, pairs: int
) -> tuple[list[Usage], list[Usage]]:
    """Both runs in turns, with the first one changing, so that neither profits from the order."""
    results: dict[int, list[Usage]] = {0: [], 1: []}
    for number in range(pairs):
        for index in (0, 1) if number % 2 == 0 else (1, 0):
            results[index].append(run((plain, ours)[index]))
    return results[0], results[1]


def _edits(plain: Project, ours: Project, pairs: int) -> tuple[list[Usage], list[Usage]]:
    """One line changes; then each daemon checks it."""
    edited = sorted(plain.root.glob("*/services_1.py"))[0]
    source = edited.read_text()
    before: list[Usage] = []
    after: list[Usage] = []
    with ExitStack() as stack:
        stack.callback(edited.write_text, source)
        daemons = [(stack.enter_context(plain.daemon()), before), (stack.enter_context(ours.daemon()), after)]
        for number in range(pairs + 1):
            # Each time longer: the daemon sees no change within a second that leaves the size as it was.
            edited.write_text(source.replace('note: str = ""', f'note: str = "{"." * (number + 1)}"'))
            for daemon, usages in daemons if number % 2 else reversed(daemons):
                usages.append(daemon.recheck())
    return before[1:], after[1:]


def _row(name: str, modules: int, mode: str, plain: list[Usage], ours: list[Usage]) -> Row:
    ratios = [
        Usage(b.cpu / max(a.cpu, 0.01), b.wall / a.wall, b.memory / a.memory) for a, b in zip(plain, ours, strict=True)
    ]
    return Row(name, modules, mode, _median(plain), _median(ours), _median(ratios), len(ratios))


def _median(usages: list[Usage]) -> Usage:
    return Usage(*(statistics.median(getattr(usage, name) for usage in usages) for name in ("cpu", "wall", "memory")))


def _rows(arguments: argparse.Namespace) -> Iterator[Row]:
    for modules in arguments.modules:
        for mode in (mode for mode in MODES if mode in arguments.modes):
            pair = generated(modules, arguments.select, mode)
            yield measure("generated", modules, pair, mode, arguments.pairs)
    for name in arguments.real:
        pair = real(name, arguments.select)
        modules = sum(1 for target in pair[0].targets for _ in (pair[0].root / target).rglob("*.py"))
        for mode in (mode for mode in ("cold", "warm") if mode in arguments.modes):
            yield measure(name, modules, pair, mode, arguments.pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=int, nargs="*", default=[200, 1000, 5000], help="sizes of generated projects")
    parser.add_argument("--real", nargs="*", default=["edx-enterprise", "weblate"], help="published projects")
    parser.add_argument("--modes", nargs="*", choices=MODES, default=list(MODES))
    parser.add_argument("--pairs", type=int, default=3, help="how often each run is repeated with and without")
    parser.add_argument("--select", default="default", help="the rules that are on")
    arguments = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    print(HEADER, flush=True)
    for row in _rows(arguments):
        rows.append(row)
        print(row, flush=True)
    (CACHE / "results.json").write_text(json.dumps([asdict(row) for row in rows], indent=1))
    draw([asdict(row) for row in rows if row.project == "generated"], ROOT / "docs" / "performance.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
