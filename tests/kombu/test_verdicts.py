"""For hundreds of types: what is said of them is what Kombu does with their values."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict

import pytest

from mypy_deckrules.facts.dispatches.serialization import Serializer, lossy, misfit
from tests.kombu import zoo
from tests.mypy_types import types_in

ROOT = Path(__file__).parent.parent.parent
RELEASES = {
    "5.2.4": ("celery==5.2.7", "pytz"),  # before Kombu wrote types into its JSON; no supported Celery takes it
    "5.3.0": ("celery==5.3.0",),  # the oldest that a supported Celery takes
    "5.7.0": ("celery==5.7.0",),  # the newest
}
"""Kombu's releases, each with a Celery that takes it."""
NEEDS_PYTHON_3_11 = pytest.mark.skipif(sys.version_info >= (3, 12), reason="Kombu 5.2 is older than Python 3.12")


class Outcome(TypedDict):
    """What came of the values of one type."""

    values: int
    refused: int
    changed: int


class Asked(NamedTuple):
    """What Kombu did, by serializer and type; and the types of which nothing is said."""

    outcomes: dict[str, dict[str, Outcome]]
    silent: list[str]


def install(release: str) -> Path:
    """Unpack a release of Kombu, once; give the folder that goes on the path."""
    folder = ROOT / ".cache" / "kombu" / release
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", f"{unfinished}/packages"]
            subprocess.run([*pip, f"kombu=={release}", *RELEASES[release], "msgpack>=1"], check=True)
            Path(unfinished, "packages").rename(folder)
    return folder


@cache
def ask_kombu(release: str) -> Asked:
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.kombu.ask_kombu", "json", "yaml", "msgpack", "pickle"],
        env={**os.environ, "PYTHONPATH": str(install(release))},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    answer = json.loads(asked.stdout)
    assert answer["kombu"] == release
    return Asked(answer["outcomes"], answer["silent"])


@pytest.mark.parametrize(
    ("release", "name"),
    [
        pytest.param("5.2.4", "json", marks=NEEDS_PYTHON_3_11),
        *((release, name) for release in ("5.3.0", "5.7.0") for name in ("json", "yaml", "msgpack", "pickle")),
    ],
)
def test_verdicts_are_kombus(release: str, name: str) -> None:
    outcomes, silent = ask_kombu(release)
    expressions = [expression for expression in outcomes[name] if expression not in silent]
    variables = "".join(f"v{i}: {expression}\n" for i, expression in enumerate(expressions))
    types = types_in(Path(zoo.__file__).read_text() + variables)
    kombu = (int(release.split(".")[0]), int(release.split(".")[1]))
    registered = {"tried.Registered"} if kombu >= (5, 3) else set()
    serializer = Serializer(name, kombu, frozenset(registered))

    wrong = []
    for i, expression in enumerate(expressions):
        wrong_part, loss = misfit(types[f"v{i}"], serializer), lossy(types[f"v{i}"], serializer)
        outcome = outcomes[name][expression]
        if (wrong_part is not None) != (outcome["refused"] > 0):
            wrong.append(f"{expression}: {wrong_part}, but Kombu refused {outcome}")
        # What pickle brings back has often no equality to tell that it is the same.
        elif name != "pickle" and wrong_part is None and (loss is not None) != (outcome["changed"] > 0):
            wrong.append(f"{expression}: {loss}, but Kombu changed {outcome}")
    assert wrong == []
    assert len(expressions) > 500


def test_silent_where_it_depends_on_the_value() -> None:
    outcomes, silent = ask_kombu("5.7.0")
    types = types_in(Path(zoo.__file__).read_text() + "".join(f"v{i}: {type_}\n" for i, type_ in enumerate(silent)))
    serializer = Serializer("json", (5, 7), frozenset())
    for i, expression in enumerate(silent):
        outcome = outcomes["json"][expression]
        assert 0 < outcome["refused"] < outcome["values"], expression
        assert misfit(types[f"v{i}"], serializer) is None, expression
        assert lossy(types[f"v{i}"], serializer) is None, expression
