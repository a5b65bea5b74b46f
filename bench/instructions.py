"""Instructions of a cold and a warm run, counted by valgrind: ``python -m bench.instructions --modules 200``.

They take fifty times as long as the runs themselves, and are the same on a busy machine.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass

from bench.__main__ import generated, real
from bench.measure import Project, environment


@dataclass(frozen=True)
class Counted:
    """What two projects took, the same one without the plugin and with it: billions of instructions."""

    name: str
    mode: str
    plain: float
    ours: float

    def __str__(self) -> str:
        return f"| {self.name} | {self.mode} | {self.plain:.2f} | {self.ours:.2f} | {self.ours / self.plain:.3f} |"


def count(project: Project, mode: str) -> float:
    """Billions of instructions of one run, cold or warm."""
    if mode == "cold":
        project.forget()
    else:
        project.warm()
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *project.command()]
    run = subprocess.run(command, cwd=project.root, env=environment(), capture_output=True, text=True, check=False)
    collected = re.search(r"Collected : (\d+)", run.stderr)
    if collected is None:
        raise SystemExit(run.stderr)
    return int(collected[1]) / 1e9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=int, nargs="*", default=[200], help="sizes of generated projects")
    parser.add_argument("--real", nargs="*", default=[], help="published projects")
    parser.add_argument("--select", default="default", help="the rules that are on")
    arguments = parser.parse_args()
    pairs = [(f"generated, {size}", generated(size, arguments.select)) for size in arguments.modules]
    pairs += [(name, real(name, arguments.select)) for name in arguments.real]
    print("| project | run | without | with | ratio |\n|---|---|---:|---:|---:|", flush=True)
    for name, (plain, ours) in pairs:
        for mode in ("cold", "warm"):
            print(Counted(name, mode, count(plain, mode), count(ours, mode)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
