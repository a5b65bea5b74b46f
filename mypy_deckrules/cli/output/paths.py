"""Paths as code hosts know them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The environment variables in which GitHub and GitLab name the folder of the repository."""


def from_root(path: str) -> str:
    """A path relative to the root of the repository where that is known, else as it is; with slashes."""
    for variable in ROOTS:
        root = os.environ.get(variable)
        if root and Path(path).resolve().is_relative_to(Path(root).resolve()):
            return Path(path).resolve().relative_to(Path(root).resolve()).as_posix()
    return Path(path).as_posix()
