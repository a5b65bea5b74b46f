"""Files that mypy sees change."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a file and its folder; over another, a second younger than that.

    mypy rounds the times of files down to seconds, so it takes a file of the same size for unchanged when it was
    written twice within one (`mypy.fswatcher`, mypy 2.4).
    """
    before = path.stat().st_mtime if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if before is not None:
        os.utime(path, (before + 1, before + 1))
