"""Run mypy, with the plugin and without it, over all of mypy's own test cases: ``python -m tests.robustness``."""

from __future__ import annotations

import argparse
import difflib
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.robustness.cases import mypy_cases, mypy_sources
from tests.robustness.checking import check


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pattern", nargs="?", default="check-*.test", help="the files of mypy's test data to take")
    parser.add_argument("--case", help="only the case of this name, with what mypy says about it")
    arguments = parser.parse_args()

    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a long run shows what it finds
    sources = mypy_sources()
    cases = [case for case in mypy_cases(sources, arguments.pattern) if arguments.case in (None, case.name)]
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
                print(f"FAILED {case}", *internal, *_difference(expected.lines, answer.lines), answer.crash, sep="\n  ")
            elif arguments.case:
                print(*(line for run in answer.lines for line in run), answer.crash, sep="\n")
    seconds = time.monotonic() - start
    print(
        f"{len(cases)} cases, {runs} runs with the plugin and as many without, {findings} findings of ours, "
        f"{failures} failures, {seconds:.0f} s"
    )
    return 1 if failures else 0


def _difference(before: tuple[tuple[str, ...], ...], after: tuple[tuple[str, ...], ...]) -> list[str]:
    lines = difflib.unified_diff([*map(str, sum(before, ()))], [*map(str, sum(after, ()))], lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


if __name__ == "__main__":
    sys.exit(main())
