"""Mutated programs: ``python -m tests.robustness.fuzz --minutes 20``.

The marked programs and the examples are mutated, several together, so that they import each other; then mypy checks
them in the midst of their project with every rule on. It must neither crash nor say anything else about them than
without the plugin. Hypothesis makes the choices; ``--shrink`` has it make a failing example small, which takes long.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from random import Random
from typing import Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from mypy import build
from mypy.errors import CompileError
from mypy.modulefinder import BuildSource
from mypy.options import Options

from tests.robustness.checking import OURS
from tests.robustness.mutations import mutate

ROOT: Final = Path(__file__).parents[2]
PROJECTS: Final = (ROOT / "tests" / "bulk" / "project", ROOT / "examples" / "shop")
CONFIG: Final = """
[mypy.plugins.django-stubs]
django_settings_module = shop.settings
[mypy.plugins.deckrules]
select = all
restore_task_types = {restore}
service_modules = *
"""
MUTANT: Final = "mutant_"
"""What the names of the mutants' files begin with."""
DJANGO: Final = "mypy_django_plugin.main"
OURS_ALONE: Final = ("mypy_deckrules",)
OURS_FIRST: Final = ("mypy_deckrules", DJANGO)
OURS_LAST: Final = (DJANGO, "mypy_deckrules")


@dataclass
class Ground:
    """A copy of a project in which mutants are checked; the unchanged modules stay in mypy's cache."""

    folder: Path
    programs: list[Path] = field(init=False)

    def __post_init__(self) -> None:
        files = (path.relative_to(self.folder) for path in self.folder.rglob("*.py") if path.stat().st_size > 0)
        self.programs = sorted(path for path in files if path.stem.isidentifier() and not path.name.startswith(MUTANT))

    @contextmanager
    def mutants(self, random: Random) -> Iterator[dict[str, Path]]:
        """Mutants beside the programs that they are made of: their paths by their modules' names."""
        chosen = [random.choice(self.programs) for _ in range(random.randint(2, 8))]
        paths = [program.with_name(f"{MUTANT}{number}.py") for number, program in enumerate(chosen)]
        mutants = {".".join(path.with_suffix("").parts): path for path in paths}
        try:
            for program, (module, path) in zip(chosen, mutants.items(), strict=True):
                neighbours = [module, *mutants, ".".join(program.with_suffix("").parts)]
                text = mutate((self.folder / program).read_text(), neighbours, random)
                (self.folder / path).write_text(text)
            yield mutants
        finally:
            for path in paths:
                (self.folder / path).unlink(missing_ok=True)

    def check(self, mutants: dict[str, Path], plugins: Sequence[str], *, restore: bool) -> tuple[list[str], bool]:
        """What mypy says about the mutants, and whether it came to the end; a crash is raised.

        What mypy itself says of others is left out: where a mutant sends a task by its name, the task's module is in
        the build too.
        """
        config = self.folder / "fuzz.ini"
        config.write_text(CONFIG.format(restore=restore))
        options = Options()
        options.config_file = str(config)
        options.plugins = list(plugins)
        options.python_version = (3, 13)
        options.explicit_package_bases = options.namespace_packages = True
        options.local_partial_types = True
        options.raise_exceptions = options.show_column_numbers = True
        options.incremental = True
        # A cache is of no use to a run with other plugins or options of theirs.
        options.cache_dir = str(self.folder / "caches" / f"{'-'.join(plugins)}-{restore}")
        sources = [BuildSource(str(path), module, None) for module, path in mutants.items()]
        with chdir(self.folder):
            try:
                lines, ended = build.build(sources, options).errors, True
            except CompileError as error:
                lines, ended = error.messages, False
        theirs = tuple(map(str, mutants.values()))
        return [line for line in lines if line.startswith(theirs) or "[deck-internal]" in line], ended


@dataclass
class Fuzzer:
    """Makes examples and judges them; counts what it did."""

    ground: Ground
    examples: int = 0
    programs: int = 0
    findings: int = 0
    spoilt: int = 0

    def try_one(self, random: Random) -> None:
        plugins = random.choice((OURS_ALONE, OURS_FIRST, OURS_LAST))
        restore = plugins is not OURS_FIRST  # without it the rest of mypy's messages must be the same
        others = [plugin for plugin in plugins if plugin == DJANGO]
        with self.ground.mutants(random) as mutants:
            self.examples += 1
            self.programs += len(mutants)
            lines, ended = self._checked(mutants, plugins, others, restore=restore)
            self.findings += sum(1 for line in lines if OURS.search(line))
            internal = [line for line in lines if "[deck-internal]" in line]
            assert not internal, self._shown(mutants, internal)
            # An error that stops mypy stops it at the first module that it comes to.
            if ended and not restore:
                plain, _ = self._checked(mutants, others, others, restore=restore)
                mypys = [line for line in lines if not OURS.search(line)]
                assert sorted(mypys) == sorted(plain), self._shown(mutants, list(unified_diff(plain, mypys, n=0)))

    def _checked(
        self, mutants: dict[str, Path], plugins: Sequence[str], others: Sequence[str], *, restore: bool
    ) -> tuple[list[str], bool]:
        try:
            return self.ground.check(mutants, plugins, restore=restore)
        except Exception:
            report = traceback.format_exc()
        try:
            self.ground.check(mutants, others, restore=restore)
        except Exception:  # mypy, or another plugin, crashes without ours too
            self.spoilt += 1
            return [], False
        raise AssertionError(self._shown(mutants, [report]))

    def _shown(self, mutants: dict[str, Path], lines: list[str]) -> str:
        programs = [f"# --- {path}\n{(self.ground.folder / path).read_text()}" for path in mutants.values()]
        return "\n".join([*programs, "# --- says", *lines])


def run(project: Path, seconds: float, first_seed: int, examples: int, *, shrink: bool) -> int:
    """Try examples until the time is over.

    Args:
        project: the project whose programs are mutated.
        first_seed: each seed stands for ``examples`` examples; the next seeds follow.

    Returns:
        How many of the seeds failed.
    """
    end, failures, number = time.monotonic() + seconds, 0, first_seed
    runs = programs = findings = spoilt = 0
    # A process each: what mypy keeps grows with every run, and the Django plugin imports the settings, which are
    # shop.settings in all projects.
    processes = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1)
    with tempfile.TemporaryDirectory() as folder, processes:
        copy = Path(folder, "project")
        shutil.copytree(project, copy)
        while number == first_seed or time.monotonic() < end:
            fuzzer, failure = processes.submit(try_seed, copy, number, examples, shrink=shrink).result()
            runs, programs = runs + fuzzer.examples, programs + fuzzer.programs
            findings, spoilt = findings + fuzzer.findings, spoilt + fuzzer.spoilt
            if failure:
                failures += 1
                print(f"# seed {number}\n{failure}", flush=True)
            number += 1
    print(
        f"{project.relative_to(ROOT)}: seeds {first_seed} to {number - 1}, {runs} runs over {programs} mutants, "
        f"{findings} findings, {spoilt} runs ended by a crash of mypy's own, {failures} failing seeds",
        flush=True,
    )
    return failures


def try_seed(folder: Path, number: int, examples: int, *, shrink: bool) -> tuple[Fuzzer, str]:
    """Try the examples that a seed stands for: what was done, and what failed."""
    fuzzer = Fuzzer(Ground(folder))

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
    )
    @given(st.randoms(use_true_random=False))
    def property_holds(random: Random) -> None:
        fuzzer.try_one(random)

    try:
        property_holds()
    except AssertionError as failure:
        return fuzzer, str(failure)
    return fuzzer, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument(
        "--seed", type=int, default=1, help="the first seed; the next ones follow until the time is over"
    )
    parser.add_argument("--examples", type=int, default=50, help="mypy runs for each seed")
    parser.add_argument("--shrink", action="store_true", help="make a failing example small")
    arguments = parser.parse_args()
    seconds = arguments.minutes * 60 / len(PROJECTS)
    failures = sum(
        run(project, seconds, arguments.seed, arguments.examples, shrink=arguments.shrink) for project in PROJECTS
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
