"""Draw what ``deckrules check`` says of the example: ``python -m docs.picture``."""

from __future__ import annotations

import re
from contextlib import chdir
from io import StringIO
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.text import Text

from mypy_deckrules.cli.check import run_check
from mypy_deckrules.cli.output import text
from mypy_deckrules.cli.project import find_project

PICTURE: Final = Path(__file__).parent / "check.svg"
EXAMPLE: Final = Path(__file__).parents[1] / "examples" / "shop"
FILES: Final = ("shop/prices.py", "shop/services.py")
WIDTH: Final = 110
FONTS: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Fonts that would be loaded from elsewhere."""


def picture() -> str:
    """An SVG of a terminal."""
    console = Console(
        file=StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="truecolor", highlight=False
    )
    console.print(Text.assemble(("$ ", "bold green"), f"deckrules check --ignore service-return {' '.join(FILES)}"))
    # Not where it lies: of modules below an editable installation mypy checks only those that it is told to.
    with TemporaryDirectory() as folder:
        copytree(EXAMPLE, folder, dirs_exist_ok=True, ignore=ignore_patterns(".mypy_cache", "data"))
        with chdir(folder):
            options = {"select": ["default"], "ignore": ["service-return"]}
            text.write_to(console, run_check(find_project(), [Path(file) for file in FILES], options))
    return FONTS.sub("", console.export_svg(title="examples/shop", unique_id="deckrules"))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
