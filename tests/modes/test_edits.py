"""A daemon, a warm cache and workers report, after every edit, what a cold run reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.modes.project import Project
from tests.modes.running import Runner

EDITS = 50


@pytest.mark.parametrize("seed", [1])
def test_every_mode_agrees_with_a_cold_run(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "project"
    project = Project(root, seed)
    runner = Runner(root, tmp_path / "work")
    reports: set[str] = set()
    try:
        history = ["start"]
        for number in range(EDITS + 1):
            expected = runner.cold()
            reports.update(expected)
            assert runner.daemon() == expected, ("dmypy", number, history)
            assert runner.warm() == expected, ("warm", number, history)
            if number % 5 == 0:
                assert runner.workers() == expected, ("-n 2", number, history)
            history.append(project.edit())
    finally:
        runner.stop()
    assert len(reports) > EDITS, "the edits must change what is reported"
