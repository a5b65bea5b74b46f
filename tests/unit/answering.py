"""A plugin that answers the questions of ``answers.ask`` with notes: each shows one fact, by itself."""

from __future__ import annotations

from collections.abc import Callable

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, FuncDef, FuncItem, LambdaExpr, Node
from mypy.plugin import FunctionContext, Plugin
from mypy.types import Type

from mypy_deckrules.facts.code.paths import follow, never_returns
from mypy_deckrules.facts.code.position import Position, position_of
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.database.absence import queries_without_row
from mypy_deckrules.facts.database.atomic import transaction_around
from mypy_deckrules.facts.database.computed import computed_before
from mypy_deckrules.facts.database.conditions import conditions, counts_updates
from mypy_deckrules.facts.database.lookups import lookup_of
from mypy_deckrules.facts.database.receivers import overrides_write, received_signal
from mypy_deckrules.facts.database.views import answers_request
from mypy_deckrules.facts.database.writes import is_write
from mypy_deckrules.facts.queries.origins import origins


def transaction(position: Position, function: FuncItem, argument: Expression | None) -> str:
    found = transaction_around(position)
    return "none" if found is None else found.using or "default"


def function(position: Position, function: FuncItem, argument: Expression | None) -> str:
    place = position.of_function()
    assert place is not None
    owner = place.owner()
    name = "lambda" if isinstance(function, LambdaExpr) else function.name if isinstance(function, FuncDef) else "?"
    decorators = " ".join(f"@{written(decorator)}" for decorator in place.decorators())
    return " ".join(filter(None, [decorators, f"{owner.name}.{name}" if owner is not None else name]))


def caller(position: Position, function: FuncItem, argument: Expression | None) -> str:
    place = position.of_function()
    assert place is not None
    return received_signal(place) or ("overrides" if overrides_write(place) else "none")


def row_origins(position: Position, function: FuncItem, argument: Expression | None) -> str:
    assert argument is not None
    return " ".join(sorted(origin.name.lower() for origin in origins(position.api, function, argument)))


def row_conditions(position: Position, function: FuncItem, argument: Expression | None) -> str:
    found = [
        f"{'guard' if condition.is_guard else 'branch'} {condition.statement.line}"
        + (" counts" if counts_updates(position.api, function, condition.test) else "")
        for condition in conditions(position)
    ]
    return ", ".join(found) or "none"


def absent(position: Position, function: FuncItem, argument: Expression | None) -> str:
    return ", ".join(str(query.line) for query in queries_without_row(position)) or "none"


def lookup(position: Position, function: FuncItem, argument: Expression | None) -> str:
    assert isinstance(argument, CallExpr)
    found = lookup_of(position.api, function, argument)
    if found is None:
        return "unknown"
    verdict = {True: "unique", False: "not unique", None: "unseen"}[found.is_unique()]
    return f"{' '.join(sorted(found.stated)) or 'nothing'}: {verdict}"


def writing(position: Position, function: FuncItem, argument: Expression | None) -> str:
    assert isinstance(argument, CallExpr)
    return str(is_write(position.api, argument)).lower()


def computed(position: Position, function: FuncItem, argument: Expression | None) -> str:
    found = computed_before(position.api, function, position.node)
    return ", ".join(f"{written(one.target)} {one.statement.line}" for one in found) or "none"


def is_view(position: Position, function: FuncItem, argument: Expression | None) -> str:
    place = position.of_function()
    assert place is not None
    return str(answers_request(place)).lower()


def before(position: Position, function: FuncItem, argument: Expression | None) -> str:
    found: set[int] = set()

    def step(node: Node, lines: frozenset[int]) -> frozenset[int]:
        if node is position.node:
            found.update(lines)
        is_mark = isinstance(node, CallExpr) and written(node.callee) == "ask.here"
        return lines | {node.line} if is_mark else lines

    follow(function.body, step, lambda expr: never_returns(position.api, expr))
    return " ".join(map(str, sorted(found))) or "none"


ANSWERS: dict[str, Callable[[Position, FuncItem, Expression | None], str]] = {
    "transaction": transaction,
    "function": function,
    "caller": caller,
    "origins": row_origins,
    "conditions": row_conditions,
    "absent": absent,
    "lookup": lookup,
    "is_write": writing,
    "computed": computed,
    "is_view": is_view,
    "before": before,
}


class AnsweringPlugin(Plugin):
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        answer = ANSWERS.get(fullname.removeprefix("answers.ask."))
        if answer is None:
            return None

        def hook(ctx: FunctionContext) -> Type:
            assert isinstance(ctx.api, TypeChecker)
            position = position_of(ctx.api, ctx.context)
            assert position is not None
            assert position.function is not None
            argument = ctx.args[0][0] if ctx.args and ctx.args[0] else None
            ctx.api.note(f"= {answer(position, position.function, argument)}", ctx.context)
            return ctx.default_return_type

        return hook


def plugin(version: str) -> type[Plugin]:
    return AnsweringPlugin
