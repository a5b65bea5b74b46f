"""The example programs of the rules' pages, checked many at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mypy_deckrules.cli.pages import page_of

BULK = Path(__file__).parents[1] / "bulk" / "project"


@dataclass(frozen=True)
class Error:
    line: int
    code: str
    message: str


def package_of(code: str) -> str:
    return code.replace("-", "_")


def example_files(code: str, section: str) -> Iterator[tuple[str, str]]:
    """The name and the text of each code block in a section of a rule's page."""
    for block in page_of(code).code_blocks(section):
        first = block.partition("\n")[0]
        named = first.startswith("# ") and first.endswith(".py")
        yield (Path(first.removeprefix("# ")).name if named else "example.py"), block


@dataclass
class Examples:
    """Programs below one root, each in a package of its own, that one run of mypy checks."""

    root: Path
    packages: set[str] = field(default_factory=set)

    def add(self, package: str, name: str, text: str) -> None:
        path = self.root / package / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
        self.packages.add(package)

    def check(self, config: str = "") -> dict[str, list[Error]]:
        """For each package what is reported in it, with all codes selected; ``config`` is added to the options."""
        # A body may be "..." on a page, and model fields have no types where the Django plugin is not asked.
        (self.root / "mypy.ini").write_text(
            "[mypy]\nplugins = mypy_deckrules\ncheck_untyped_defs = true\nexplicit_package_bases = true\n"
            "disable_error_code = empty-body, var-annotated\n"
            f"namespace_packages = true\n[mypy.plugins.deckrules]\nselect = all\n{config}"
        )
        run = subprocess.run(
            [sys.executable, "-m", "mypy", "--output=json", f"--cache-dir={self.root / 'cache'}", "."],
            cwd=self.root,
            env={**os.environ, "MYPYPATH": str(BULK)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode in (0, 1), run.stdout + run.stderr
        found: dict[str, list[Error]] = {package: [] for package in self.packages}
        for line in run.stdout.splitlines():
            error = json.loads(line)
            if error["severity"] == "error":
                found[error["file"].partition("/")[0]].append(Error(error["line"], error["code"], error["message"]))
        return found
