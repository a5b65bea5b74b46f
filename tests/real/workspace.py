"""Where the real projects lie: their sources, unpacked, and the virtual environments that they are checked in."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Final

from tests.real.projects import Project
from tests.stubs.checkers import stub_path

REPOSITORY: Final = Path(__file__).resolve().parents[2]
CHECKERS: Final = (
    "mypy==2.4.1",
    "django-stubs==6.1.2",
    "celery-types==0.26.0",
    "djangorestframework-stubs==3.18.1",
    "types-requests==2.33.0.20261030",
)
RUNTIME: Final = ("django==5.2.19", "celery==5.7.0", "djangorestframework==3.18.3", "httpx", "requests")


class Workspace:
    """A folder that keeps what was downloaded; what is there is not fetched again."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def sources(self, project: Project) -> Path:
        """The folder that holds the project's packages.

        It comes from the wheel, which has the sources of a pure Python project and runs no code of its own to unpack.
        """
        if project.folder:
            return project.folder
        folder = self.root / "sources" / f"{project.name}-{project.version}"
        if not folder.exists():
            wheels = self.root / "wheels"
            requirement = f"{project.name}=={project.version}"
            _pip(sys.executable, "download", "--no-deps", "--only-binary=:all:", f"--dest={wheels}", requirement)
            stem = f"{project.name.replace('-', '_')}-{project.version}-"
            wheel = next(path for path in wheels.glob("*.whl") if path.name.lower().startswith(stem))
            with zipfile.ZipFile(wheel) as archive:
                wanted = [name for name in archive.namelist() if name.endswith(".py") or ".dist-info/" in name]
                archive.extractall(folder, wanted)
        return folder

    def folder(self, project: Project) -> Path:
        """A folder for what is written about the project."""
        folder = self.root / "runs" / project.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def stubs(self) -> Path:
        """A folder of mypy's search path with the stubs of other libraries that the wheel brings."""
        path = self.root / "typings"
        if not path.exists():
            stub_path(self.root)
        return path

    def python(self) -> Path:
        """An interpreter with mypy, the stubs, Django and Celery, and none of the projects' own dependencies."""
        return self._environment("checkers", CHECKERS + RUNTIME, ())

    def django_python(self, project: Project) -> Path:
        """An interpreter with all of that and what the project depends on, as far as it can be installed here.

        What could not be is listed in ``missing.txt`` in the project's folder.
        """
        (info,) = self.sources(project).glob("*.dist-info")
        requires = [text for text in PathDistribution(info).requires or [] if "extra ==" not in text]
        python = self._environment(f"django-{project.name}", CHECKERS, [*requires, *project.drivers])
        if project.stand_ins:
            (packages,) = python.parents[1].glob("lib/python*/site-packages")
            (packages / "stand_ins.pth").write_text(
                "import sys; from unittest.mock import MagicMock; "
                f"sys.modules.update(dict.fromkeys({project.stand_ins}, MagicMock()))\n"
            )
        return python

    def missing(self, project: Project) -> list[str]:
        """The dependencies that could not be installed for `django_python`."""
        path = self.root / "environments" / f"django-{project.name}" / "missing.txt"
        return path.read_text().splitlines() if path.exists() else []

    def _environment(self, name: str, needed: Sequence[str], wanted: Sequence[str]) -> Path:
        """An environment with all that is ``needed`` and of what is ``wanted`` what installs."""
        folder = self.root / "environments" / name
        python = folder / "bin" / "python"
        done = folder / "missing.txt"
        if not done.exists():
            venv.create(folder, with_pip=True, clear=True)
            missing = [] if _try_pip(python, *wanted) else [one for one in wanted if not _try_pip(python, one)]
            _pip(python, "install", *needed)
            done.write_text("".join(f"{one}\n" for one in missing))
        return python


def _try_pip(python: Path, *requirements: str) -> bool:
    try:
        if requirements:
            _pip(python, "install", *requirements)
    except subprocess.CalledProcessError:
        return False
    return True


def _pip(python: Path | str, command: str, *arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "pip", command, *quiet, *arguments], check=True, stdout=sys.stderr)
