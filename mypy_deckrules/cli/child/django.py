"""Starts the plugin of django-stubs, which imports the project's settings and models, to see whether it can."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr
from importlib import import_module
from io import StringIO

from mypy.options import Options as MypyOptions
from mypy.version import __version__ as mypy_version

from mypy_deckrules.cli.project import DJANGO_PLUGIN


def why_it_cannot_start(options: MypyOptions) -> str | None:
    """One line that says what keeps the plugin from starting; None where nothing does, or where it is not used.

    When it is used and cannot start, mypy ends with a traceback. Starting it twice in a process costs little.
    """
    if DJANGO_PLUGIN not in options.plugins:
        return None
    said, path = StringIO(), sys.path.copy()
    try:
        with redirect_stderr(said):
            import_module(DJANGO_PLUGIN).plugin(mypy_version)(options)
    except SystemExit:
        return said.getvalue().strip().rpartition("\n")[2]
    except Exception as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    finally:
        # The plugin adds the current folder, and mypy is silent about modules that it finds by Python's path.
        sys.path[:] = path
    return None
