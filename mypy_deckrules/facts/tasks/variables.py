"""Variables that hold one task or another: ``task = ship``, and elsewhere ``task = bill``, which takes something else.

mypy gives a variable the type of what it holds first, and refuses the other; likewise a list that another is appended
to, their signatures and results, and an attribute of a class whose subclass names another task. These are declared,
when names are resolved, as a task (or a signature, or a result) or anything else. So a call is judged by one of the
tasks only where that was assigned right before: elsewhere the code that chose the task may have chosen the arguments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from mypy import nodes
from mypy.nodes import (
    AssignmentStmt,
    Block,
    CallExpr,
    Decorator,
    Expression,
    MemberExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    TypeInfo,
    Var,
)
from mypy.semanal import SemanticAnalyzer
from mypy.types import Instance, Type, UnionType

from mypy_deckrules import names
from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.calls import without_arguments
from mypy_deckrules.facts.code.classes import classes, typeinfo
from mypy_deckrules.facts.code.collecting import PUTTING
from mypy_deckrules.facts.code.modules import definitions, names_used
from mypy_deckrules.facts.code.tree import walk_statements
from mypy_deckrules.facts.tasks.app_tasks import app_named
from mypy_deckrules.facts.tasks.classes import ANY, task_info, unparametrised
from mypy_deckrules.facts.tasks.django import tasks_are_django
from mypy_deckrules.facts.tasks.stacked import is_task

SENDING: Final = frozenset({"delay", "apply_async", "delay_on_commit", "apply_async_on_commit"})
MADE: Final = {
    **dict.fromkeys(("delay", "apply_async"), names.ASYNC_RESULT),
    "apply": names.EAGER_RESULT,
    **dict.fromkeys(("s", "si", "signature", "subtask"), names.SIGNATURE),
}
"""What the methods of a task give back, with the task's result for its type argument."""
SAME: Final = frozenset({"set", "clone", "on_error"})
"""The methods of a signature that give back one of the same task."""

CONTAINERS: Final[dict[type[Expression], str]] = {
    nodes.ListExpr: "builtins.list",
    nodes.ListComprehension: "builtins.list",
    nodes.SetExpr: "builtins.set",
    nodes.DictExpr: "builtins.dict",
}


@dataclass(slots=True)
class _Uses:
    """What a variable without an annotation is given.

    Attributes:
        assigned: the assignments to it.
        added: what is put into the container that it holds.
    """

    assigned: list[AssignmentStmt] = field(default_factory=list)
    added: list[Expression] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """A task, or what one of its methods gives back.

    Attributes:
        task: the node that defines the task.
        kind: the full name of its class; None of a method itself.
    """

    task: Decorator | Var
    kind: str | None


def type_variables(api: SemanticAnalyzer, options: Options) -> None:
    """Declare such variables and attributes of the module at work."""
    if typeinfo(api, names.TASK) is None:
        return
    if not names_used(api.cur_mod_node).isdisjoint(MADE):
        for variable, uses in _all_uses(api.cur_mod_node).items():
            if len(uses.assigned) + len(uses.added) > 1 and uses.assigned:
                _declare_held(api, options, variable, uses)
    for definition in classes(api.cur_mod_node):
        for variable, uses in _uses(definitions(definition.defs.body)).items():
            held = _held(api, options, (statement.rvalue for statement in uses.assigned))
            if held and any(_holds_task(api, options, base, variable.name) for base in definition.info.mro[1:]):
                _declare(variable, uses.assigned[0], task_or_any(api, options))


def task_or_any(api: SemanticAnalyzer, options: Options) -> Type:
    """The type of what is a task or anything else."""
    django = typeinfo(api, names.DJANGO_TASK)
    info = django if django is not None and tasks_are_django(api, options) else task_info(api)
    return UnionType([unparametrised(info), ANY])


# --- what variables are given


def _all_uses(tree: MypyFile) -> dict[Var, _Uses]:
    """The uses of the variables of a module and its functions, and of the attributes of its objects."""
    found = _uses(walk_statements(Block(tree.defs), inner=True))
    for definition in classes(tree):
        found.update(_uses(walk_statements(definition.defs, inner=True), definition.info))
    return found


def _uses(statements: Iterable[nodes.Statement], owner: TypeInfo | None = None) -> dict[Var, _Uses]:
    """The uses of variables, or of the attributes of ``self``, an ``owner``."""
    found: defaultdict[Var, _Uses] = defaultdict(_Uses)
    for statement in statements:
        match statement:
            case AssignmentStmt(lvalues=[nodes.IndexExpr(base=target)], rvalue=value):
                added = [value]
            case AssignmentStmt(lvalues=[target], type=None):
                added = []
            case nodes.OperatorAssignmentStmt(op="+", lvalue=target, rvalue=value):
                added = list(_items(value))
            case nodes.ExpressionStmt(expr=CallExpr(callee=MemberExpr(expr=target, name=name), args=args)) if (
                name in PUTTING
            ):
                added = list(chain.from_iterable(_items(arg) or [arg] for arg in args))
            case _:
                continue
        variable = _variable(target, owner)
        if variable is None or not variable.is_inferred:
            continue
        if added or not isinstance(statement, AssignmentStmt):
            found[variable].added += added
        else:
            found[variable].assigned.append(statement)
    return found


def _variable(expr: Expression, owner: TypeInfo | None) -> Var | None:
    match expr:
        case NameExpr(node=Var() as variable) if owner is None:
            return variable
        case MemberExpr(expr=NameExpr(node=Var(is_self=True)), name=name) if owner is not None and name in owner.names:
            node = owner.names[name].node
            return node if isinstance(node, Var) else None
        case _:
            return None


def _items(container: Expression) -> Sequence[Expression]:
    """What is in a container, as it is written."""
    match container:
        case nodes.ListExpr(items=items) | nodes.SetExpr(items=items) | nodes.TupleExpr(items=items):
            return items
        case nodes.DictExpr(items=pairs):
            return [value for _, value in pairs]
        case (
            nodes.GeneratorExpr(left_expr=item) | nodes.ListComprehension(generator=nodes.GeneratorExpr(left_expr=item))
        ):
            return [item]
        case _:
            return []


# --- what they are declared as


def _declare_held(api: SemanticAnalyzer, options: Options, variable: Var, uses: _Uses) -> None:
    """Declare a variable that is given what comes of several tasks."""
    values = [statement.rvalue for statement in uses.assigned]
    containers = {_container(value) for value in values}
    container = containers.pop() if len(containers) == 1 else None
    if container is not None:
        values = [*chain.from_iterable(map(_items, values)), *uses.added]
    held = _held(api, options, values)
    if len({one.task for one in held}) < 2:
        return
    kinds = {one.kind for one in held}
    kind = kinds.pop() if len(kinds) == 1 else None
    typ = task_or_any(api, options) if kind == names.TASK else _of_kind(api, kind)
    info = typeinfo(api, container) if container is not None else None
    if info is not None:
        typ = Instance(info, [*(ANY for _ in info.type_vars[1:]), typ])
    _declare(variable, uses.assigned[0], typ)


def _container(value: Expression) -> str | None:
    """The class of a container that is written out, or empty."""
    match value:
        case CallExpr(callee=RefExpr(fullname=fullname), args=[]) if fullname in CONTAINERS.values():
            return fullname
        case _:
            return CONTAINERS.get(type(value))


def _of_kind(api: SemanticAnalyzer, kind: str | None) -> Type:
    info = typeinfo(api, kind) if kind is not None else None
    return UnionType([unparametrised(info), ANY]) if info is not None else ANY


def _declare(variable: Var, statement: AssignmentStmt, typ: Type) -> None:
    """Give a variable a type, as an annotation where it is first assigned would."""
    target = statement.lvalues[0]
    assert isinstance(target, NameExpr | MemberExpr)
    target.is_inferred_def = False
    statement.type = statement.unanalyzed_type = typ
    variable.type = typ
    variable.is_ready = True
    variable.is_inferred = False


# --- which tasks they hold


def _held(api: SemanticAnalyzer, options: Options, values: Iterable[Expression]) -> list[_Held]:
    return [held for value in values for held in _held_by(api, options, value)]


def _held_by(api: SemanticAnalyzer, options: Options, value: Expression) -> Iterator[_Held]:
    match value:
        case nodes.ConditionalExpr(if_expr=first, else_expr=second) | nodes.OpExpr(op="or", left=first, right=second):
            yield from _held_by(api, options, first)
            yield from _held_by(api, options, second)
        case RefExpr(node=Decorator() | Var() as task) if _is_task(api, options, task):
            yield _Held(task, names.TASK)
        case MemberExpr(expr=RefExpr(node=Decorator() | Var() as task), name=method) if method in SENDING:
            if _is_task(api, options, task):
                yield _Held(task, None)
        case CallExpr(callee=MemberExpr(expr=RefExpr(node=Decorator() | Var() as task), name=method)) if method in MADE:
            if _is_task(api, options, task):
                yield _Held(task, MADE[method])
        case CallExpr(callee=MemberExpr(expr=CallExpr() | nodes.OpExpr() as signature, name=method)) if method in SAME:
            yield from _signatures(api, options, signature)
        case CallExpr(callee=MemberExpr(expr=CallExpr() | nodes.OpExpr() as signature, name=method)) if method in MADE:
            yield from (_Held(one.task, MADE[method]) for one in _signatures(api, options, signature))
        case nodes.OpExpr(op="|", left=first, right=second):
            yield from _signatures(api, options, first)
            yield from _signatures(api, options, second)
        case _:
            return


def _signatures(api: SemanticAnalyzer, options: Options, value: Expression) -> Iterator[_Held]:
    return (one for one in _held_by(api, options, value) if one.kind == names.SIGNATURE)


def _is_task(api: SemanticAnalyzer, options: Options, node: Decorator | Var) -> bool:
    """Whether a function or variable is a task; in the import cycle at work, functions alone have a type to be told."""
    typ = node.var.type if isinstance(node, Decorator) else node.type
    if typ is not None:
        return is_task(typ)
    return isinstance(node, Decorator) and any(
        _makes_task(api, options, without_arguments(expr)) for expr in node.original_decorators
    )


def _makes_task(api: SemanticAnalyzer, options: Options, decorator: Expression) -> bool:
    match decorator:
        case RefExpr(fullname=fullname) if fullname == names.SHARED_TASK or fullname in options.task_decorators:
            return True
        case MemberExpr(expr=MemberExpr() | NameExpr() as app, name="task"):
            return app_named(api, app) is not None
        case _:
            return False


def _holds_task(api: SemanticAnalyzer, options: Options, owner: TypeInfo, name: str) -> bool:
    """Whether an attribute has the type of the task that the body of its class gives it."""
    symbol = owner.names.get(name)
    if symbol is None or not isinstance(symbol.node, Var) or not symbol.node.is_inferred:
        return False
    if symbol.node.type is not None:
        return is_task(symbol.node.type)
    uses = _uses(definitions(owner.defn.defs.body)).get(symbol.node, _Uses())
    return bool(_held(api, options, (statement.rvalue for statement in uses.assigned)))
