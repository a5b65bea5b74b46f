"""A method raises NotImplementedError in a class that is not abstract.

## What it does
Reports a method whose whole body, but for a docstring, is `raise NotImplementedError`, in a class that is neither an
`ABC` nor a `Protocol` nor a Django model, and that overrides nothing.

## Why is this bad?
The class can be made, and a subclass that forgets the method too; the mistake shows when the method is called,
perhaps in production. Of an abstract class mypy says so at once, and Python where the object is made.

## Example
```python
class Exporter:
    def export(self, rows: list[str]) -> bytes:
        raise NotImplementedError
```

## Use instead
```python
from abc import ABC, abstractmethod

class Exporter(ABC):
    @abstractmethod
    def export(self, rows: list[str]) -> bytes:
        ...
```

## Limits
Classes with a metaclass of their own, which `ABC` would clash with, and classes that inherit from something that mypy
cannot see are left alone.

## References
- Python, `abc`: https://docs.python.org/3/library/abc.html
- mypy, "Abstract base classes and multiple inheritance":
  https://mypy.readthedocs.io/en/stable/class_basics.html#abstract-base-classes-and-multiple-inheritance
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import Decorator, FuncDef, OverloadedFuncDef, Statement, TypeInfo

from mypy_deckrules.facts.code.classes import ClassDefinition, only_raises
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.findings import Finding


def check_class(definition: ClassDefinition) -> Iterator[Finding]:
    info = definition.info
    if info.is_protocol or info.fallback_to_any or not _has_plain_metaclass(info):
        return
    for statement in definitions(definition.node.defs.body):
        function = _method(statement)
        if function is not None and only_raises(function) and not _overrides(info, function.name):
            yield Finding(
                function,
                f'"{info.name}.{function.name}" is abstract, but "{info.name}" can be made without it; derive the '
                "class from ABC and mark the method with @abstractmethod",
            )


def _method(statement: Statement) -> FuncDef | None:
    """The method that a statement defines: of a property the getter, of overloads the implementation."""
    match statement:
        case FuncDef():
            return statement
        case Decorator():
            return statement.func
        case OverloadedFuncDef(is_property=True, items=[Statement() as getter, *_]):
            return _method(getter)
        case OverloadedFuncDef(impl=Statement() as implementation):
            return _method(implementation)
        case _:
            return None


def _has_plain_metaclass(info: TypeInfo) -> bool:
    return info.metaclass_type is None or info.metaclass_type.type.fullname == "builtins.type"


def _overrides(info: TypeInfo, name: str) -> bool:
    return any(name in base.names for base in info.mro[1:])
