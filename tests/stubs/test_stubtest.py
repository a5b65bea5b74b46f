"""The stubs against the libraries themselves: mypy's stubtest imports both and compares."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.stubs.checkers import HERE, LIBRARIES, mypy_config, report, stub_path

STUBTEST: Final = "import django; django.setup(); from mypy.stubtest import main; raise SystemExit(main())"
"""stubtest with the settings loaded, without which no module with models can be imported."""

ALLOWLISTS: Final = sorted((HERE / "allowlists").glob("*.txt"))


def test_the_stubs_describe_the_libraries(tmp_path: Path) -> None:
    config = mypy_config(tmp_path, stub_path(tmp_path), plugin=False)
    allowed = [option for file in ALLOWLISTS for option in ("--allowlist", file)]
    options = ("--concise", "--mypy-config-file", config)
    output = report("python", "-W", "ignore", "-c", STUBTEST, *LIBRARIES, *options, *allowed)
    # One line for each difference, and for each line of an allowlist that allows nothing any more.
    assert output == ""


@pytest.mark.parametrize("allowlist", ALLOWLISTS, ids=lambda file: file.stem)
def test_each_allowed_difference_has_a_reason(allowlist: Path) -> None:
    assert allowlist.stem in LIBRARIES
    for line in allowlist.read_text().splitlines():
        assert line.startswith("#") or re.search(r"\S  # \S", line), line
