"""Next to other packages of types, and to the libraries themselves, the wheel overwrites and hides nothing."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.metadata import distribution, distributions, packages_distributions
from pathlib import Path

import pytest

from tests.stubs.checkers import LIBRARIES, ROOT


def test_no_file_is_one_of_another_package_of_types(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    [wheel] = tmp_path.glob("*.whl")
    ours = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{library}-stubs/__init__.pyi" for library in LIBRARIES} <= ours

    others = {"django-stubs", "django-stubs-ext", "celery-types", "djangorestframework-stubs"}
    others |= {each.name for each in distributions() if each.name.startswith("types-")}
    for other in sorted(others):
        files = distribution(other).files
        assert files, other
        assert ours.isdisjoint(map(str, files)), other


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_library_brings_types_of_its_own(library: str) -> None:
    # As soon as one does, our stubs hide them, and have to go.
    [package] = set(packages_distributions()[library])
    assert not [str(file) for file in distribution(package).files or [] if file.name == "py.typed"]
