"""A public function of a service module has no return annotation.

## What it does
Reports public functions, and public methods of public classes, that have no return annotation, in service modules: by
default those named `services` or below a package of that name. A name is public when it is in `__all__`; without
`__all__`, when it has no leading underscore.

## Why is this bad?
A service is what views, tasks and commands call. Without a return type, mypy takes its result for `Any` and checks
nothing that callers do with it.

## Example
```python
# shop/services.py
def open_orders(customer_id: int):
    return [customer_id]
```

## Use instead
```python
# shop/services.py
def open_orders(customer_id: int) -> list[int]:
    return [customer_id]
```

## Limits
Stubs, tests, implementations of overloads, dunder methods, property setters, nested functions and lambdas are left
alone.

## Options
- `service_modules`: patterns of the modules that are services.
- `service_params`: ask for the parameters' annotations too.

## References
- mypy, `disallow_incomplete_defs`: https://mypy.readthedocs.io/en/stable/config_file.html
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy import nodes
from mypy.nodes import FuncDef
from mypy.types import AnyType, CallableType, TypeOfAny, get_proper_type

from mypy_deckrules.facts.code.modules import ModuleSource, definitions
from mypy_deckrules.facts.findings import Finding


def check_module(module: ModuleSource) -> Iterator[Finding]:
    if not module.options.is_service_module(module.name) or module.is_test:
        return
    for owner, function, decorators in _functions(module.tree.defs, "", module.exported()):
        if {"setter", "deleter", "no_type_check"} & decorators:
            continue
        missing = [] if _has_annotation(function, None) else ["its return type"]
        if module.options.service_params:
            implicit = 1 if owner and "staticmethod" not in decorators else 0
            parameters = list(enumerate(function.arguments))[implicit:]
            names = [f'"{node.variable.name}"' for index, node in parameters if not _has_annotation(function, index)]
            missing += [", ".join(names)] if names else []
        if missing:
            yield Finding(
                function,
                f'Service {"method" if owner else "function"} "{module.name}.{owner}{function.name}" '
                f"has no annotation of {' and '.join(missing)}; add it",
            )


def _functions(
    body: list[nodes.Statement], owner: str, exported: frozenset[str] | None
) -> Iterator[tuple[str, FuncDef, set[str]]]:
    """The public functions: the class that each stands in ("Orders.", "" for none), its node, its decorators' names."""
    for statement in definitions(body):
        match statement:
            case nodes.ClassDef(name=name) if _is_public(name, exported):
                yield from _functions(statement.defs.body, f"{owner}{name}.", None)
            case nodes.FuncDef(name=name) if _is_public(name, exported):
                yield owner, statement, set()
            case nodes.Decorator(name=name) if _is_public(name, exported):
                yield owner, statement.func, _names(statement)
            case nodes.OverloadedFuncDef(name=name) if _is_public(name, exported):
                decorated = [item for item in statement.items if isinstance(item, nodes.Decorator)]
                yield from ((owner, item.func, _names(item)) for item in decorated)
            case _:
                pass


def _is_public(name: str, exported: frozenset[str] | None) -> bool:
    return name in exported if exported is not None else not name.startswith("_")


def _names(decorator: nodes.Decorator) -> set[str]:
    return {node.name for node in decorator.original_decorators if isinstance(node, nodes.NameExpr | nodes.MemberExpr)}


def _has_annotation(function: FuncDef, parameter: int | None) -> bool:
    """Whether a parameter, or for None the return value, is annotated."""
    if not isinstance(function.type, CallableType):
        return False
    typ = get_proper_type(function.type.ret_type if parameter is None else function.type.arg_types[parameter])
    return not (isinstance(typ, AnyType) and typ.type_of_any == TypeOfAny.unannotated)
