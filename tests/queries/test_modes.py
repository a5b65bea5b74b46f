"""What managers, helpers and serializers of other modules load is known in every mode of mypy, and when it changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.files import write
from tests.modes.running import Runner

PROJECT = Path(__file__).parent / "project"

EDITS = {
    "a helper that no longer loads": (
        "selectors.py",
        'def books_with_authors() -> QuerySet[Book]:\n    return Book.objects.select_related("author")',
        "def books_with_authors() -> QuerySet[Book]:\n    return Book.objects.all()",
    ),
    "a manager that loads more": (
        "models.py",
        'select_related("author", "publisher")',
        'select_related("author__country", "publisher")',
    ),
    "a query set's method that loads less": ("models.py", 'prefetch_related("books")', 'prefetch_related("edited")'),
    "rows that are ordered no more": ("models.py", '["-stars", "pk"]', "[]"),
    "a foreign key that may be empty": (
        "models.py",
        'on_delete=models.CASCADE, related_name="books")',
        'on_delete=models.CASCADE, related_name="books", null=True)',
    ),
    "a serializer that reads more": ("serializers.py", '["id", "title", "author", "publisher"]', '["editors"]'),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(
        PROJECT, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__", "mypy.ini", "measure.py")
    )
    (tmp_path / "project" / "settings.py").write_text("from library.settings import *\n")
    return tmp_path / "project"


@pytest.mark.parametrize(
    ("plugins", "edits"),
    [("mypy_django_plugin.main, mypy_deckrules", list(EDITS)), ("mypy_deckrules, mypy_django_plugin.main", [])],
)
def test_every_mode_agrees_with_a_cold_run(
    root: Path, tmp_path: Path, plugins: str, edits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))
    runner = Runner(root, tmp_path / "work", plugins=plugins, select="deck-query")
    before: list[str] = []
    try:
        for name in ["as it is", *edits]:
            if name in EDITS:
                file, old, new = EDITS[name]
                source = (root / "library" / file).read_text()
                assert old in source, name
                write(root / "library" / file, source.replace(old, new, 1))
            expected = runner.cold()
            assert expected != before, f"{name} changes nothing"
            assert runner.daemon() == expected, f"dmypy: {name}"
            assert runner.warm() == expected, f"warm: {name}"
            if name in ("as it is", *edits[-1:]):
                assert runner.workers() == expected, f"-n 2: {name}"
            before = expected
    finally:
        runner.stop()
