"""Run mypy, with the plugin and without it, over mypy's own test cases: ``python -m tests.robustness``."""

from __future__ import annotations

import argparse
import difflib
import multiprocessing
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.robustness.cases import mypy_cases, mypy_sources
from tests.robustness.checking import check

UNREACHABLE = 3
"""The exit status when mypy's source distribution cannot be fetched."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pattern", nargs="?", default="check-*.test", help="the files of mypy's test data to take")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth case")
    parser.add_argument("--case", help="only the case of this name, with what mypy says about it")
    arguments = parser.parse_args()
    try:
        sources = mypy_sources()
    except subprocess.CalledProcessError as error:
        print(f"mypy's source distribution cannot be fetched: {error.stderr}", file=sys.stderr)
        return UNREACHABLE

    cases = mypy_cases(sources, arguments.pattern)[:: arguments.every]
    cases = [case for case in cases if arguments.case in (None, case.name)]
    start = time.monotonic()
    failures = findings = runs = 0
    processes = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, processes) as plain, ProcessPoolExecutor(1, processes) as ours:
        before = plain.map(partial(check, sources=sources), cases)
        after = ours.map(partial(check, sources=sources, plugins=("mypy_deckrules",)), cases)
        for case, expected, answer in zip(cases, before, after, strict=True):
            runs += case.runs
            findings += len(answer.findings)
            internal = [line for line in answer.findings if "[deck-internal]" in line]
            if answer.without_findings() != expected or internal:
                failures += 1
                shown = [*internal, *_difference(expected.lines, answer.lines), answer.crash]
                print(f"FAILED {case}", *shown, sep="\n  ", flush=True)
            elif arguments.case:
                print(*(line for run in answer.lines for line in run), answer.crash, sep="\n")
    seconds = time.monotonic() - start
    print(
        f"{len(cases)} cases, {runs} runs with the plugin and as many without, {findings} findings of ours, "
        f"{failures} failures, {seconds:.0f} s"
    )
    return 1 if failures else 0


def _difference(before: tuple[tuple[str, ...], ...], after: tuple[tuple[str, ...], ...]) -> list[str]:
    lines = difflib.unified_diff(sum(before, ()), sum(after, ()), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


if __name__ == "__main__":
    sys.exit(main())
