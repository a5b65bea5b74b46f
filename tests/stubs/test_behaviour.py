"""The libraries do what the stubs say of their values."""

from __future__ import annotations

from tests.stubs.checkers import HERE, run

RUN = "import django, runpy, sys; django.setup(); runpy.run_path(sys.argv[1])"


def test_the_libraries_behave_so() -> None:
    finished = run("python", "-W", "ignore", "-c", RUN, HERE / "behaviour.py")
    assert finished.returncode == 0, finished.stderr
