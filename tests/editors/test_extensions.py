"""mypy and dmypy with the options that editors' extensions pass, over an edited file.

The options are from the sources of the extensions: `bundled/tool/lsp_server.py` of microsoft/vscode-mypy (see also
python/mypy#18025), `MypyArgs.kt` of szabope/mypy-pycharm-plugin, `MypyRunner.java` of leinardi/mypy-pycharm, and
`diagnostics/mypy.lua` of nvimtools/none-ls.nvim. `{file}` is the file that is open, `{buffer}` a copy of what is in the
editor, `{status}` the daemon's status file.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .project import BAD, GOOD, IN_BAD, IN_SENT, SENT, environment, write_project

VS_CODE = (
    "--no-color-output --no-error-summary --show-absolute-path --show-column-numbers --show-error-codes --no-pretty "
    "--show-error-end --python-executable {python} {file}"
)
SAVED = {
    "vs-code": f"mypy {VS_CODE}",
    "vs-code-daemon": f"dmypy --status-file {{status}} run -- {VS_CODE}",
    "pycharm-leinardi": "mypy --show-column-numbers --follow-imports silent {file}",
}
BUFFERS = {
    "pycharm-szabope": "mypy --show-column-numbers --show-absolute-path --output json --follow-imports silent "
    r"--exclude \\.pyi\$ --shadow-file {file} {buffer} {file}",
    "neovim-none-ls": "mypy --hide-error-codes --hide-error-context --no-color-output --show-absolute-path "
    "--show-column-numbers --show-error-codes --no-error-summary --no-pretty --shadow-file {file} {buffer} {file}",
}
TEXT = re.compile(r".*tasks\.py:(?P<line>\d+):(?P<column>\d+):(?:\d+:\d+:)? error: .*  \[(?P<code>[a-z-]+)\]")

Place = tuple[str, int, int]


def places(output: str) -> list[Place]:
    """Code, line and column of each error."""
    found = []
    for line in output.splitlines():
        if line.startswith("{"):
            error = json.loads(line)
            found.append((error["code"], error["line"], error["column"] + 1))
        elif match := TEXT.fullmatch(line):
            found.append((match["code"], int(match["line"]), int(match["column"])))
    return sorted(found)


EXPECTED = {
    text: [(shown.code, shown.line, shown.column) for shown in expected]
    for text, expected in ((BAD, IN_BAD), (GOOD, []), (SENT, IN_SENT))
}


class Extension:
    """An editor's extension that runs a command for the file that is open."""

    def __init__(self, folder: Path, command: str) -> None:
        self._command = command
        self.file = write_project(folder)
        self.buffer = folder / "buffer.py"
        self._status = folder / "dmypy.json"

    def check(self) -> list[Place]:
        run = self._run(self._command)
        assert run.returncode in (0, 1), run.stdout + run.stderr
        return places(run.stdout)

    def stop(self) -> None:
        if self._status.exists():
            self._run("dmypy --status-file {status} stop")

    def _run(self, command: str) -> subprocess.CompletedProcess[str]:
        filled = command.format(file=self.file, buffer=self.buffer, status=self._status, python=sys.executable)
        program, *arguments = shlex.split(filled)
        return subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=self.file.parents[1],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def extension(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Extension]:
    started = Extension(tmp_path, request.param)
    yield started
    started.stop()


@pytest.mark.parametrize("extension", SAVED.values(), ids=SAVED, indirect=True)
def test_extensions_that_check_saved_files(extension: Extension) -> None:
    for text in (BAD, SENT, GOOD):
        extension.file.write_text(text)
        assert extension.check() == EXPECTED[text]


@pytest.mark.parametrize("extension", BUFFERS.values(), ids=BUFFERS, indirect=True)
def test_extensions_that_check_what_is_typed(extension: Extension) -> None:
    for text in (SENT, GOOD):
        extension.buffer.write_text(text)
        assert extension.check() == EXPECTED[text]
