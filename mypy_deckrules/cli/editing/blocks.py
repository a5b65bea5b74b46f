"""A configuration file as blocks of lines: a header (``[name]`` or ``[[name]]``) and what stands below it.

Editing block by block leaves everything else as it is, to the byte.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

HEADER: Final = re.compile(r"""\s*(\[\[.+\]\]|\[(?!["'\[]).+\])\s*([#;].*)?\s*""")
COMMENTS: Final = ("#", ";")


class Blocks:
    """The lines of a text, each with its end."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self._end_of_line = "\r\n" if "\r\n" in text else "\n"

    @property
    def text(self) -> str:
        return "".join(self._lines)

    def find(self, header: str) -> list[range]:
        """Where the blocks stand whose header begins so: from it to their last line that says something."""
        headers = {number: match[1] for number, line in enumerate(self._lines) if (match := HEADER.fullmatch(line))}
        borders = [*headers, len(self._lines)]
        return [
            range(start, self._last_content(start, end) + 1)
            for start, end in pairwise(borders)
            if re.sub(r"\s*([\[\].])\s*", r"\1", headers[start]).startswith(header)
        ]

    def get(self, block: range) -> str:
        """The text of a block, with line feeds alone."""
        return "".join(self._lines[block.start : block.stop]).replace("\r\n", "\n")

    def replace(self, block: range, text: str) -> None:
        """Put a text in a block's place."""
        self._lines[block.start : block.stop] = self._as_lines(text)

    def cut(self, block: range) -> None:
        """Remove a block, and the blank line before it."""
        blank = block.start > 0 and not self._lines[block.start - 1].strip()
        del self._lines[block.start - blank : block.stop]

    def add(self, text: str, *, below: tuple[str, ...] = ()) -> None:
        """Add a block below the last one with the first of these headers that there is, else at the end."""
        position = next((self._foot(places[-1]) for header in below if (places := self.find(header))), len(self._lines))
        if position and not self._lines[position - 1].endswith("\n"):
            self._lines[position - 1] += self._end_of_line
        blank = "\n" if position and self._lines[position - 1].strip() else ""
        self._lines[position:position] = self._as_lines(blank + text)

    def _foot(self, block: range) -> int:
        """The line after a block and the comments that follow it at once, unless they are the next block's."""
        foot = block.stop
        while foot < len(self._lines) and self._lines[foot].lstrip().startswith(COMMENTS):
            foot += 1
        belong_to_next = foot < len(self._lines) and HEADER.fullmatch(self._lines[foot])
        return block.stop if belong_to_next else foot

    def _as_lines(self, text: str) -> list[str]:
        return text.replace("\n", self._end_of_line).splitlines(keepends=True)

    def _last_content(self, start: int, end: int) -> int:
        lines = [(number, self._lines[number].strip()) for number in range(start, end)]
        return max(number for number, line in lines if line and not line.startswith(COMMENTS))
