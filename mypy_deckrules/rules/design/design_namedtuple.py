"""`collections.namedtuple` has no types.

## What it does
Reports calls of `collections.namedtuple`.

## Why is this bad?
The fields of a `namedtuple` are `Any`: mypy checks nothing that is put into them or read from them.

## Example
```python
from collections import namedtuple

Price = namedtuple("Price", ["amount", "currency"])
```

## Use instead
```python
from typing import NamedTuple

class Price(NamedTuple):
    amount: int
    currency: str
```

## Limits
`typing.NamedTuple("Price", [("amount", int)])` has types, and is left alone.

## References
- Python, `typing.NamedTuple`: https://docs.python.org/3/library/typing.html#typing.NamedTuple
- Python, `dataclasses`: https://docs.python.org/3/library/dataclasses.html
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import CallExpr, RefExpr, StrExpr

from mypy_deckrules.facts.code.modules import ModuleSource
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.findings import Finding


def check_resolved(module: ModuleSource) -> Iterator[Finding]:
    for node in walk(module.tree):
        match node:
            case CallExpr(callee=RefExpr(fullname="collections.namedtuple"), args=args):
                name = args[0].value if args and isinstance(args[0], StrExpr) else "Name"
                yield Finding(
                    node,
                    f'The fields of the namedtuple "{name}" have no types; write "class {name}(NamedTuple)" with '
                    "annotated fields, or a dataclass",
                )
            case _:
                pass
