"""What mypy is to check and how: the project's own configuration, as far as ``deckrules check`` can keep to it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Final

from mypy.fscache import FileSystemCache
from mypy.main import process_options
from mypy.modulefinder import BuildSource
from mypy.options import Options as MypyOptions

from mypy_deckrules.cli.child.building import Emit
from mypy_deckrules.cli.child.django import why_it_cannot_start
from mypy_deckrules.cli.project import DJANGO_PLUGIN, PLUGIN, is_ours
from mypy_deckrules.cli.request import Request
from mypy_deckrules.config import ENVIRONMENT

BAD_PACKAGE: Final = re.compile(r"(.+?)(?: contains __init__\.pyi? but)? is not a valid Python package name")


class Refused(Exception):
    """mypy does not start; the message is the line that says why."""


def sources_and_options(
    request: Request, fscache: FileSystemCache, emit: Emit
) -> tuple[list[BuildSource], MypyOptions]:
    """What mypy is to check, and its options; emits which plugin is left out.

    Raises:
        Refused: mypy cannot start.
    """
    arguments = []
    if request.config_file is not None:
        arguments.append(f"--config-file={request.config_file}")
    if request.jobs is not None:
        arguments.append(f"--num-workers={request.jobs}")
    sources, options = _processed(arguments, request.paths, fscache)
    if not sources:
        sources, options = _processed(arguments, [os.curdir], fscache)
    if options.config_file is None:
        sources = _with_names_of_their_own(sources)
        # mypy loads no plugin without a configuration file; an empty one will do.
        options.config_file = request.plugin_config or os.devnull
        options.ignore_missing_imports = True
    _adjust(options, emit)
    return sources, options


def _processed(
    arguments: list[str], paths: Iterable[str], fscache: FileSystemCache
) -> tuple[list[BuildSource], MypyOptions]:
    """mypy's own reading of its configuration; folders that can be no package are left out."""
    said = StringIO()
    try:
        with redirect_stderr(said):
            sources, options = process_options(
                [*arguments, "--", *paths], stderr=said, require_targets=False, fscache=fscache
            )
    except SystemExit:
        lines = said.getvalue().strip().split("\n")
        reason = next((line for line in lines if "error: " in line), lines[-1])
        bad = BAD_PACKAGE.fullmatch(reason)
        if bad and not any(bad[1] in argument for argument in arguments):
            return _processed([*arguments, f"--exclude=(^|/){re.escape(bad[1])}/"], paths, fscache)
        raise Refused(reason) from None
    sys.stderr.write(said.getvalue())
    return sources, options


def _with_names_of_their_own(sources: list[BuildSource]) -> list[BuildSource]:
    """The sources; those that mypy takes for the module that another one is (scripts) are named by their paths."""
    named: dict[str, BuildSource] = {}
    for source in sources:
        if source.module in named and source.path is not None:
            module = ".".join(Path(source.path).with_suffix("").parts)
            source = BuildSource(source.path, module, None, os.getcwd())
        named.setdefault(source.module, source)
    return list(named.values())


def _adjust(options: MypyOptions, emit: Emit) -> None:
    """Make of the project's options those of ``deckrules check``."""
    before = options.select_options_affecting_cache()
    if reason := why_it_cannot_start(options):
        options.plugins = [plugin for plugin in options.plugins if plugin != DJANGO_PLUGIN]
        emit("left_out", plugin=DJANGO_PLUGIN, reason=reason)
    if not any(map(is_ours, options.plugins)):
        options.plugins = [*options.plugins, PLUGIN]
    sections = [section for section in options.per_module_options.values() if "check_untyped_defs" in section]
    changed = not all(section.pop("check_untyped_defs") for section in sections)
    options.check_untyped_defs = True
    options.output = "json"
    options.show_column_numbers = True
    options.show_absolute_path = False
    options.pretty = options.hide_error_codes = False
    # With many unresolved imports mypy holds back what comes after the two hundredth error.
    options.many_errors_threshold = -1
    options.warn_unused_configs = False
    options.junit_xml = None
    options.report_dirs = {}
    if getattr(options, "num_workers", 0):
        if not options.local_partial_types:
            raise Refused("mypy's workers (--jobs) need local_partial_types = true in its configuration")
        options.native_parser = True
    # Runs with other options would undo each other's cache.
    if os.environ.get(ENVIRONMENT):
        _move_cache(options, "deckrules-selected")
    elif changed or options.select_options_affecting_cache() != before:
        _move_cache(options, "deckrules")
    if options.cache_dir != os.devnull and not _can_be_written(options.cache_dir):
        print("deckrules: mypy's cache cannot be written here, so mypy starts anew each time", file=sys.stderr)
        options.cache_dir = os.devnull
        if getattr(options, "num_workers", 0):
            options.num_workers = 0  # they talk by files


def _move_cache(options: MypyOptions, folder: str) -> None:
    if options.cache_dir != os.devnull:
        options.cache_dir = str(Path(options.cache_dir) / folder)


def _can_be_written(folder: str) -> bool:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
