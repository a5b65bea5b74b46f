"""A module as it stands when its semantic analysis begins: the whole tree, names not yet resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mypy import nodes
from mypy.nodes import MypyFile
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.sources import absolute_import
from mypy_deckrules.facts.code.tree import STATEMENTS, children, names_in, walk
from mypy_deckrules.facts.keeping import kept


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """One module of the build, before mypy resolves its names.

    Attributes:
        api: the semantic analyzer at work on it.
        tree: its syntax tree.
        options: the project's options.
    """

    api: SemanticAnalyzer
    tree: MypyFile
    options: Options

    @property
    def name(self) -> str:
        """The module's full name."""
        return self.tree.fullname

    @property
    def is_test(self) -> bool:
        return is_test_module(self.name)

    def exported(self) -> frozenset[str] | None:
        """The names in the module's ``__all__``; None where it has none, or one that cannot be read."""
        names: set[str] | None = None
        for statement in self.tree.defs:
            match statement:
                case nodes.AssignmentStmt(lvalues=[nodes.NameExpr(name="__all__")], rvalue=value):
                    names = _strings(value)
                case nodes.OperatorAssignmentStmt(lvalue=nodes.NameExpr(name="__all__"), rvalue=value) if (
                    names is not None
                ):
                    names = added | names if (added := _strings(value)) is not None else None
                case nodes.ExpressionStmt(
                    expr=nodes.CallExpr(
                        callee=nodes.MemberExpr(expr=nodes.NameExpr(name="__all__"), name=method), args=[argument]
                    )
                ) if names is not None:
                    changed = _strings(argument) if method == "extend" else _strings(nodes.ListExpr([argument]))
                    if changed is None or method not in ("extend", "append", "remove"):
                        names = None
                    else:
                        names = names - changed if method == "remove" else names | changed
                case _:
                    pass
        return None if names is None else frozenset(names)

    def imported_names(self) -> dict[str, str]:
        """What each name that the module imports stands for: ``{"dt": "datetime", "path": "os.path"}``.

        Imports at any depth count, relative ones are resolved; ``import a.b`` binds ``a``.
        """
        bound: dict[str, str] = {}
        for statement in walk(self.tree):
            if isinstance(statement, nodes.Import):
                for target, alias in statement.ids:
                    bound[alias or target.partition(".")[0]] = target if alias else target.partition(".")[0]
            elif isinstance(statement, nodes.ImportFrom):
                package = absolute_import(self.tree, statement)
                bound.update({alias or name: f"{package}.{name}" for name, alias in statement.names})
        return bound


@kept
def names_used(tree: MypyFile) -> frozenset[str]:
    """The names and attributes that a module uses anywhere: what it does not name, it need not be searched for."""
    return names_in(tree)


def is_test_module(name: str) -> bool:
    """Whether a module holds tests: ``test_*``, ``*_test``, ``tests`` or ``conftest``, or anything below ``tests``."""
    *packages, last = name.split(".")
    return "tests" in packages or last in ("tests", "conftest") or last.startswith("test_") or last.endswith("_test")


def _strings(node: nodes.Expression) -> set[str] | None:
    if isinstance(node, nodes.OpExpr) and node.op == "+":
        left, right = _strings(node.left), _strings(node.right)
        return left | right if left is not None and right is not None else None
    if not isinstance(node, nodes.ListExpr | nodes.TupleExpr | nodes.SetExpr):
        return None
    items = [item.value for item in node.items if isinstance(item, nodes.StrExpr)]
    return set(items) if len(items) == len(node.items) else None


COMPOUND: Final = frozenset({nodes.IfStmt, nodes.TryStmt, nodes.WithStmt})
"""The statements whose blocks run where they stand, once at the most."""


def definitions(body: Sequence[nodes.Statement]) -> Iterable[nodes.Statement]:
    """The statements that run when ``body`` runs, also those in ``if``, ``try`` and ``with`` blocks.

    Blocks that mypy does not analyse (``if sys.version_info < (3, 8)``) are left out: their names have no meaning.
    """
    return body if COMPOUND.isdisjoint(map(type, body)) else _flattened(body)


def _flattened(body: Sequence[nodes.Statement]) -> Iterator[nodes.Statement]:
    for statement in body:
        yield statement
        if type(statement) in COMPOUND:
            for block in children(statement, STATEMENTS):
                if isinstance(block, nodes.Block) and not block.is_unreachable:
                    yield from definitions(block.body)
