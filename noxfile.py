"""The versions that the plugin is tested with: ``nox`` runs them all, ``nox -s "matrix(mypy='1.19')"`` one of them.

The marked programs and the typecheck cases hold the verdicts, ``tests/restored`` the types; they are run in full for
each row, but for the cases whose message spells a type as mypy 2 does.
"""

from __future__ import annotations

from typing import Final

import nox

nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True

ROWS: Final = {
    # mypy: the requirements of the row; django-stubs as its release notes pair it with that mypy
    "1.19": ("mypy==1.19.1", "django-stubs==5.2.9", "celery==5.5.3", "kombu==5.5.4", "django==5.2.*"),
    "1.20": ("mypy==1.20.2", "django-stubs==6.0.4", "celery==5.6.3", "kombu==5.6.2", "django==5.2.*"),
    "2.4": ("mypy==2.4.*", "django-stubs", "celery", "kombu", "django==5.2.*"),
}


@nox.session
@nox.parametrize("mypy", list(ROWS))
def matrix(session: nox.Session, mypy: str) -> None:
    """The verdicts with one row of versions."""
    session.install("--quiet", *ROWS[mypy], "-e", ".[dev]")
    tests = ("tests/bulk", "tests/typecheck", "tests/restored")
    session.run("python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *tests, *session.posargs)
