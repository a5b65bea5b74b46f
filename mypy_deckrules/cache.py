"""What mypy's cache must depend on: the options, the plugin's own sources, the versions that change verdicts."""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from mypy_deckrules.config import Options

VERDICT_PACKAGES: Final = ("celery", "kombu", "celery-types", "django-stubs")
"""Packages whose version changes what is reported."""


@cache
def sources_hash() -> str:
    """A hash of the plugin's modules.

    mypy itself hashes the entry module only, so an edit in a rule would leave stale results.
    """
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] != "cli":
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def version_of(package: str) -> str | None:
    """The installed version of a distribution, None where it is not installed; the package is not imported."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def release_of(package: str) -> tuple[int, int]:
    """The first two numbers of a distribution's version, ``(5, 6)`` of ``5.6.0rc1``.

    One that is not installed, or whose version has no such numbers, counts as newer than all.
    """
    numbers = re.match(r"(\d+)(?:\.(\d+))?", version_of(package) or "")
    return (int(numbers[1]), int(numbers[2] or 0)) if numbers else (sys.maxsize, 0)


def config_data(options: Options) -> dict[str, object]:
    """The data of ``report_config_data``: JSON, the same on every machine."""
    return {
        "options": options.fingerprint,
        "sources": sources_hash(),
        "versions": {package: version_of(package) for package in VERDICT_PACKAGES},
    }
