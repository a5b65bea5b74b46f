"""The baseline, ours and `mypy-baseline`'s."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mypy_deckrules.cli.baseline import read_baseline
from mypy_deckrules.cli.results import CannotRun
from tests.cli.conftest import CALL, Folder

TWICE = f"{CALL}    urllib.request.urlopen(url)\n"


def baseline(folder: Folder) -> list[str]:
    return [line for line in folder.read("baseline.txt").splitlines() if not line.startswith("#")]


def test_the_whole_way(folder: Folder) -> None:
    # No other test has a module "below": mypy's cache, which they share, keeps the path of one with the same text.
    folder.write({"b.py": TWICE, "a b.py": CALL, "c/below.py": CALL})
    check = ["check", "--baseline", "baseline.txt"]
    tighten = ["adopt", "--tighten", "--baseline", "baseline.txt"]
    result = folder.deckrules("adopt", "--baseline", "baseline.txt")
    assert result.stdout == "Allowed 4 findings in 3 entries: baseline.txt\n"
    assert baseline(folder) == ["a b.py http-timeout 1", "b.py http-timeout 2", "c/below.py http-timeout 1"]
    assert folder.deckrules(*check).exit_code == 0
    assert folder.deckrules(*tighten, "--check").exit_code == 0

    folder.write({"b.py": f"# lines move\n{TWICE}"})
    assert folder.deckrules(*check).exit_code == 0

    folder.write({"b.py": f"{TWICE}    urllib.request.urlopen(url)\n"})
    result = folder.deckrules(*check)
    assert result.exit_code == 1
    assert result.stdout.count("b.py:") == 3

    folder.write({"b.py": CALL})
    result = folder.deckrules(*check)
    assert result.exit_code == 1
    assert "b.py http-timeout: the baseline allows 2, there is 1 now" in result.stdout
    assert folder.deckrules(*tighten, "--check").exit_code == 1
    result = folder.deckrules(*tighten)
    assert result.exit_code == 0
    assert result.stdout == "b.py http-timeout: 2 -> 1\nTightened 1 entry in baseline.txt\n"
    assert folder.deckrules(*check).exit_code == 0

    (folder.path / "c/below.py").unlink()
    assert "c/below.py http-timeout: the baseline allows 1, there is none now" in folder.deckrules(*check).stdout
    assert folder.deckrules(*check, "b.py").exit_code == 0
    folder.deckrules(*tighten)
    assert baseline(folder) == ["a b.py http-timeout 1", "b.py http-timeout 1"]


def test_it_only_goes_down(folder: Folder) -> None:
    folder.write({"a.py": TWICE, "baseline.txt": "a.py http-timeout 1\n"})
    assert "a baseline only goes down" in str(folder.deckrules("adopt", "--baseline", "baseline.txt").exception)
    folder.deckrules("adopt", "--tighten", "--baseline", "baseline.txt")
    assert folder.read("baseline.txt") == "a.py http-timeout 1\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a.py http-timeout", ':1: must be a file, a code and a number, not "a.py http-timeout"'),
        ("# fine\n\na.py http-timeouts 1", ":3: must be a file, a code and a number"),
        ("a.py http-timeout 0", ":1: must be"),
        ("a.py http-timeout -1", ":1: must be"),
        ("a.py http-timeout 1\na.py http-timeout 2", ":2: a.py http-timeout stands in the baseline already"),
        ("<<<<<<< HEAD", ":1: must be"),
    ],
)
def test_a_broken_baseline(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "baseline.txt"
    file.write_text(text)
    with pytest.raises(CannotRun) as caught:
        read_baseline(file)
    assert str(caught.value).startswith(f"{file}{message}")


def test_a_baseline_that_does_not_exist(folder: Folder) -> None:
    said = str(folder.deckrules("check", "--baseline", "baseline.txt").exception)
    assert said == "baseline.txt: cannot be read: No such file or directory"


def test_mypy_baseline_works_with_the_plugin(folder: Folder) -> None:
    folder.write({"mypy.ini": "[mypy]\nplugins = mypy_deckrules\n", "a.py": CALL, "b.py": "x: int = ''\n"})

    def filtered(command: str) -> subprocess.CompletedProcess[str]:
        mypy = subprocess.run([sys.executable, "-m", "mypy", "."], capture_output=True, text=True, check=False)
        arguments = [sys.executable, "-m", "mypy_baseline", command]
        return subprocess.run(arguments, input=mypy.stdout, capture_output=True, text=True, check=False)

    assert filtered("sync").returncode == 0
    assert "[http-timeout]" in folder.read("mypy-baseline.txt")
    assert filtered("filter").returncode == 0
    folder.write({"a.py": TWICE})
    new = filtered("filter")
    assert new.returncode != 0
    assert "a.py:5: error: " in new.stdout


def test_a_baseline_that_allows_too_much_is_not_clean(folder: Folder) -> None:
    folder.write({"a.py": "x = 1\n", "baseline.txt": "\ufeffa.py http-timeout 1\n"})
    code, out, _ = folder.ran("check", "--baseline", "baseline.txt")
    assert code == 1
    assert out.splitlines() == [
        "a.py http-timeout: the baseline allows 1, there is none now",
        "Nothing new; lower the baseline with deckrules adopt --tighten --baseline FILE.",
    ]
    code, out, _ = folder.ran("adopt", "--tighten", "--check", "--baseline", "baseline.txt")
    assert code == 1
    assert out.endswith("run: deckrules adopt --tighten --baseline baseline.txt\n")
