"""Builds with mypy; a file that stops mypy is left out, and the rest built."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from mypy import build
from mypy.errors import CompileError
from mypy.fscache import FileSystemCache
from mypy.modulefinder import BuildSource
from mypy.options import Options as MypyOptions

Emit = Callable[..., None]
"""Writes an event: its kind and its values."""

TEXT_MESSAGE: Final = re.compile(
    r"(?P<file>.*?):(?:(?P<line>\d+):)?(?:(?P<column>\d+):)? error: (?P<message>.*?)(?:  \[(?P<code>[\w-]+)\])?"
)
"""A blocking error as mypy 1.19 writes it, whatever ``--output`` says."""

TWO_NAMES: Final = re.compile(r'Source file found twice under different module names: "(.+)" and "(.+)"')
MOST_TRIES: Final = 20


def build_all(
    sources: list[BuildSource], options: MypyOptions, fscache: FileSystemCache, emit: Emit
) -> build.BuildResult | None:
    """Build, and emit what mypy says; None where leaving out files does not help."""
    unchecked = {_path_of(source) for source in sources}

    def checked(file: str) -> None:
        if file in unchecked:
            unchecked.discard(file)
            emit("checked")

    for _ in range(MOST_TRIES):
        blockers: list[dict[str, Any]] = []
        try:
            result = build.build(
                sources, options, None, _listener(emit, checked, blockers), fscache, sys.stdout, sys.stderr
            )
        except CompileError as error:
            if any(blocker["code"] == "syntax" for blocker in blockers):
                known = {blocker["file"] for blocker in blockers}
                blockers += [other for other in _syntax_errors(sources, options, fscache) if other["file"] not in known]
            remaining = _without(blockers, error.module_with_blocker, sources, options, emit)
            if remaining is None:
                break
            sources = remaining
        else:
            if hasattr(result.manager.metastore, "close"):  # since mypy 2.0
                result.manager.metastore.close()
            return result
    return None


def checked_modules(result: build.BuildResult) -> dict[str, str]:
    """The names of the modules that were checked, by path."""
    simplify_path = result.manager.errors.simplify_path
    return {simplify_path(state.xpath): id for id, state in result.graph.items() if not state.ignore_all}


def _listener(
    emit: Emit, checked: Callable[[str], None], blockers: list[dict[str, Any]]
) -> Callable[[str | None, list[str], bool], None]:
    def flush_errors(file: str | None, messages: list[str], serious: bool) -> None:
        for message in messages:
            if file is not None and message.startswith("{"):
                emit("error", **json.loads(message))
            elif (blocker := _blocker(message)) is not None:
                blockers.append(blocker)
        if file is not None:
            checked(file)

    return flush_errors


def _blocker(message: str) -> dict[str, Any] | None:
    """The error that mypy stopped at; it comes without the file that it stands in."""
    if message.startswith("{"):
        values: dict[str, Any] = json.loads(message)
        return values if values["severity"] == "error" else None
    match = TEXT_MESSAGE.fullmatch(message)
    if match is None:
        return None
    return {**match.groupdict(), "line": int(match["line"] or -1), "column": int(match["column"] or 0) - 1}


def _syntax_errors(
    sources: Iterable[BuildSource], options: MypyOptions, fscache: FileSystemCache
) -> Iterator[dict[str, Any]]:
    """The files that Python cannot read; mypy stops at the first, and starting it again for each takes long."""
    if options.python_version > sys.version_info[:2]:
        return
    for source in sources:
        if source.path is None or not fscache.isfile(source.path):
            continue
        try:
            with warnings.catch_warnings(action="ignore"):
                ast.parse(fscache.read(source.path))
        except (SyntaxError, ValueError) as error:
            line, column = (error.lineno, error.offset) if isinstance(error, SyntaxError) else (1, 1)
            yield {
                "file": _path_of(source),
                "line": line or 1,
                "column": (column or 1) - 1,
                "message": f"Invalid syntax: {error.msg if isinstance(error, SyntaxError) else error}",
                "code": "syntax",
            }


def _without(
    blockers: Iterable[dict[str, Any]],
    module: str | None,
    sources: list[BuildSource],
    options: MypyOptions,
    emit: Emit,
) -> list[BuildSource] | None:
    """The sources without the files that stop mypy (in ``module``), None where leaving files out does not help.

    What cannot be parsed is not followed from imports either; a file with two names is checked under one of them.
    """
    names = {source.module for source in sources}
    skipped: set[str] = set()
    stopping: set[str] = set()
    for blocker in blockers:
        if match := TWO_NAMES.fullmatch(blocker["message"]):
            skipped.add(match[2] if match[1] in names else match[1])
        else:
            stopping.add(blocker["file"])
            emit("problem", **{key: blocker[key] for key in ("file", "line", "column", "message")})
    skipped |= {source.module for source in sources if _path_of(source) in stopping}
    if module is not None and stopping:
        skipped.add(module)
    if all(options.per_module_options.get(name, {}).get("follow_imports") == "skip" for name in skipped):
        return None
    for name in skipped:
        options.per_module_options[name] = {**options.per_module_options.get(name, {}), "follow_imports": "skip"}
    options._per_module_cache = None
    return [source for source in sources if _path_of(source) not in stopping]


def _path_of(source: BuildSource) -> str:
    """A source's path as mypy's errors have it."""
    return os.path.normpath(source.path or "")
