"""Runs mypy in this process over one of mypy's own test cases, as mypy's ``testcheck.py`` does."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mypy import build
from mypy.errors import CompileError
from mypy.main import process_options
from mypy.modulefinder import BuildSource
from mypy.options import Options

from tests.files import write
from tests.robustness.cases import Case

FLAGS: Final = "# flags{}: (.*)$"
MODULES: Final = r"# cmd{}: mypy -m ([\w. ]+)$"
CONFIG: Final = """
[mypy.plugins.deckrules]
select = all
service_modules = *
service_params = true
"""
CODE: Final = "(deck|task|http|transaction|race|query|service|design)-[a-z-]+"
OURS: Final = re.compile(rf'\[{CODE}\]$|note: Error code "{CODE}" not covered by "type: ignore')


@dataclass(frozen=True)
class Answer:
    """What mypy said about a case: the lines of each run, and the traceback of a crash."""

    lines: tuple[tuple[str, ...], ...]
    crash: str = ""

    def without_findings(self) -> Answer:
        """The answer without what the plugin reported of its own."""
        return Answer(tuple(tuple(line for line in run if not OURS.search(line)) for run in self.lines), self.crash)

    @property
    def findings(self) -> list[str]:
        return [line for run in self.lines for line in run if OURS.search(line)]


def check(case: Case, sources: Path, plugins: Sequence[str] = ()) -> Answer:
    """Run mypy over a case.

    Args:
        sources: mypy's source distribution, which holds the stubs that the cases are checked with.
        plugins: plugins that are loaded besides the case's own.
    """
    os.environ["MYPY_TEST_PREFIX"] = str(sources)
    # The case's own plugins are loaded afresh: cases share names.
    for name in [name for name in sys.modules if name.endswith("_plugin") and "." not in name]:
        del sys.modules[name]
    runs: list[tuple[str, ...]] = []
    with _folder(case), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            for number in range(1, case.runs + 1):
                for path, content in case.updates.get(number, {}).items():
                    _write(Path("tmp", path), content)
                runs.append(tuple(_run(case, number, sources, plugins)))
        except SystemExit as end:
            if end.code != 2 or "Traceback" in errors.getvalue():
                return Answer(tuple(runs), errors.getvalue())
            runs.append(tuple(errors.getvalue().splitlines()))
        except Exception:
            return Answer(tuple(runs), traceback.format_exc())
    return Answer(tuple(runs))


@contextlib.contextmanager
def _folder(case: Case) -> Iterator[None]:
    """A folder with the files of the case below ``tmp``, as the working directory."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for path, content in case.files.items():
            _write(Path("tmp", path), content)
        Path("tmp").mkdir(exist_ok=True)
        Path("main").write_text(case.program, encoding="utf-8")
        yield


def _write(path: Path, content: str | None) -> None:
    if content is None:
        path.unlink()
        return
    write(path, content)


def _run(case: Case, number: int, sources: Path, plugins: Sequence[str]) -> list[str]:
    options = _options(case, number, plugins)
    folder = str(sources / "test-data" / "unit" / "plugins")
    sys.path.insert(0, folder)
    try:
        return build.build(_sources(case, number), options, alt_lib_path="tmp").errors
    except CompileError as error:
        return error.messages
    finally:
        sys.path.remove(folder)


def _options(case: Case, number: int, plugins: Sequence[str]) -> Options:
    flags = _pragma(FLAGS, case, number)
    if flags:
        _, options = process_options([*flags.split(), "--no-site-packages"], require_targets=False)
    else:
        options = Options()
    config = Path(options.config_file or "deckrules.ini")
    if config.suffix != ".toml":
        text = config.read_text(encoding="utf-8") if config.exists() else ""
        config.write_text(text.removesuffix(CONFIG) + CONFIG, encoding="utf-8")
        options.config_file = str(config)
    options.plugins = [*plugins, *options.plugins]
    options.error_summary = False
    options.hide_error_codes = False
    options.pretty = False
    options.raise_exceptions = True
    options.use_builtins_fixtures = True
    options.show_column_numbers = True
    options.reveal_verbose_types = True
    options.allow_empty_bodies = "abstract" not in case.suite
    options.incremental = case.runs > 1 and options.incremental
    options.cache_dir = ".mypy_cache" if options.incremental else os.devnull
    options.num_workers = 0
    version = re.search(r"python3(\d+)\.test$", case.suite)
    if "--python-version" not in flags:
        options.python_version = (3, max(10, int(version[1]) if version else 0))
    return options


def _sources(case: Case, number: int) -> list[BuildSource]:
    modules = _pragma(MODULES, case, number)
    if not modules:
        return [BuildSource("main", "__main__", None if case.runs > 1 else case.program)]
    return [BuildSource(str(_path_of(module)), module, None) for module in modules.split()]


def _path_of(module: str) -> Path:
    stem = Path("tmp", *module.split("."))
    candidates = [stem.with_suffix(".pyi"), stem.with_suffix(".py"), stem / "__init__.pyi", stem / "__init__.py"]
    return next(path for path in candidates if path.exists())


def _pragma(pattern: str, case: Case, number: int) -> str:
    """What a comment of the program asks for: for this run, or else for all."""
    for run in (str(number) if number > 1 else "", ""):
        match = re.search(pattern.format(run), case.program, flags=re.MULTILINE)
        if match:
            return match[1]
    return ""
