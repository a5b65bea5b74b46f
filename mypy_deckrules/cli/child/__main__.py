"""The process itself: reads the request, writes the events."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from mypy.fscache import FileSystemCache
from mypy.options import Options as MypyOptions
from mypy.util import hard_exit

from mypy_deckrules.cli.child.building import Emit, build_all, checked_modules
from mypy_deckrules.cli.child.diagnosis import diagnosis
from mypy_deckrules.cli.child.options import Refused, sources_and_options
from mypy_deckrules.cli.child.unseen import unseen_functions
from mypy_deckrules.cli.request import Request
from mypy_deckrules.config import load_options
from mypy_deckrules.gate import Gate

RECURSION_LIMIT: Final = 2**14
"""That of mypy's own ``main``."""


def main() -> None:
    """Run mypy as the request says."""
    sys.setrecursionlimit(RECURSION_LIMIT)
    emit = _take_stdout()
    _check(Request.from_json(sys.argv[1]), emit)
    # As mypy itself does: freeing a large build takes seconds.
    hard_exit(0)


def _take_stdout() -> Emit:
    """Keep standard output for the events; what anything else prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def emit(kind: str, **values: Any) -> None:
        print(json.dumps({"kind": kind, **values}), file=out, flush=True)

    return emit


def _check(request: Request, emit: Emit) -> None:
    fscache = FileSystemCache()
    try:
        sources, options = sources_and_options(request, fscache, emit)
    except Refused as error:
        emit("failed", reason=str(error))
        return
    emit("total", files=len(sources))
    result = build_all(sources, options, fscache, emit)
    modules = checked_modules(result) if result else {}
    emit(
        "done",
        modules=modules,
        running=_running(modules.values(), options),
        unseen=unseen_functions(sources, options, fscache),
        diagnosis=diagnosis(result) if result and request.diagnose else {},
    )


def _running(modules: Iterable[str], options: MypyOptions) -> dict[str, int]:
    """In how many of the modules each code runs, comments in them aside."""
    gate = Gate(load_options(options.config_file))
    return Counter(code for module in modules for code in gate.codes(module, options.clone_for_module(module)))


if __name__ == "__main__":
    main()
