"""What a project has written, read from its syntax alone: lines, Celery tasks and the calls that dispatch them.

This is the yardstick for what the type checker sees, so it must not share its blindness: nothing is resolved, a task is
what looks like one to a reader of the file.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

TASK_DECORATOR: Final = re.compile(r"(^|_)task(_with_\w+)?$")
SENDING: Final = frozenset({"delay", "apply_async", "delay_on_commit", "apply_async_on_commit", "send_task"})
OF_A_TASK: Final = frozenset({"s", "si", "signature", "subtask", "chunks", "map", "starmap"})
OF_A_MOCK: Final = re.compile(r"(called|call_(args|count)(_list)?|mock_calls|assert_\w+|return_value|side_effect)$")
CANVAS: Final = frozenset({"chain", "group", "chord"})


class Span(NamedTuple):
    """Where an expression stands, as both ``ast`` and mypy count it."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A call that dispatches: ``method`` is its name (``group()()`` for a called canvas), ``source`` its first line."""

    path: Path
    span: Span
    method: str
    source: str


@dataclass(slots=True)
class Survey:
    """What was found in some files. ``tasks`` counts definitions by the decorator or call that makes them."""

    files: int = 0
    lines: int = 0
    tasks: Counter[str] = field(default_factory=Counter)
    dispatches: list[Dispatch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Source:
    path: Path
    text: str
    tree: ast.Module

    @property
    def uses_celery(self) -> bool:
        return "celery" in self.text.lower()


def survey(paths: Iterable[Path]) -> Survey:
    """Read the Python files at ``paths``; one that does not parse counts its lines only."""
    result = Survey()
    sources = []
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        result.files += 1
        result.lines += text.count("\n")
        try:
            sources.append(_Source(path, text, ast.parse(text)))
        except SyntaxError:
            continue
    names = set()
    for source in sources:
        for name, maker in _tasks(source):
            names.add(name)
            result.tasks[maker] += 1
    for source in sources:
        result.dispatches.extend(_dispatches(source, names))
    return result


def python_files(root: Path, packages: Iterable[str]) -> list[Path]:
    """Every Python file below the folders ``packages`` of ``root``, sorted."""
    return sorted(path for package in packages for path in (root / package).rglob("*.py"))


def _tasks(source: _Source) -> Iterator[tuple[str, str]]:
    """Name and maker of each task that ``source`` defines."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                maker = decorator.func if isinstance(decorator, ast.Call) else decorator
                if TASK_DECORATOR.search(_last_name(maker)):
                    yield node.name, f"@{_dotted(maker)}"
                    break
        elif isinstance(node, ast.ClassDef) and source.uses_celery:
            if any(_last_name(base).endswith("Task") for base in node.bases) and _defines(node, "run"):
                yield node.name, "class"
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and source.uses_celery:
            maker = node.value.func
            if node.value.args and _last_name(maker) in {"task", "shared_task", "register_task"}:
                for target in node.targets:
                    yield _last_name(target), f"{_dotted(maker)}(...)"


def _dispatches(source: _Source, tasks: set[str]) -> Iterator[Dispatch]:
    mocked = _mocked(source.tree)
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and node not in mocked
            and (method := _dispatch_method(node, tasks, source.uses_celery))
        ):
            span = Span(node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or 0)
            yield Dispatch(source.path, span, method, source.text.splitlines()[node.lineno - 1].strip())


def _mocked(tree: ast.Module) -> set[ast.AST]:
    """What a mock is asked about: ``ship.signature()`` in ``assert ship.signature().called``."""
    asked = (node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and OF_A_MOCK.match(node.attr))
    return {part for value in asked for part in ast.walk(value)}


def _dispatch_method(call: ast.Call, tasks: set[str], uses_celery: bool) -> str | None:
    match call.func:
        case ast.Attribute(value=ast.Call(func=ast.Name("super"))):
            return None
        case ast.Attribute(value=receiver, attr="apply_async") if _last_name(receiver).endswith("pool"):
            return None  # a process pool's
        case ast.Attribute(attr=method) if method in SENDING:
            return method
        case ast.Attribute(value=receiver, attr=method) if method in OF_A_TASK and _last_name(receiver) in tasks:
            return method
        case ast.Attribute(attr="retry") if uses_celery and {word.arg for word in call.keywords} & {"args", "kwargs"}:
            return "retry"
        case ast.Attribute(value=ast.Name("celery"), attr="signature"):
            return "signature"
        case ast.Name("signature") if uses_celery and call.args and isinstance(call.args[0], ast.Constant):
            return "signature"
        case ast.Call(func=maker) if uses_celery and _last_name(maker) in CANVAS:
            return f"{_last_name(maker)}()()"
    return None


def _defines(node: ast.ClassDef, name: str) -> bool:
    return any(isinstance(child, ast.FunctionDef) and child.name == name for child in node.body)


def _last_name(node: ast.expr) -> str:
    return _dotted(node).rpartition(".")[2]


def _dotted(node: ast.expr) -> str:
    """``a.b.c`` for names and attributes, empty parts for whatever else stands between."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, attr):
            return f"{_dotted(value)}.{attr}"
    return ""
