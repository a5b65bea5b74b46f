"""The child process in which mypy runs: ``python -P -m mypy_deckrules.cli.child REQUEST``.

In: a ``Request`` as JSON, its only argument. Out: one JSON object a line on standard output, each with a ``kind``:
``total`` (how many files are to be checked), ``checked`` (a file is done), ``error`` (one of mypy's errors, as mypy's
own ``--output=json`` has it), ``done``, or ``failed`` with the line that says why nothing was checked. What mypy and
other plugins print goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, Final

from mypy import build
from mypy.defaults import RECURSION_LIMIT
from mypy.errors import CompileError
from mypy.find_sources import InvalidSourceList, create_source_list
from mypy.fscache import FileSystemCache
from mypy.main import process_options
from mypy.modulefinder import BuildSource
from mypy.options import Options as MypyOptions
from mypy.util import hard_exit

from mypy_deckrules.cli.request import Request

PLUGIN: Final = "mypy_deckrules"

Emit = Callable[..., None]


def main() -> None:
    """Run mypy as the request says."""
    sys.setrecursionlimit(RECURSION_LIMIT)
    emit = _take_stdout()
    _check(Request(**json.loads(sys.argv[1])), emit)
    # As mypy itself does: freeing a large build takes seconds.
    hard_exit(0)


def _take_stdout() -> Emit:
    """Keep standard output for the protocol; what anything else prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def emit(kind: str, **values: Any) -> None:
        print(json.dumps({"kind": kind, **values}), file=out, flush=True)

    return emit


def _check(request: Request, emit: Emit) -> None:
    fscache = FileSystemCache()
    try:
        sources, options = _sources_and_options(request, fscache)
    except _Refused as error:
        emit("failed", reason=str(error))
        return
    emit("total", files=len(sources))

    def flush_errors(file: str | None, messages: list[str], serious: bool) -> None:
        for message in messages:
            if message.startswith("{"):
                # Only what stops the whole build comes without the file it stands in.
                emit("error", **json.loads(message), blocking=file is None)
        if file is not None:
            emit("checked", file=file)

    try:
        result = build.build(sources, options, None, flush_errors, fscache, sys.stdout, sys.stderr)
    except CompileError:
        emit("done", modules={})
        return
    simplify_path = result.manager.errors.simplify_path
    modules = {simplify_path(state.xpath): id for id, state in result.graph.items() if not state.ignore_all}
    result.manager.metastore.close()
    emit("done", modules=modules)


class _Refused(Exception):
    """mypy does not start; the message is the line that says why."""


def _sources_and_options(request: Request, fscache: FileSystemCache) -> tuple[list[BuildSource], MypyOptions]:
    arguments = [*request.paths]
    if request.config_file is not None:
        arguments.append(f"--config-file={request.config_file}")
    if request.jobs is not None:
        arguments.append(f"--num-workers={request.jobs}")
    with _refusals():
        sources, options = process_options(arguments, require_targets=False, fscache=fscache)
    _adjust(options, request)
    if not sources:
        try:
            sources = create_source_list([os.curdir], options, fscache)
        except InvalidSourceList as error:
            raise _Refused(str(error)) from None
    return sources, options


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn mypy's exit into ``_Refused``; its warnings go on to standard error."""
    said = StringIO()
    try:
        with redirect_stderr(said):
            yield
    except SystemExit:
        raise _Refused(said.getvalue().strip().rpartition("\n")[2]) from None
    sys.stderr.write(said.getvalue())


def _adjust(options: MypyOptions, request: Request) -> None:
    """Make of the project's options those of ``deckrules check``."""
    if options.config_file is None:
        # mypy loads no plugin without a configuration file; an empty one will do.
        options.config_file = request.plugin_config or os.devnull
        options.ignore_missing_imports = True
    if not any(plugin.partition(":")[0].partition(".")[0] == PLUGIN for plugin in options.plugins):
        options.plugins = [*options.plugins, PLUGIN]
    options.check_untyped_defs = True
    for section in options.per_module_options.values():
        section.pop("check_untyped_defs", None)
    options.output = "json"
    # With many unresolved imports mypy holds back what comes after the two hundredth error.
    options.many_errors_threshold = -1
    options.show_absolute_path = False
    options.warn_unused_configs = False
    options.junit_xml = None
    options.report_dirs = {}
    options.install_types = options.non_interactive = False
    if getattr(options, "num_workers", 0):
        options.native_parser = True
    if options.cache_dir != os.devnull:
        options.cache_dir = str(Path(options.cache_dir) / request.cache)


if __name__ == "__main__":
    main()
