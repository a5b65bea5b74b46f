"""The modules that a module's names come from, near and far, also where it was loaded from the cache."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from os.path import dirname, isfile, join
from pathlib import Path
from typing import Final

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import MypyFile
from mypy.options import Options as MypyOptions

from mypy_deckrules.facts.keeping import kept
from mypy_deckrules.facts.metadata import has_facts

LIBRARIES: Final = sys.stdlib_module_names | {"celery", "django", "kombu", "rest_framework", "requests"}
"""Packages that lead nowhere a project would make its own facts."""


def is_library(fullname: str) -> bool:
    """Whether a name is that of a library in which no project defines anything."""
    return fullname.partition(".")[0] in LIBRARIES


def imports(tree: MypyFile, package: str) -> bool:
    """Whether a module that is being analysed imports a package or something in it."""
    return package in _imported_packages(tree)


@lru_cache(maxsize=1)
def _imported_packages(tree: MypyFile) -> frozenset[str]:
    """The modules that a module's imports name, and the packages that these are in. Several questions about one module
    follow each other."""
    found: set[str] = set()
    for statement in tree.imports:
        match statement:
            case nodes.Import(ids=imported):
                found.update(name for name, _ in imported)
            case nodes.ImportFrom(id=name) | nodes.ImportAll(id=name):
                found.add(name)
            case _:
                pass
    for name in list(found):
        while name := name.rpartition(".")[0]:
            found.add(name)
    return frozenset(found)


def findable(modules: Iterable[str], tree: MypyFile, mypy_options: MypyOptions) -> Iterator[str]:
    """Those of the modules that mypy can find when it checks another, ``tree``; that one is left out."""
    return (module for module in modules if module != tree.fullname and is_findable(module, tree, mypy_options))


def is_findable(module: str, tree: MypyFile, mypy_options: MypyOptions) -> bool:
    """Whether mypy can find a module when it checks another.

    Args:
        tree: the other module, as parsed; its folder counts, and those of the option ``mypy_path``.
    """
    root = dirname(tree.path)
    for _ in range(tree.fullname.count(".") + tree.is_package_init_file()):
        root = dirname(root)
    places = [join(folder, *module.split(".")) for folder in (root, "", *mypy_options.mypy_path)]
    return any(isfile(f"{place}.py") or isfile(join(place, "__init__.py")) for place in places)


@lru_cache(maxsize=1)
def text_of(tree: MypyFile, mypy_options: MypyOptions) -> str:
    """The text of a module, as parsed; empty where it cannot be read. mypy's workers are given no more of its tree than
    the imports when they ask what it depends on.

    Several questions about one module follow each other: it is read once for them. Editors have mypy read what is not
    saved yet from another file (``--shadow-file``).
    """
    path = dict(mypy_options.shadow_file or ()).get(tree.path, tree.path)
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def imported_modules(tree: MypyFile) -> Iterator[str]:
    """The modules that a module that is being analysed imports, and for ``from a import b`` also ``a.b``."""
    for statement in tree.imports:
        if isinstance(statement, nodes.Import):
            yield from (target for target, _ in statement.ids)
        elif isinstance(statement, nodes.ImportFrom | nodes.ImportAll):
            source = absolute_import(tree, statement)
            yield source
            if isinstance(statement, nodes.ImportFrom):
                yield from (f"{source}.{name}" for name, _ in statement.names)


def absolute_import(tree: MypyFile, statement: nodes.ImportFrom | nodes.ImportAll) -> str:
    """The module that a ``from`` import names, relative ones resolved."""
    if not statement.relative:
        return statement.id
    parts = tree.fullname.split(".")
    package = parts[: len(parts) - statement.relative + tree.is_package_init_file()]
    return ".".join([*package, statement.id] if statement.id else package)


def source_names(tree: MypyFile, modules: Mapping[str, MypyFile]) -> Iterator[str]:
    """The names of the modules that ``tree``'s names come from, of those that theirs come from, and so on.

    The packages that a module lies in count: importing the module runs them. ``LIBRARIES`` are named, not entered.
    """
    seen = {tree.fullname}
    pending = [tree]
    while pending:
        for name in _direct(pending.pop()):
            if name and name not in seen:
                seen.add(name)
                yield name
                if name in modules and not is_library(name):
                    pending.append(modules[name])


@kept
def sources(api: TypeChecker) -> tuple[MypyFile, ...]:
    """The module that is being checked and the modules of its ``source_names`` that are in the build."""
    names = source_names(api.tree, api.modules)
    return (api.tree, *(api.modules[name] for name in names if name in api.modules))


@kept
def sources_with(api: TypeChecker, topic: str) -> Sequence[MypyFile]:
    """Those of ``sources`` of which anything is remembered on a topic."""
    return [tree for tree in sources(api) if has_facts(tree, topic)]


def _direct(tree: MypyFile) -> Iterator[str]:
    package = tree.fullname
    while package := package.rpartition(".")[0]:
        yield package
    for symbol in tree.names.values():
        fullname = symbol.node.fullname if symbol.node is not None else ""
        yield fullname if isinstance(symbol.node, MypyFile) else fullname.rpartition(".")[0]
