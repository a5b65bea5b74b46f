"""The real projects that the plugin is run on: published, with Django or Celery in them; none of their text is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Project:
    """A project and what of it is checked.

    Attributes:
        name: its name in the package index.
        version: the release that the figures in ``docs/real-projects.md`` are of.
        packages: the folders that are checked.
        settings: the Django settings module that django-stubs' plugin can start with, None where there is none.
        drivers: what these settings need beyond the project's own dependencies.
        stand_ins: modules that need a C library to build, and an empty stand-in to be imported.
        exclude: mypy's ``exclude``, for folders that are no packages.
        folder: where the sources lie already; such a project is not downloaded.
    """

    name: str
    version: str
    packages: tuple[str, ...]
    settings: str | None = None
    drivers: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    exclude: str = "^$"
    folder: Path | None = None


DEFAULT: Final = (
    Project(
        "edx-enterprise",
        "8.18.0",
        ("consent", "enterprise", "enterprise_learner_portal", "integrated_channels"),
        settings="enterprise.settings.test",
    ),
    Project(
        "weblate",
        "5.14.3",
        ("weblate",),
        settings="weblate.settings_example",
        drivers=("psycopg[binary]",),
        stand_ins=("cairo", "gi", "gi.repository"),
    ),
)
"""Almost untyped, and typed with many tasks."""

MORE: Final = (
    Project("pretix", "2026.8.0", ("pretix",)),
    Project("mayan-edms", "4.12.2", ("mayan",)),
    Project("geonode", "5.1.1", ("geonode",)),
    Project("arches", "8.1.5", ("arches",)),
    Project("nautobot", "3.2.7", ("nautobot",), exclude="-files/|fixtures"),
    Project("indico", "3.2.9", ("indico",)),
    Project("apache-superset", "6.1.0", ("superset",)),
    Project(
        "patchman",
        "4.0.21",
        (
            *("arch", "domains", "errata", "hosts", "modules", "operatingsystems"),
            *("packages", "patchman", "reports", "repos", "security", "util"),
        ),
    ),
)
"""Others, for the shapes in which they make tasks; indico and apache-superset have Celery without Django."""

PROJECTS: Final = {project.name: project for project in (*DEFAULT, *MORE)}


def project_named(text: str) -> Project:
    """The project called ``text``, or the one that lies at ``FOLDER`` or ``FOLDER:PACKAGE,PACKAGE``.

    Raises ValueError where there is neither.
    """
    if text in PROJECTS:
        return PROJECTS[text]
    place, _, packages = text.partition(":")
    folder = Path(place).resolve()
    if not folder.is_dir():
        raise ValueError(f"no project and no folder: {text} (known: {', '.join(PROJECTS)})")
    return Project(folder.name, "", tuple(packages.split(",")) if packages else (".",), folder=folder)
