"""Walking mypy's syntax tree: children, descendants, ancestors.

mypy compiles its visitors, and interpreted classes cannot inherit from compiled traits, so the tree is walked by a
table of what each node contains. ``tests/unit/test_tree.py`` fails when mypy grows a node that the table does not
know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from mypy import nodes, patterns
from mypy.nodes import Node
from mypy.traverser import NameAndMemberCollector

CHILDREN: Final[dict[type[Node], tuple[str, ...]]] = {
    # Definitions
    nodes.MypyFile: ("defs",),
    nodes.ClassDef: ("decorators", "base_type_exprs", "metaclass", "keywords", "defs"),
    nodes.Decorator: ("original_decorators", "func"),
    nodes.OverloadedFuncDef: ("items", "impl"),
    nodes.FuncDef: ("arguments", "body"),
    nodes.LambdaExpr: ("arguments", "body"),
    nodes.Argument: ("initializer",),
    # Statements
    nodes.Block: ("body",),
    nodes.ExpressionStmt: ("expr",),
    nodes.AssignmentStmt: ("lvalues", "rvalue"),
    nodes.OperatorAssignmentStmt: ("lvalue", "rvalue"),
    nodes.WhileStmt: ("expr", "body", "else_body"),
    nodes.ForStmt: ("index", "expr", "body", "else_body"),
    nodes.ReturnStmt: ("expr",),
    nodes.AssertStmt: ("expr", "msg"),
    nodes.DelStmt: ("expr",),
    nodes.IfStmt: ("expr", "body", "else_body"),
    nodes.RaiseStmt: ("expr", "from_expr"),
    nodes.TryStmt: ("body", "types", "vars", "handlers", "else_body", "finally_body"),
    nodes.WithStmt: ("expr", "target", "body"),
    nodes.MatchStmt: ("subject", "patterns", "guards", "bodies"),
    nodes.BreakStmt: (),
    nodes.ContinueStmt: (),
    nodes.PassStmt: (),
    nodes.GlobalDecl: (),
    nodes.NonlocalDecl: (),
    nodes.Import: (),
    nodes.ImportFrom: (),
    nodes.ImportAll: (),
    nodes.TypeAliasStmt: (),
    # Expressions
    nodes.NameExpr: (),
    nodes.MemberExpr: ("expr",),
    nodes.SuperExpr: ("call",),
    nodes.CallExpr: ("callee", "args"),
    nodes.IndexExpr: ("base", "index"),
    nodes.UnaryExpr: ("expr",),
    nodes.OpExpr: ("left", "right"),
    nodes.ComparisonExpr: ("operands",),
    nodes.SliceExpr: ("begin_index", "end_index", "stride"),
    nodes.ConditionalExpr: ("cond", "if_expr", "else_expr"),
    nodes.AssignmentExpr: ("target", "value"),
    nodes.StarExpr: ("expr",),
    nodes.YieldExpr: ("expr",),
    nodes.YieldFromExpr: ("expr",),
    nodes.AwaitExpr: ("expr",),
    nodes.ListExpr: ("items",),
    nodes.TupleExpr: ("items",),
    nodes.SetExpr: ("items",),
    nodes.DictExpr: ("items",),
    nodes.ListComprehension: ("generator",),
    nodes.SetComprehension: ("generator",),
    nodes.GeneratorExpr: ("sequences", "indices", "condlists", "left_expr"),
    nodes.DictionaryComprehension: ("sequences", "indices", "condlists", "key", "value"),
    nodes.CastExpr: ("expr",),
    nodes.AssertTypeExpr: ("expr",),
    nodes.RevealExpr: ("expr",),
    nodes.IntExpr: (),
    nodes.StrExpr: (),
    nodes.BytesExpr: (),
    nodes.FloatExpr: (),
    nodes.ComplexExpr: (),
    nodes.EllipsisExpr: (),
    nodes.TypeApplication: ("expr",),
    nodes.TypeAliasExpr: (),
    nodes.TypeFormExpr: (),
    nodes.TypeVarExpr: (),
    nodes.ParamSpecExpr: (),
    nodes.TypeVarTupleExpr: (),
    nodes.NamedTupleExpr: (),
    nodes.TypedDictExpr: (),
    nodes.EnumCallExpr: (),
    nodes.NewTypeExpr: (),
    nodes.PromoteExpr: (),
    nodes.TempNode: (),
    # Patterns of a match statement
    patterns.AsPattern: ("pattern", "name"),
    patterns.OrPattern: ("patterns",),
    patterns.ValuePattern: ("expr",),
    patterns.SingletonPattern: (),
    patterns.SequencePattern: ("patterns",),
    patterns.StarredPattern: ("capture",),
    patterns.MappingPattern: ("keys", "values", "rest"),
    patterns.ClassPattern: ("class_ref", "positionals", "keyword_values"),
}
"""The attributes of each node class that hold nodes (or lists, pairs and dicts of them), in the order they are
evaluated. References (``RefExpr.node``), symbols and types are no children."""

if hasattr(nodes, "TemplateStrExpr"):  # mypy 2.0, Python 3.14
    CHILDREN[nodes.TemplateStrExpr] = ("items",)

STATEMENTS: Final[dict[type[Node], tuple[str, ...]]] = {
    nodes.MypyFile: ("defs",),
    nodes.ClassDef: ("defs",),
    nodes.Decorator: ("func",),
    nodes.OverloadedFuncDef: ("items", "impl"),
    nodes.FuncDef: ("body",),
    nodes.Block: ("body",),
    nodes.WhileStmt: ("body", "else_body"),
    nodes.ForStmt: ("body", "else_body"),
    nodes.IfStmt: ("body", "else_body"),
    nodes.TryStmt: ("body", "handlers", "else_body", "finally_body"),
    nodes.WithStmt: ("body",),
    nodes.MatchStmt: ("bodies",),
}
"""Those of them that hold statements."""

SEQUENCES: Final = (list, tuple)

NewScope = (nodes.FuncDef, nodes.LambdaExpr, nodes.ClassDef)
"""Nodes whose body does not run where it stands."""


def children(node: Node, contents: Mapping[type[Node], tuple[str, ...]] = CHILDREN) -> list[Node]:
    """The nodes directly inside ``node``, in the order of evaluation; with ``STATEMENTS`` only statements.

    There are none in a block that mypy does not analyse (``if sys.version_info < (3, 8)``), and none in a node of a
    class that mypy added later.
    """
    if isinstance(node, nodes.Block) and node.is_unreachable:
        return []
    found: list[Node] = []
    for attribute in contents.get(type(node), ()):
        value = getattr(node, attribute)
        if isinstance(value, Node):
            found.append(value)
        elif value:
            _collect(value, found)
    return found


def _collect(values: object, found: list[Node]) -> None:
    """Append the nodes in a list, tuple or dict, and in those that it holds."""
    if isinstance(values, dict):
        values = values.values()
    elif not isinstance(values, SEQUENCES):
        return
    for value in values:
        if isinstance(value, Node):
            found.append(value)
        elif value:
            _collect(value, found)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and all that is below it, depth first, in the order of evaluation."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack += reversed(children(node))


def walk_scope(node: Node) -> Iterator[Node]:
    """What runs when ``node`` runs: ``walk``, but not into the functions, lambdas and classes defined there."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, NewScope):
            stack += reversed(children(node))


def walk_statements(body: nodes.Block, *, inner: bool) -> Iterator[nodes.Statement]:
    """The statements in a block and in the blocks that these hold, without the expressions in them.

    Args:
        inner: whether those of the functions and classes that are defined there count.
    """
    stack: list[Node] = [body]
    while stack:
        statement = stack.pop()
        assert isinstance(statement, nodes.Statement)
        yield statement
        if type(statement) in STATEMENTS and (inner or not isinstance(statement, NewScope)):
            stack += reversed(children(statement, STATEMENTS))


def walk_body(function: nodes.FuncItem) -> Iterator[Node]:
    """What runs when ``function`` is called: the nodes of its body, without nested functions, lambdas and classes."""
    yield from walk_scope(function.body)


def names_in(node: Node) -> frozenset[str]:
    """The names and the attributes in ``node``.

    mypy's own visitor is compiled: this is a quick look before a walk.
    """
    seen = NameAndMemberCollector()
    node.accept(seen)
    return frozenset([expr.name for expr in seen.member_exprs] + [expr.name for expr in seen.name_exprs])


def parents(root: Node) -> dict[Node, Node]:
    """Each node below ``root`` with the node that directly holds it."""
    held_by: dict[Node, Node] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        for child in children(node):
            if child not in held_by:
                held_by[child] = node
                stack.append(child)
    return held_by
