"""Write the rules' pages from the docstrings of their modules: ``python -m docs.generate``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mypy_deckrules.cli.pages import page_of
from mypy_deckrules.codes import FAMILIES, RULES, Rule

PAGES: Final = Path(__file__).parent / "rules"
NOTICE: Final = "<!-- Made by docs/generate.py from the rule's docstring; edit that. -->\n\n"
ADDRESS: Final = re.compile(r"(?<![(<\"])(https?://[^\s)>]+)")


def pages() -> dict[str, str]:
    """The text of each generated page, by the name of its file in ``docs/rules``."""
    return {"index.md": _index(), **{f"{rule.code}.md": _page(rule) for rule in RULES}}


def _page(rule: Rule) -> str:
    # Bare addresses are no links in Markdown; those in code are left.
    parts = re.split(r"(```.*?```)", page_of(rule.code).markdown(), flags=re.DOTALL)
    parts[::2] = [ADDRESS.sub(r"<\1>", part) for part in parts[::2]]
    return f"{NOTICE}{''.join(parts)}"


def _index() -> str:
    text = (
        f"{NOTICE.replace('the rule', 'each rule')}# The rules\n\nOn by default is what is (nearly) always a defect.\n"
    )
    for family in FAMILIES:
        text += (
            f"\n## {family.code}\n\n{family.summary}.\n\n| rule | default | what it reports |\n| --- | --- | --- |\n"
        )
        for rule in (rule for rule in RULES if rule.family is family):
            default = "on" if rule.default else "off"
            text += f"| [`{rule.code}`]({rule.code}.md) | {default} | {rule.summary} |\n"
    return text


def main() -> None:
    PAGES.mkdir(exist_ok=True)
    written = pages()
    for file in PAGES.glob("*.md"):
        if file.name not in written:
            file.unlink()
    for name, text in written.items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
