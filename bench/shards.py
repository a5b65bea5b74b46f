"""Measure ways to share the work of checking one large project: ``python -m bench.shards --modules 200 1000``.

A generated project is checked in one run and in shards (some of its apps each): without a cache, and with a copy of
the cache of one run over the whole project, after which one module was edited, as jobs of CI do that restore one cache.
Each job is run alone, one after the other. All ways must report the same.

The Django plugin is left out: with django-stubs 6.1.2, mypy 2.4 ends in an internal error with workers, and with a
cache in a run over a part of the project, where a model has a manager that is made of a query set of another module.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bench.__main__ import CACHE
from bench.generate import CONFIG, generate
from bench.measure import Project, Usage, environment

HEADER: Final = (
    "| modules | run | jobs | CPU s, all | CPU s, largest | wall s, largest | peak MiB | CPU, all, of one cold run |\n"
    "|---:|---|---:|---:|---:|---:|---:|---:|"
)


def shards(whole: Project, number: int) -> list[Project]:
    """The project in ``number`` parts, each with its own cache."""
    apps = sorted(path.name for path in whole.root.iterdir() if (path / "__init__.py").exists())
    return [
        replace(whole, cache=whole.cache.with_name(f"{whole.cache.name}-{part}"), targets=tuple(apps[part::number]))
        for part in range(number)
    ]


def reported(project: Project) -> set[str]:
    """What mypy reports, with the cache that is there."""
    command = [project.python, "-P", "-m", "mypy", f"--config-file={project.config}", f"--cache-dir={project.cache}"]
    run = subprocess.run(
        [*command, *project.targets], cwd=project.root, env=environment(), capture_output=True, text=True, check=False
    )
    return {line for line in run.stdout.splitlines() if ": error:" in line}


def measure(modules: int, number: int) -> Iterator[tuple[str, list[Usage]]]:
    """Each way, with what its jobs took."""
    folder = CACHE / f"shards-{modules}"
    shutil.rmtree(folder, ignore_errors=True)
    generate(folder, modules)
    config = CACHE / f"{folder.name}.ini"
    config.write_text(CONFIG.format(plugins="mypy_deckrules", ours=""))
    whole = Project(folder, config, CACHE / f"{folder.name}-whole")
    parts = shards(whole, number)

    yield "no cache, `-n 2`", [whole.workers()]
    yield "no cache", [whole.cold()]
    yield "no cache", [part.cold() for part in parts]
    shared = whole.cache.with_name(f"{folder.name}-shared")
    for path in (shared, *(part.cache for part in parts)):
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(whole.cache, path)
    edited = sorted(folder.glob("*/services_1.py"))[0]
    edited.write_text(edited.read_text() + "\n\nEDITED = True\n")
    yield "shared cache, one edited module", [whole.warm()]
    yield "shared cache, one edited module", [part.warm() for part in parts]

    cold = replace(whole, cache=shared)
    shutil.rmtree(shared)
    expected = reported(cold)
    for jobs in ([whole], parts):
        if set().union(*map(reported, jobs)) != expected:
            raise SystemExit("the ways do not report the same")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=int, nargs="*", default=[200, 1000], help="sizes of generated projects")
    parser.add_argument("--shards", type=int, default=4)
    arguments = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    print(HEADER, flush=True)
    for modules in arguments.modules:
        rows = list(measure(modules, arguments.shards))
        base = next(usages[0].cpu for way, usages in rows if way == "no cache")
        for way, usages in rows:
            total = sum(usage.cpu for usage in usages)
            largest = max(usages, key=lambda usage: usage.cpu)
            peak = max(usage.memory for usage in usages)
            cells = [
                str(modules), way, str(len(usages)),
                f"{total:.1f}", f"{largest.cpu:.1f}", f"{largest.wall:.1f}", f"{peak:.0f}", f"{total / base:.2f}",
            ]  # fmt: skip
            print(f"| {' | '.join(cells)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
