"""What mypy's cache must depend on: the options, the plugin's own sources, the versions that change verdicts."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from functools import cache
from importlib import metadata
from typing import Final

from mypy_deckrules.config import ConfigError, Options

CHOICE: Final = frozenset({"select", "ignore", "overrides"})
"""The options that choose codes."""

VERDICT_PACKAGES: Final = ("celery", "kombu", "celery-types", "django-stubs")
"""Packages whose version changes what is reported."""


@cache
def sources_hash() -> str:
    """A hash of the plugin's modules.

    mypy itself hashes the entry module only, so an edit in a rule would leave stale results.
    """
    digest = hashlib.blake2b()
    root = os.path.dirname(__file__)
    for folder, folders, files in os.walk(root):
        folders[:] = sorted({*folders} - {"cli"})
        for name in sorted(name for name in files if name.endswith(".py")):
            digest.update(f"{folder.removeprefix(root)}/{name}".replace(os.sep, "/").encode())
            with open(os.path.join(folder, name), "rb") as source:
                digest.update(source.read())
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


def require_stubs() -> None:
    """Nothing can be judged without the types of Django and Celery, and silence would look like a clean project.

    Raises:
        ConfigError: a package of stubs that this one depends on is not installed.
    """
    for package in ("django-stubs", "celery-types"):
        if version_of(package) is None:
            raise ConfigError(f"mypy_deckrules needs {package}, which is not installed here; pip install {package}")


class ConfigData:
    """The data of ``report_config_data``: JSON, the same on every machine.

    mypy writes it into the cache of every module, of the stubs too, and compares it there: a hash is all it holds.

    Of the choice of codes, a module's data holds what concerns that module: when a code is adopted or mended in one
    module, mypy's cache of all others stays good. What is learnt of a module for the others' sake depends on the codes
    that are ``wanted`` anywhere.
    """

    def __init__(self, options: Options, wanted: frozenset[str]) -> None:
        self._options = options
        self._common = {
            "wanted": sorted(wanted),
            "options": {name: value for name, value in options.fingerprint.items() if name not in CHOICE},
            "sources": sources_hash(),
            "versions": {package: version_of(package) for package in VERDICT_PACKAGES},
        }
        self._by_codes: dict[frozenset[str], str] = {}

    def of(self, module: str) -> str:
        """The data of a module."""
        codes = self._options.codes_for(module)
        if codes not in self._by_codes:
            text = json.dumps({**self._common, "codes": sorted(codes)}, sort_keys=True)
            self._by_codes[codes] = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        return self._by_codes[codes]
