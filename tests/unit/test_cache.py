"""What the plugin asks of the environment."""

from __future__ import annotations

import sys

import pytest

from mypy_deckrules import cache


@pytest.mark.parametrize(
    ("version", "release"),
    [
        ("5.7.0", (5, 7)),
        ("5.6rc1", (5, 6)),
        ("6", (6, 0)),
        ("5.5.2+vendor.1", (5, 5)),
        (None, (sys.maxsize, 0)),
        ("unknown", (sys.maxsize, 0)),
    ],
)
def test_release(monkeypatch: pytest.MonkeyPatch, version: str | None, release: tuple[int, int]) -> None:
    monkeypatch.setattr(cache, "version_of", {"celery": version}.get)
    assert cache.release_of("celery") == release
