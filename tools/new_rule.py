"""Begin a rule: ``make rule CODE=task-eta``, or ``python -m tools.new_rule task-eta [--family deck-task]``.

Writes the rule, its tests and its rows in every list of rules. What comes out works and is tested: a rule about
``os.system``, to be made yours, file by file.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mypy_deckrules.codes import FAMILIES, RULES, Family

ROOT: Final = Path(__file__).parents[1]
SUMMARY: Final = "a command goes through the shell"
MESSAGE: Final = '"os.system" hands its command to the shell; use "subprocess.run" with a list'

RULE: Final = f'''"""{SUMMARY.capitalize()}.

## What it does
Reports calls of `os.system`.

## Why is this bad?
The shell splits the command at spaces, and runs what a value in it says.

## Example
```python
import os

def pack(name: str) -> None:
    os.system(f"tar -c {{name}}")
```

## Use instead
```python
import subprocess

def pack(name: str) -> None:
    subprocess.run(["tar", "-c", name], check=True)
```

## Limits
`subprocess.run(..., shell=True)` is left alone.

## References
- Python, `subprocess`: https://docs.python.org/3/library/subprocess.html#security-considerations
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mypy_deckrules.facts.code.calls import Call
from mypy_deckrules.facts.findings import Finding

FUNCTIONS: Final = frozenset({{"os.system"}})


def check_call(call: Call) -> Iterator[Finding]:
    yield Finding(call.node, '{MESSAGE}')
'''

MARKED: Final = """import os
import os as o
import subprocess
from os import system


def pack(name: str) -> None:
    os.system(f"tar -c {{name}}")  # E: {code} "subprocess.run"
    o.system("tar")  # E: {code}
    system("tar")  # E: {code}


async def pack_later(name: str) -> None:
    os.system(name)  # E: {code}


def packed(name: str) -> None:
    subprocess.run(["tar", "-c", name], check=True)
    print(os.name, system)
"""

CASES: Final = f"""- case: {{name}}_invalid
  main: |
    import os
    from os import system

    # by the module
    os.system("ls")  # E: {MESSAGE}  [{{code}}]
    # by its name
    system("ls")  # E: {MESSAGE}  [{{code}}]

- case: {{name}}_valid
  main: |
    import os
    import subprocess

    # no shell
    subprocess.run(["ls"], check=True)
    # handed on, not called
    print(os.system)
"""

CONTRACT: Final = f"""import os

os.system("ls")  # row: {SUMMARY}
"""


def begin(code: str, family: Family) -> list[Path]:
    """Write all that a rule called ``code`` consists of; the files to go on in."""
    name = code.replace("-", "_")
    files = {
        f"mypy_deckrules/rules/{family.package}/{name}.py": RULE,
        f"tests/bulk/project/{family.package}/{name}.py": MARKED.format(code=code),
        f"tests/typecheck/{family.package}/test_{name}.yml": CASES.format(code=code, name=name),
        f"tests/stubs/project/contracts/{name}.py": CONTRACT,
    }
    for file, text in files.items():
        _write(ROOT / file, text)
    (ROOT / "tests/bulk/project" / family.package / "__init__.py").touch()

    last = [rule.code for rule in RULES if rule.family is family][-1]
    page = f"[{code}](docs/rules/{code}.md)"
    rows = {
        "mkdocs.yml": (f"          - rules/{last}.md\n", f"          - rules/{code}.md\n"),
        "README.md": (f"| [{last}]", f"| `{family.code}` | {page} | off | {SUMMARY} |\n"),
        "docs/other-checkers.md": (f"| `{last}` |", f"| `{code}` | {SUMMARY} | no | no | no |\n"),
    }
    for file, (after, row) in rows.items():
        _add_line(ROOT / file, after, row)
    changelog = ROOT / "CHANGELOG.md"
    head = "### Added\n\n"
    changes = changelog.read_text(encoding="utf-8")
    changelog.write_text(changes.replace(head, f"{head}- `{code}`: {SUMMARY}.\n", 1), encoding="utf-8")
    _register(ROOT / "mypy_deckrules/codes.py", code, family, last)
    subprocess.run([sys.executable, "-m", "docs.generate"], cwd=ROOT, check=True)
    return [*map(Path, files), Path("mypy_deckrules/codes.py"), *map(Path, rows), Path("CHANGELOG.md")]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _add_line(file: Path, after: str, row: str) -> None:
    """Add a row below the last line that has ``after`` in it."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = max(number for number, line in enumerate(lines, 1) if after in line)
    file.write_text("".join([*lines[:at], row, *lines[at:]]), encoding="utf-8")


def _register(file: Path, code: str, family: Family, last: str) -> None:
    """Add the rule's row to ``RULES``, off by default, below the last one of its family."""
    text = file.read_text(encoding="utf-8")
    [variable] = re.findall(rf'^(\w+): Final = Family\(\s*"{family.code}"', text, re.MULTILINE)
    [row] = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if node.args[0].value == last
    ]
    assert row.end_lineno is not None
    lines = text.splitlines(keepends=True)
    lines.insert(row.end_lineno, f'    Rule("{code}", {variable}, False, "{SUMMARY}"),\n')
    file.write_text("".join(lines), encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.new_rule", description="Begin a rule.")
    parser.add_argument("code", help="what users write in select and ignore: task-eta")
    parser.add_argument("--family", choices=[family.code for family in FAMILIES], help="by default deck-<first word>")
    arguments = parser.parse_args(argv)
    code: str = arguments.code
    if not re.fullmatch(r"[a-z]+(-[a-z]+)+", code):
        parser.error(f"{code}: a code is two or more lower-case words with hyphens between")
    if code in {name for rule in RULES for name in (rule.code, rule.family.code)}:
        parser.error(f"{code}: exists already")
    wanted = arguments.family or f"deck-{code.partition('-')[0]}"
    found = [family for family in FAMILIES if family.code == wanted]
    if not found:
        parser.error(f"{wanted}: no such family; name one with --family (make rule CODE={code} FAMILY=...)")
    for file in begin(code, found[0]):
        print(file)
    print("docs/rules/ is made from the rule's docstring: python -m docs.generate")
    print(f"Try it: make test PYTEST_ARGS='tests/rules tests/bulk tests/typecheck -k {code.replace('-', '_')}'")


if __name__ == "__main__":
    main()
