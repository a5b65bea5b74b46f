"""The rules' documentation pages, made from the docstrings of their modules."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mypy_deckrules.codes import RULES_BY_CODE, Rule

SECTIONS = ("What it does", "Why is this bad?", "Example", "Use instead", "Limits", "Options", "References")
REQUIRED_SECTIONS = ("What it does", "Why is this bad?", "Example", "Use instead", "References")


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page.

    Attributes:
        rule: the rule that it describes.
        headline: one sentence, the first line of the docstring.
        sections: the text below each of ``SECTIONS`` that the page has, in their order.
    """

    rule: Rule
    headline: str
    sections: dict[str, str]

    def code_blocks(self, section: str) -> Iterator[str]:
        """The Python code in a section."""
        yield from re.findall(r"```python\n(.*?)```", self.sections[section], re.DOTALL)

    def markdown(self) -> str:
        """The page as it stands in the documentation."""
        on = "on by default" if self.rule.default else "off by default"
        body = "\n\n".join(f"## {title}\n\n{text}" for title, text in self.sections.items())
        return f"# {self.rule.code}\n\n**{self.headline}** Family `{self.rule.family.code}`, {on}.\n\n{body}\n"


def page_of(code: str) -> Page:
    """The page of a rule.

    Raises:
        KeyError: no rule has this code.
        ValueError: the rule's docstring has a heading that is none of ``SECTIONS``, or lacks a required one.
    """
    rule = RULES_BY_CODE[code]
    docstring = inspect.getdoc(importlib.import_module(rule.module)) or ""
    headline, *parts = re.split(r"^## (.+)\n", docstring, flags=re.MULTILINE)
    sections = {title: text.strip() for title, text in zip(parts[::2], parts[1::2], strict=True)}
    unknown = [title for title in sections if title not in SECTIONS]
    missing = [title for title in REQUIRED_SECTIONS if title not in sections]
    if unknown or missing:
        raise ValueError(f"{rule.module}: unknown sections {unknown}, missing sections {missing}")
    return Page(rule, headline.strip(), {title: sections[title] for title in SECTIONS if title in sections})
