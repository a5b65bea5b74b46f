"""The types that mypy gives to the names in a module, for tests of what is said about types."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mypy import build
from mypy.modulefinder import BuildSource
from mypy.nodes import FuncDef, Var
from mypy.options import Options
from mypy.types import Type

CACHE = Path(__file__).parent.parent / ".cache" / "types"


@cache
def types_in(source: str) -> Mapping[str, Type]:
    """Let mypy read the source of a module, which must be free of errors; give its names' types."""
    options = Options()
    options.cache_dir = str(CACHE)
    options.python_executable = sys.executable
    options.show_traceback = True
    result = build.build([BuildSource(None, "tried", source)], options)
    assert not result.errors, "\n".join(result.errors)
    nodes = [symbol.node for symbol in result.files["tried"].names.values()]
    own = [node for node in nodes if isinstance(node, Var | FuncDef) and node.fullname.startswith("tried.")]
    return {node.name: node.type for node in own if node.type is not None}
