"""A class with one method should be a function.

## What it does
Reports a class without bases, decorators and class attributes whose only methods are an `__init__` that just stores its
arguments, and one public method.

## Why is this bad?
It is a function in two steps: whoever calls it has to know both, and to read three names (the class, the attributes,
the method) for one. A function has all its arguments in one place.

## Example
```python
class InvoiceSender:
    def __init__(self, address: str) -> None:
        self.address = address

    def send(self, number: int) -> str:
        return f"{number} to {self.address}"
```

## Use instead
```python
def send_invoice(number: int, address: str) -> str:
    return f"{number} to {address}"
```

## Limits
Left alone is a class that, in the same module, is subclassed, passed as a class, has the method of a protocol, or whose
instances are kept or handed on: in an attribute, a module's name, a collection, a return value, an argument (or by the
annotation of one of them), or as a bound method (`Thread(target=Sender(address).send)`). So is one whose method changes
an attribute, or whose attributes are read from outside.

## Options
`class_allow`: patterns of full names of classes that are left alone.

## References
- Python, "Functions": https://docs.python.org/3/tutorial/controlflow.html#defining-functions
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy import nodes
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    ClassDef,
    FuncDef,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    RefExpr,
    Statement,
    TypeInfo,
    Var,
)

from mypy_deckrules.facts.code.annotations import is_handed_on
from mypy_deckrules.facts.code.classes import ClassDefinition, only_raises
from mypy_deckrules.facts.code.reaching import bindings, single_targets
from mypy_deckrules.facts.code.tree import parents, walk
from mypy_deckrules.facts.findings import Finding


def check_class(definition: ClassDefinition) -> Iterator[Finding]:
    node, info = definition.node, definition.info
    if any(pattern.matches(info.fullname) for pattern in definition.options.class_allow):
        return
    method = _only_method(node)
    if method is None or only_raises(method) or _changes_its_object(method):
        return
    tree = definition.tree
    if _implements_a_protocol(info, method.name, tree) or _is_kept(info, tree) or is_handed_on(info, tree):
        return
    yield Finding(
        node,
        f'Class "{info.name}" only stores its arguments for one method, "{method.name}"; make it a function that takes '
        "them all",
    )


def _only_method(node: ClassDef) -> FuncDef | None:
    """The one public method of a class that has but an ``__init__`` which stores its arguments."""
    bases = [base for base in node.base_type_exprs if not _is_object(base)]
    if bases or node.removed_base_type_exprs or node.decorators or node.metaclass or node.keywords or node.type_args:
        return None
    body = [statement for statement in node.defs.body if not _says_nothing(statement)]
    match sorted(body, key=lambda statement: not (isinstance(statement, FuncDef) and statement.name == "__init__")):
        case [FuncDef(name="__init__") as init, FuncDef(name=name) as method]:
            return method if not name.startswith("_") and _only_stores(init) else None
        case _:
            return None


def _is_object(base: nodes.Expression) -> bool:
    return isinstance(base, RefExpr) and base.fullname == "builtins.object"


def _says_nothing(statement: Statement) -> bool:
    """Whether it is a docstring, ``pass``, or the annotation of an attribute."""
    match statement:
        case nodes.PassStmt() | nodes.ExpressionStmt(expr=nodes.StrExpr() | nodes.EllipsisExpr()):
            return True
        case AssignmentStmt(rvalue=nodes.TempNode()):
            return True
        case _:
            return False


def _only_stores(init: FuncDef) -> bool:
    """Whether each statement is ``self.name = name``."""
    if not init.arguments:  # half-written
        return False
    this, *given = [argument.variable for argument in init.arguments]
    body = [statement for statement in init.body.body if not _says_nothing(statement)]
    return bool(body) and all(_stores(statement, this, given) for statement in body)


def _stores(statement: Statement, this: Var, given: list[Var]) -> bool:
    match statement:
        case AssignmentStmt(lvalues=[MemberExpr(expr=NameExpr(node=owner))], rvalue=NameExpr(node=value)):
            return owner is this and value in given
        case _:
            return False


def _changes_its_object(method: FuncDef) -> bool:
    """Whether a method binds or deletes an attribute of its object: the class has a state then."""
    this = method.arguments[0].variable if method.arguments else None
    targets = (
        target for node in walk(method.body) for bound in bindings(node) for target in single_targets(bound.target)
    )
    return any(
        isinstance(target, MemberExpr) and isinstance(target.expr, NameExpr) and target.expr.node is this
        for target in targets
    )


def _implements_a_protocol(info: TypeInfo, method: str, tree: MypyFile) -> bool:
    """Whether a protocol that the module knows asks for the method and nothing that the class has not."""
    protocols = (symbol.node for symbol in tree.names.values() if isinstance(symbol.node, TypeInfo))
    return any(
        protocol.is_protocol
        and method in protocol.protocol_members
        and set(protocol.protocol_members) <= set(info.names)
        for protocol in protocols
    )


def _is_kept(info: TypeInfo, tree: MypyFile) -> bool:
    """Whether the module uses the class, or an instance, for more than to call the method."""
    held_by = parents(tree)
    return any(
        isinstance(node, RefExpr) and node.node is info and not _is_used_up(node, held_by) for node in list(held_by)
    )


def _is_used_up(reference: RefExpr, held_by: dict[Node, Node]) -> bool:
    """Whether a class is called, and the instance is only there to have its method called."""
    call = held_by[reference]
    if not isinstance(call, CallExpr) or call.callee is not reference:
        return False
    match held_by[call]:
        case MemberExpr() as read:
            return _is_call(read, held_by)
        case nodes.ExpressionStmt():
            return True
        case AssignmentStmt(lvalues=[NameExpr(node=Var() as variable) as target]) if "." not in variable.fullname:
            holders = (
                held_by[node]
                for node in held_by
                if isinstance(node, NameExpr) and node.node is variable and node is not target
            )
            return all(isinstance(read, MemberExpr) and _is_call(read, held_by) for read in holders)
        case _:
            return False


def _is_call(read: MemberExpr, held_by: dict[Node, Node]) -> bool:
    """Whether an attribute is read to be called: ``Sender("a").send`` by itself keeps the instance."""
    holder = held_by[read]
    return isinstance(holder, CallExpr) and holder.callee is read
