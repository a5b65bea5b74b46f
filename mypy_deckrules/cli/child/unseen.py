"""Counts the functions that mypy was told not to look into."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from typing import Final

from mypy.fscache import FileSystemCache
from mypy.modulefinder import BuildSource
from mypy.options import Options as MypyOptions

Function = ast.FunctionDef | ast.AsyncFunctionDef

SWITCH: Final = re.compile(rb"no_type_check|^# mypy:|^# type: *ignore", re.MULTILINE)
"""What a file must hold for any of its functions to be skipped by its own words."""
IGNORED: Final = re.compile(r"^# mypy:.*\bignore[-_]errors\b(?!\s*=\s*false)", re.MULTILINE | re.IGNORECASE)
IGNORED_AT_THE_TOP: Final = re.compile(r"\A(?:\s*(?:#.*)?\n)*# type: *ignore\s*(?:#.*)?$", re.MULTILINE)
UNTYPED_OFF: Final = re.compile(
    r"^# mypy:.*(?:\bno[-_]check[-_]untyped[-_]defs\b|\bcheck[-_]untyped[-_]defs\s*=\s*false)",
    re.MULTILINE | re.IGNORECASE,
)


def unseen_functions(sources: Iterable[BuildSource], options: MypyOptions, fscache: FileSystemCache) -> dict[str, int]:
    """How many functions of the sources mypy did not check, or checked without saying so, by what told it to."""
    counts: Counter[str] = Counter()
    for source in sources:
        if source.path is not None and fscache.isfile(source.path):
            ignored = options.clone_for_module(source.module).ignore_errors
            counts += _in_file(fscache.read(source.path), ignored)
    return dict(sorted(counts.items()))


def _in_file(data: bytes, ignored: bool) -> Counter[str]:
    if not ignored and not SWITCH.search(data):
        return Counter()
    text = data.decode(errors="replace")
    try:
        with warnings.catch_warnings(action="ignore"):
            functions = [node for node in ast.walk(ast.parse(data)) if isinstance(node, Function)]
    except (SyntaxError, ValueError):
        return Counter()
    if ignored or IGNORED.search(text) or IGNORED_AT_THE_TOP.search(text):
        return Counter({"ignore_errors": len(functions)})
    unseen = Counter({"no_type_check": sum(map(_is_marked, functions))})
    if UNTYPED_OFF.search(text):
        unseen["check_untyped_defs"] = sum(not _is_annotated(node) and not _is_marked(node) for node in functions)
    return unseen


def _is_marked(function: Function) -> bool:
    """Whether the function is under ``@no_type_check``."""
    return any(ast.unparse(item).rpartition(".")[2] == "no_type_check" for item in function.decorator_list)


def _is_annotated(function: Function) -> bool:
    given = function.args
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return function.returns is not None or any(item is not None and item.annotation for item in parameters)
