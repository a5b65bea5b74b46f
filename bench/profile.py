"""Where the plugin's time goes: ``python -m bench.profile --modules 200``.

mypy is compiled and hardly seen by the profiler: what it does below one of our hooks counts as the hook's time.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import shutil
import sys
from contextlib import chdir, suppress

from mypy.main import main as run_mypy

from bench.__main__ import CACHE, ROOT, generated


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=int, default=200)
    parser.add_argument("--select", default="default")
    parser.add_argument("--warm", action="store_true", help="keep the cache of the last run")
    parser.add_argument("--sort", default="tottime", help="a sort key of pstats")
    parser.add_argument("--lines", type=int, default=40)
    arguments = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    _, project = generated(arguments.modules, arguments.select)
    cache = project.cache.with_name(f"{project.cache.name}-profile")
    if not arguments.warm:
        shutil.rmtree(cache, ignore_errors=True)
    sys.path.insert(0, str(ROOT))
    profile = cProfile.Profile()
    with chdir(project.root), suppress(SystemExit), open(os.devnull, "w") as silence:
        profile.enable()
        run_mypy(
            args=[f"--config-file={project.config}", f"--cache-dir={cache}"],
            stdout=silence,
            stderr=sys.stderr,
            clean_exit=True,
        )
    profile.disable()
    statistics = pstats.Stats(profile)
    statistics.sort_stats(arguments.sort).print_stats(arguments.lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
