"""How much of what a project dispatches the plugin can judge, and why it cannot judge the rest.

    python -P -m tests.real.reach --config mypy.ini PACKAGE...

Written is what the syntax shows (`tests.real.syntax`). Judged is a call whose receiver mypy knows as one of the classes
in the plugin's table of dispatches: there its rules are asked, and only there. mypy is run in this process, as the
configuration says, without cache, and the types that it gave to the receivers are read off afterwards; so the same run
without the plugin in ``plugins`` shows what the stubs see alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mypy import build
from mypy.fscache import FileSystemCache
from mypy.main import process_options
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import (
    Block,
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    MemberExpr,
    MypyFile,
    Node,
    RefExpr,
)
from mypy.options import Options
from mypy.types import (
    AnyType,
    Instance,
    Parameters,
    ProperType,
    Type,
    TypeOfAny,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
)

from mypy_deckrules.facts.code.tree import children
from mypy_deckrules.facts.dispatches.dispatch import FUNCTIONS, METHODS
from mypy_deckrules.names import SIGNATURE, TASK
from tests.real.syntax import Dispatch, Span, Survey, python_files, survey

ANY: Final = {
    TypeOfAny.unannotated: "unannotated",
    TypeOfAny.explicit: "annotated so",
    TypeOfAny.from_unimported_type: "import not found",
    TypeOfAny.from_omitted_generics: "type arguments left out",
    TypeOfAny.from_error: "after an error",
    TypeOfAny.special_form: "special form",
    TypeOfAny.from_another_any: "from another Any",
    TypeOfAny.implementation_artifact: "mypy could not infer it",
}


@dataclass(frozen=True, slots=True)
class Lost:
    """A dispatch that the rules are not asked about: ``reason`` is short and countable, ``detail`` is of this call."""

    dispatch: Dispatch
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What was written and what is judged of it; ``with_parameters`` of those ``on_tasks`` know them."""

    written: Survey
    judged: list[Dispatch]
    with_parameters: int
    on_tasks: int
    lost: list[Lost]


@dataclass(frozen=True, slots=True)
class _Call:
    """A call in mypy's tree and how it stands there."""

    node: CallExpr
    checked: bool
    reachable: bool


def measure(arguments: Sequence[str], files: Sequence[Path], skip: str | None = None) -> Reach:
    """Build with mypy's command line ``arguments`` and look up every dispatch written in ``files``.

    ``skip`` is a regular expression; files whose path it matches are left out of the count.
    """
    fscache = FileSystemCache()
    sources, options = process_options(list(arguments), fscache=fscache)
    options.export_types = True
    options.preserve_asts = True
    options.incremental = False
    result = build.build(sources, options, flush_errors=lambda *_: None, fscache=fscache)

    written = survey(path for path in files if not (skip and re.search(skip, str(path))))
    trees = {Path(tree.path).resolve(): tree for tree in result.files.values()}
    calls: dict[Path, dict[Span, _Call]] = {}
    judged: list[Dispatch] = []
    lost: list[Lost] = []
    with_parameters = on_tasks = 0
    for dispatch in written.dispatches:
        path = dispatch.path.resolve()
        tree = trees.get(path)
        if tree is None:
            lost.append(Lost(dispatch, "file not in the build", ""))
            continue
        if path not in calls:
            calls[path] = {_span(call.node): call for call in _calls(tree, options)}
        found = calls[path].get(dispatch.span)
        if found is None:
            lost.append(Lost(dispatch, "not in mypy's tree", ""))
            continue
        receiver = _receiver(found.node)
        known = result.types.get(receiver)
        if known is None:
            lost.append(Lost(dispatch, _why_unseen(found), ""))
            continue
        if _is_judged(receiver, known, dispatch.method):
            judged.append(dispatch)
            tasks = [item for item in _instances(known) if item.type.has_base(TASK)]
            on_tasks += bool(tasks)
            with_parameters += any(map(_knows_parameters, tasks))
        else:
            lost.append(_lost_receiver(dispatch, receiver, get_proper_type(known), result.types))
    return Reach(written, judged, with_parameters, on_tasks, lost)


def _calls(tree: MypyFile, options: Options) -> Iterator[_Call]:
    """Every call in ``tree``, in or out of reach of mypy's checker."""
    check_all = options.clone_for_module(tree.fullname).check_untyped_defs
    todo: list[tuple[Node, bool, bool]] = [(tree, True, True)]
    while todo:
        node, checked, reachable = todo.pop()
        if isinstance(node, CallExpr):
            yield _Call(node, checked, reachable)
        elif isinstance(node, FuncDef):
            checked = check_all or node.type is not None
        elif isinstance(node, Block):
            reachable = reachable and not node.is_unreachable
        todo.extend((child, checked, reachable) for child in children(node))


def _span(node: Expression) -> Span:
    return Span(node.line, node.column, node.end_line or node.line, node.end_column or 0)


def _receiver(call: CallExpr) -> Expression:
    """What the rules go by: the object whose method is called, or what is called itself."""
    return call.callee.expr if isinstance(call.callee, MemberExpr) else call.callee


def _is_judged(receiver: Expression, known: Type, method: str) -> bool:
    if isinstance(receiver, RefExpr) and receiver.fullname in FUNCTIONS:
        return True
    owners = METHODS.get(method, {SIGNATURE})
    return any(item.type.has_base(owner) for item in _instances(known) for owner in owners)


def _instances(known: Type) -> list[Instance]:
    proper = get_proper_type(known)
    items = flatten_nested_unions(proper.items) if isinstance(proper, UnionType) else [proper]
    return [item for item in map(get_proper_type, items) if isinstance(item, Instance)]


def _knows_parameters(task: Instance) -> bool:
    base = next(info for info in task.type.mro if info.fullname == TASK)
    parameters = get_proper_type(map_instance_to_supertype(task, base).args[0])
    return isinstance(parameters, Parameters) and not parameters.is_ellipsis_args


def _why_unseen(call: _Call) -> str:
    if not call.checked:
        return "function not checked (unannotated)"
    return "unreachable for mypy" if not call.reachable else "no type (unreachable or deferred)"


def _lost_receiver(dispatch: Dispatch, receiver: Expression, known: ProperType, types: dict[Expression, Type]) -> Lost:
    name = getattr(receiver, "fullname", "") or getattr(receiver, "name", "") or type(receiver).__name__
    if not isinstance(known, AnyType):
        unseen_base = any(item.type.fallback_to_any for item in _instances(known))
        reason = "receiver's class has a base that is Any" if unseen_base else "receiver has no such dispatch"
        return Lost(dispatch, reason, f"{name}: {known}")
    while known.source_any is not None:
        known = known.source_any
    if known.missing_import_name:
        return Lost(dispatch, "receiver is Any: import not found", f"{name}: {known.missing_import_name}")
    origin = ANY.get(known.type_of_any, str(known.type_of_any))
    if isinstance(receiver, RefExpr) and isinstance(receiver.node, Decorator):
        for decorator in receiver.node.original_decorators:
            if decorator in types and isinstance(get_proper_type(types[decorator]), AnyType):
                return Lost(dispatch, f"its decorator is Any: {origin}", f"{name}: line {decorator.line}")
    return Lost(dispatch, f"receiver is Any: {origin}", name)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; exit 0 when at least ``--goal`` in 100 of the dispatches written are judged, else 1."""
    parser = argparse.ArgumentParser(prog="tests.real.reach", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("packages", nargs="+", metavar="PACKAGE", help="folders to check, below the current one")
    parser.add_argument("--config", required=True, help="mypy's configuration file")
    parser.add_argument("--skip", metavar="REGEX", help="paths left out of the count")
    parser.add_argument("--goal", type=int, default=95, metavar="N")
    options = parser.parse_args(argv)
    arguments = ["--config-file", options.config, *options.packages]
    reach = measure(arguments, python_files(Path(), options.packages), options.skip)
    print(report(reach))
    return 0 if share(reach) >= options.goal else 1


def share(reach: Reach) -> float:
    """Judged of 100 written."""
    written = len(reach.written.dispatches)
    return 100 * len(reach.judged) / written if written else 100.0


def report(reach: Reach) -> str:
    """Counts by syntax, then the lost calls by reason, then each of them."""
    written = Counter(dispatch.method for dispatch in reach.written.dispatches)
    judged = Counter(dispatch.method for dispatch in reach.judged)
    lines = [f"{method:24} {judged[method]:4} of {count:4} judged" for method, count in written.most_common()]
    lines.append(f"{'all':24} {len(reach.judged):4} of {written.total():4} judged ({share(reach):.0f} in 100)")
    lines.append(f"{'parameters known':24} {reach.with_parameters:4} of {reach.on_tasks:4} judged on a task")
    for reason, count in Counter(lost.reason for lost in reach.lost).most_common():
        lines.append(f"\n{count} lost: {reason}")
        for lost in reach.lost:
            if lost.reason == reason:
                detail = f"  [{lost.detail}]" if lost.detail else ""
                lines.append(f"  {lost.dispatch.path}:{lost.dispatch.span.line}: {lost.dispatch.source}{detail}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
