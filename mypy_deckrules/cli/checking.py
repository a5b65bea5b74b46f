"""Runs mypy in a child process and gathers what it says of this project's codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Protocol

from mypy_deckrules.cli.request import Request
from mypy_deckrules.cli.results import CannotRun, Finding, Problem, Results
from mypy_deckrules.codes import ERROR_CODES, INTERNAL
from mypy_deckrules.config import ENVIRONMENT

CODES: Final = frozenset((*ERROR_CODES, INTERNAL.code))


class Progress(Protocol):
    """Told how far mypy is."""

    def started(self, files: int) -> None:
        """So many files are to be checked."""

    def checked(self) -> None:
        """One more of them is done."""


def check(request: Request, options: Mapping[str, Any], progress: Progress | None = None) -> Results:
    """Run mypy and return what it finds.

    Args:
        request: what to check.
        options: values that replace the plugin's options of the same name, as a TOML table would hold them.
        progress: told how far mypy is.
    Raises:
        CannotRun: mypy could not start or did not end.
    """
    gathered = _Gathered(progress)
    environment = {**os.environ, **({ENVIRONMENT: json.dumps(options)} if options else {})}
    command = [sys.executable, "-P", "-m", "mypy_deckrules.cli.child", request.as_json()]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment,
            encoding="utf-8",
            start_new_session=True,
        ) as child:
            assert child.stdout is not None
            try:
                for line in child.stdout:
                    gathered.take(json.loads(line))
            except BaseException:
                _kill(child)
                raise
        said.seek(0)
        if not gathered.ended:
            raise CannotRun(_last_words(child.returncode, said.read()))
        sys.stderr.write(said.read())
    return gathered.results(is_whole=not request.paths)


class _Gathered:
    """The events of a run, put together."""

    def __init__(self, progress: Progress | None) -> None:
        self.ended = False
        self._progress = progress
        self._errors: list[dict[str, Any]] = []
        self._problems: dict[str, Problem] = {}
        self._left_out: dict[str, str] = {}
        self._modules: dict[str, str] = {}
        self._running: dict[str, int] = {}
        self._unseen: dict[str, int] = {}
        self._diagnosis: dict[str, Any] = {}

    def take(self, event: dict[str, Any]) -> None:
        match event:
            case {"kind": "failed", "reason": reason}:
                raise CannotRun(reason)
            case {"kind": "total", "files": files} if self._progress:
                self._progress.started(files)
            case {"kind": "checked"} if self._progress:
                self._progress.checked()
            case {"kind": "error", "code": code} if code in CODES:
                self._errors.append(event)
            case {"kind": "problem"}:
                line, column = max(event["line"], 1), max(event["column"] + 1, 1)
                # Of several errors in a file that cannot be parsed, all but the first tend to be consequences.
                self._problems.setdefault(event["file"], Problem(event["file"], line, column, event["message"]))
            case {"kind": "left_out", "plugin": plugin, "reason": reason}:
                self._left_out[plugin] = reason
            case {"kind": "done"}:
                self.ended = True
                self._modules, self._running, self._unseen = event["modules"], event["running"], event["unseen"]
                self._diagnosis = event["diagnosis"]

    def results(self, *, is_whole: bool) -> Results:
        findings = {self._finding(error) for error in self._errors}
        return Results(
            findings=tuple(sorted(findings)),
            problems=tuple(sorted(self._problems.values())),
            modules=self._modules,
            running=self._running,
            unseen=self._unseen,
            is_complete=is_whole and not self._problems,
            left_out=self._left_out,
            diagnosis=self._diagnosis,
        )

    def _finding(self, error: Mapping[str, Any]) -> Finding:
        line, column = max(error["line"], 1), max(error["column"] + 1, 1)
        return Finding(
            path=error["file"],
            line=line,
            column=column,
            # mypy 1.19 does not say where an error ends.
            end_line=max(error.get("end_line", line), line),
            end_column=max(error.get("end_column", column), 1),
            code=error["code"],
            message=error["message"],
            module=self._modules.get(error["file"], ""),
        )


def _kill(child: subprocess.Popen[str]) -> None:
    """End mypy and its workers."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def _last_words(code: int, said: str) -> str:
    """One line that says why mypy did not end as it should."""
    if code < 0:
        return f"mypy was killed ({signal.Signals(-code).name})"
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    if any("INTERNAL ERROR" in line for line in lines):
        return "mypy crashed (INTERNAL ERROR); mypy --show-traceback tells more"
    tracebacks = [number for number, line in enumerate(lines) if line.startswith("Traceback")]
    if tracebacks:
        # What mypy has printed besides may stand before the traceback or after it.
        error = next((line for line in lines[tracebacks[-1] + 1 :] if not line.startswith(" ")), lines[-1])
        return f"mypy or one of its plugins failed: {error}"
    return lines[-1].strip() if lines else f"mypy ended with exit code {code}"
