"""A public function of a service module has no return annotation.

## What it does
Reports public functions, and public methods of public classes, that have no return annotation, in service modules: by
default those named `services` or below a package of that name. A name is public when it is in `__all__`; without
`__all__`, when it has no leading underscore.

## Why is this bad?
A service is what views, tasks and commands call. Without a return type, mypy takes its result for `Any` and checks nothing
that callers do with it.

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
Stubs, tests, implementations of overloads, dunder methods, property setters, nested functions and lambdas are left alone.

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
from mypy.types import AnyType, CallableType, TypeOfAny

from mypy_deckrules.facts.findings import Finding
from mypy_deckrules.facts.modules import ModuleSource, definitions


def check_module(module: ModuleSource) -> Iterator[Finding]:
    if not module.options.is_service_module(module.name) or module.is_test:
        return
    exported = module.exported()
    for owner, function in _functions(module.tree.defs, "", exported):
        missing = _unannotated(function, parameters=module.options.service_params, is_method=bool(owner))
        if missing:
            kind = "method" if owner else "function"
            yield Finding(
                function,
                f'Service {kind} "{module.name}.{owner}{function.name}" has no annotation of {missing}; add it',
            )


def _functions(
    body: list[nodes.Statement], owner: str, exported: frozenset[str] | None
) -> Iterator[tuple[str, FuncDef]]:
    """The public functions with the dotted name of the class they stand in (with a dot at the end, "" for none)."""
    for statement in definitions(body):
        match statement:
            case nodes.ClassDef(name=name) if _is_public(name, exported):
                yield from _functions(statement.defs.body, f"{owner}{name}.", None)
            case nodes.FuncDef(name=name) if _is_public(name, exported):
                yield owner, statement
            case nodes.Decorator(func=function) if _is_public(function.name, exported) and not _is_exempt(statement):
                yield owner, function
            case nodes.OverloadedFuncDef(items=items) if _is_public(items[0].name, exported):
                decorated = [item for item in items if isinstance(item, nodes.Decorator)]
                yield from ((owner, item.func) for item in decorated if not _is_exempt(item))
            case _:
                pass


def _is_public(name: str, exported: frozenset[str] | None) -> bool:
    return name in exported if exported is not None else not name.startswith("_")


def _is_exempt(decorator: nodes.Decorator) -> bool:
    """Whether it is the setter or deleter of a property, or not to be type-checked."""
    return any(
        (isinstance(node, nodes.MemberExpr) and node.name in ("setter", "deleter"))
        or (isinstance(node, nodes.NameExpr | nodes.MemberExpr) and node.name == "no_type_check")
        for node in decorator.original_decorators
    )


def _unannotated(function: FuncDef, *, parameters: bool, is_method: bool) -> str:
    """What lacks an annotation, as words for the message; "" where nothing does."""
    typ = function.type
    returns = not isinstance(typ, CallableType) or _is_missing(typ.ret_type)
    missing = ["its return type"] if returns else []
    if parameters:
        names = [
            f'"{argument.variable.name}"'
            for position, argument in enumerate(function.arguments)
            if not (is_method and position == 0 and not _is_static(function))
            and (not isinstance(typ, CallableType) or _is_missing(typ.arg_types[position]))
        ]
        if names:
            missing.append(f"{', '.join(names)}")
    return " and ".join(missing)


def _is_missing(typ: object) -> bool:
    return isinstance(typ, AnyType) and typ.type_of_any == TypeOfAny.unannotated


def _is_static(function: FuncDef) -> bool:
    return function.is_static
