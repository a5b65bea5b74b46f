"""What cannot be done is said in one line, with exit code 2; what was interrupted leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mypy_deckrules.cli.app import app
from mypy_deckrules.cli.files import ensure_writable, write_file
from mypy_deckrules.cli.results import CannotRun
from mypy_deckrules.config import ConfigError
from tests.cli.conftest import CALL, Folder

SLOW_PLUGIN = {
    "mypy.ini": ("[mypy]\nplugins = slow.py, mypy_deckrules\n[mypy.plugins.deckrules-b]\nignore = http-timeout\n"),
    "slow.py": 'import pathlib, time\npathlib.Path("begun").touch()\ntime.sleep(60)\n',
    "a.py": CALL,
}
"""A project over which mypy takes so long that there is time to interrupt it."""
WRITING = (
    ("check", "--output-file", "new.txt"),
    ("adopt",),
    ("adopt", "--tighten"),
    ("adopt", "--baseline", "new.txt"),
)
"""Commands that write something, when they come to an end."""

TOML = """
    [tool.mypy]
    plugins = ["mypy_deckrules"]
"""


def refused(folder: Folder, *arguments: str) -> str:
    """The one line that a command says before it ends with 2."""
    code, out, err = folder.ran(*arguments)
    assert code == 2, (code, out, err)
    assert out == ""
    assert err.startswith("deckrules: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    return err.removeprefix("deckrules: ").rstrip()


def test_a_path_that_does_not_exist(folder: Folder) -> None:
    assert refused(folder, "check", "nowhere.py") == "nowhere.py: no such file or folder"


def test_nothing_to_check(folder: Folder) -> None:
    assert "no .py[i] files" in refused(folder, "check")


def test_a_configuration_that_does_not_exist(folder: Folder) -> None:
    assert refused(folder, "check", "--config-file", "my.ini") == "my.ini: cannot be read: No such file or directory"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.mypy\n"),
        ("mypy.ini", "[mypy\n"),
        ("setup.cfg", "x"),
    ],
)
@pytest.mark.parametrize("command", ["check", "adopt", "init", "doctor"])
def test_a_broken_configuration(folder: Folder, name: str, text: str, command: str) -> None:
    folder.write({name: text, "a.py": CALL})
    result = folder.deckrules(command)
    assert str(result.exception).startswith(f"{name}: cannot be read: ")
    assert folder.read(name) == text


def test_a_broken_configuration_in_a_process_of_its_own(folder: Folder) -> None:
    folder.write({"pyproject.toml": "[tool.mypy\n", "a.py": CALL})
    assert refused(folder, "check").startswith("pyproject.toml: cannot be read: ")


def test_a_configuration_with_a_wrong_option(folder: Folder) -> None:
    folder.write({"pyproject.toml": f"{TOML}[tool.deckrules]\nselekt = []\n".replace("    ", ""), "a.py": CALL})
    assert refused(folder, "check").startswith("pyproject.toml: [tool.deckrules]: selekt: unknown option, did you mean")


def test_an_unknown_code_on_the_command_line(folder: Folder) -> None:
    folder.write({"a.py": CALL})
    assert refused(folder, "check", "--select", "http-timeouts").startswith(
        '--select: "http-timeouts": unknown code, did'
    )
    assert refused(folder, "explain", "http-timeouts").startswith('"http-timeouts": unknown code, did you mean')


def test_a_selection_of_nothing(folder: Folder) -> None:
    folder.write({"a.py": CALL})
    assert refused(folder, "check", "--select", "").startswith("--select: names no code")


@pytest.mark.parametrize("command", [("check",), ("adopt",), ("adopt", "--tighten"), ("init",), ("doctor",)])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool]\nmypy = 3\n", "[tool.mypy]: must be a table"),
        ("[tool.mypy]\nplugins = [3]\n", "[tool.mypy]: plugins: must be a list of strings, not [3]"),
        ("[tool.mypy]\n[[tool.deckrules]]\n", "[tool.deckrules]: must be a table"),
        ("[tool.mypy]\n[tool]\ndjango-stubs = 3\n", "[tool.django-stubs]: must be a table"),
        ("[tool.mypy]\n[tool.deckrules]\noverrides = 3\n", "[tool.deckrules]: overrides: must be an array of tables"),
        ("[tool.mypy]\n[[tool.deckrules.overrides]]\nmodule = [3]\n", "module: must be a list of strings, not [3]"),
    ],
)
def test_a_configuration_of_wrong_types(folder: Folder, text: str, message: str, command: tuple[str, ...]) -> None:
    folder.write({"pyproject.toml": text, "a.py": CALL})
    result = folder.deckrules(*command)
    assert isinstance(result.exception, CannotRun | ConfigError)
    assert str(result.exception).startswith("pyproject.toml: ")
    assert message in str(result.exception)
    assert folder.read("pyproject.toml") == text


def test_a_wrong_pattern_of_mypys(folder: Folder) -> None:
    folder.write({"mypy.ini": "[mypy]\nexclude = (\n", "a.py": CALL})
    assert "The exclude ( is an invalid regular expression" in refused(folder, "check")


def test_a_folder_that_is_gone(folder: Folder) -> None:
    (folder.path / "gone").mkdir()
    script = f"cd gone; rmdir ../gone; exec {sys.executable} -c 'from mypy_deckrules.cli import main; main()' check"
    run = subprocess.run(["sh", "-c", script], cwd=folder.path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (2, "deckrules: the current folder is gone\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_screen_that_is_full(folder: Folder) -> None:
    command = [sys.executable, "-c", "from mypy_deckrules.cli import main; main()", "rules"]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(command, cwd=folder.path, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (run.returncode, run.stderr) == (2, "deckrules: No space left on device\n")


def test_a_screen_without_columns(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    folder.write({"a.py": CALL})
    code, out, _ = folder.ran("check")
    assert code == 1
    assert "http-timeout" in out


def test_a_wrong_option_of_mypys(folder: Folder) -> None:
    folder.write({"mypy.ini": "[mypy]\nplugins = no_such_plugin\n", "a.py": CALL})
    code, out, _ = folder.ran("check")
    assert code == 2
    assert 'mypy.ini:2:1: not checked Error importing plugin "no_such_plugin"' in out


@pytest.mark.parametrize("more", ["", "import atexit\natexit.register(print, 'printed last')\n"])
def test_a_plugin_that_raises(folder: Folder, more: str) -> None:
    plugin = f"{more}def plugin(version):\n    raise RuntimeError('no')\n"
    folder.write({"mypy.ini": "[mypy]\nplugins = bad.py\n", "bad.py": plugin, "a.py": CALL})
    assert refused(folder, "check") == "mypy or one of its plugins failed: RuntimeError: no"


@pytest.mark.parametrize("command", [("init",), ("adopt",), ("adopt", "--tighten")])
def test_a_read_only_configuration(folder: Folder, command: tuple[str, ...]) -> None:
    text = '[tool.mypy]\n[[tool.deckrules.overrides]]\nmodule = "b"\nignore = ["http-timeout"]\n'
    folder.write({"pyproject.toml": text, "a.py": CALL})
    (folder.path / "pyproject.toml").chmod(0o444)
    assert refused(folder, *command) == f"{folder.path}/pyproject.toml: is read-only"
    assert folder.read("pyproject.toml") == text


def test_a_read_only_baseline(folder: Folder) -> None:
    folder.write({"a.py": "x = 1\n", "baseline.txt": "a.py http-timeout 1\n"})
    (folder.path / "baseline.txt").chmod(0o444)
    message = f"{folder.path}/baseline.txt: is read-only"
    assert str(folder.deckrules("adopt", "--tighten", "--baseline", "baseline.txt").exception) == message


def test_a_folder_that_cannot_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        assert as_somebody_else(lambda: ensure_writable(Path(folder, "new.txt"))) == f"{folder}: cannot be written to"


def test_a_folder_that_cannot_even_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o000)
        said = as_somebody_else(lambda: ensure_writable(Path(folder, "new.txt")))
        assert said == f"{folder}/new.txt: cannot be written: Permission denied"


@pytest.mark.parametrize(
    "command", [["init"], ["adopt"], ["adopt", "--baseline", "new.txt"], ["check", "--output-file", "new.txt"]]
)
def test_a_project_that_cannot_be_written_to(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name, "a.py").write_text(CALL)
        Path(name).chmod(0o555)
        monkeypatch.chdir(name)
        CliRunner().invoke(app, ["rules"])  # typer imports late, and somebody else may not read this Python's modules
        assert as_somebody_else(lambda: app(command, standalone_mode=False)) == f"{name}: cannot be written to"
        assert [file.name for file in Path(name).iterdir()] == ["a.py"]


def as_somebody_else(action: Callable[[], None]) -> str:
    """What an action refuses when a user without rights runs it."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            action()
        except Exception as error:  # anything else but a refusal will not be what the test expects
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(process, 0)
    return os.read(reading, 1000).decode()


def begun(folder: Folder) -> bool:
    """Wait until mypy has loaded the slow plugin."""
    end = time.monotonic() + 60
    while not (folder.path / "begun").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    return True


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_an_interrupt(folder: Folder, number: signal.Signals, code: int, command: tuple[str, ...]) -> None:
    folder.write(SLOW_PLUGIN)
    process = folder.started(*command)
    assert begun(folder)
    children = _children(process.pid)
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (code, "", "")
    assert_nothing_was_written(folder)
    assert children
    assert not any(_is_running(child) for child in children)


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_a_killed_mypy(folder: Folder, command: tuple[str, ...]) -> None:
    folder.write(SLOW_PLUGIN)
    process = folder.started(*command)
    assert begun(folder)
    [child] = _children(process.pid)
    os.kill(child, signal.SIGKILL)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (2, "", "deckrules: mypy was killed (SIGKILL)\n")
    assert_nothing_was_written(folder)


def assert_nothing_was_written(folder: Folder) -> None:
    assert {file.name for file in folder.path.iterdir()} - {"__pycache__"} == {*SLOW_PLUGIN, "begun", ".git"}
    assert {name: folder.read(name) for name in SLOW_PLUGIN} == SLOW_PLUGIN


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_running(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    file.chmod(0o640)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(CannotRun, match=r"a\.txt: cannot be written: No space left on device"):
        write_file(file, "new")
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]
    assert file.read_text() == "old"
    monkeypatch.undo()
    write_file(file, "new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    ensure_writable(pipe)
    write_file(pipe, "new")
    assert os.read(reading, 10) == b"new"
    assert pipe.is_fifo()
    os.close(reading)


def test_an_open_file_stays_open(tmp_path: Path) -> None:
    with (tmp_path / "out.txt").open("w+") as out:
        write_file(Path(f"/dev/fd/{out.fileno()}"), "new")
        assert out.read() == "new"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_file(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"
