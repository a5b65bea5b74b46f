"""What a project's configuration says: the Django settings module and ``app.conf``, read from their source.

Nothing is imported: assignments are read when mypy reads the module, and kept in its cache. A value that is no literal
(``env.int("LIMIT")``) counts as set, to something unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeGuard

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Expression, MypyFile
from mypy.options import Options as MypyOptions
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.modules import definitions
from mypy_deckrules.facts.code.sources import imports, is_findable, sources, text_of
from mypy_deckrules.facts.code.tree import walk
from mypy_deckrules.facts.metadata import recall, remember

TOPIC: Final = "setting"
CONF: Final = "conf"
CHOSEN: Final = "chosen"
_CHOICE: Final = re.compile(r"""["']DJANGO_SETTINGS_MODULE["']\]?\s*[,=]\s*["'](?P<module>\w+(\.\w+)*)["']""")

CELERY_SETTINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "task_time_limit": ("CELERY_TASK_TIME_LIMIT", "CELERYD_TASK_TIME_LIMIT"),
    "task_soft_time_limit": ("CELERY_TASK_SOFT_TIME_LIMIT", "CELERYD_TASK_SOFT_TIME_LIMIT"),
    "task_ignore_result": ("CELERY_TASK_IGNORE_RESULT", "CELERY_IGNORE_RESULT"),
    "task_serializer": ("CELERY_TASK_SERIALIZER",),
    "result_serializer": ("CELERY_RESULT_SERIALIZER",),
    "task_acks_late": ("CELERY_TASK_ACKS_LATE", "CELERY_ACKS_LATE"),
    "task_annotations": ("CELERY_TASK_ANNOTATIONS", "CELERY_ANNOTATIONS"),
}
"""Celery's settings, with the names that they have in a Django settings module: those of the namespace ``CELERY`` and
those of before Celery 4 (Celery, "Configuration and defaults", "New lowercase settings")."""

DJANGO_SETTINGS: Final = frozenset(
    {"ATOMIC_REQUESTS", "DATABASES", *(name for spellings in CELERY_SETTINGS.values() for name in spellings)}
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that the project makes; ``value`` is None where it is no literal, or the literal ``None``."""

    value: bool | int | float | str | None
    is_known: bool

    @property
    def is_set(self) -> bool:
        """Whether it is anything but the literal ``None``."""
        return not self.is_known or self.value is not None


def notice_settings(api: SemanticAnalyzer) -> None:
    """Remember the settings that the module at work makes, as a Django settings module or on ``app.conf``."""
    tree = api.cur_mod_node
    chosen = chosen_settings(tree, api.options)
    if chosen is not None:
        remember(api, TOPIC, CHOSEN, {"module": chosen})
    conf: dict[str, dict[str, object]] = {}
    for statement in definitions(tree.defs):
        for name, value in _assignments(statement):
            remember(api, TOPIC, name, _fact(name, value))
        conf.update({name: _as_fact(literal(value)) for name, value in _conf(statement)})
    if conf:
        remember(api, TOPIC, CONF, conf)


def chosen_settings(tree: MypyFile, mypy_options: MypyOptions) -> str | None:
    """The Django settings module that a module, as parsed, chooses where the environment names none; the one that makes
    the app does so: ``os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")``.
    """
    chosen = _CHOICE.search(text_of(tree, mypy_options)) if imports(tree, "celery") else None
    return chosen["module"] if chosen is not None else None


def needs_settings(module: str | None, tree: MypyFile, mypy_options: MypyOptions) -> TypeGuard[str]:
    """Whether the settings module must be in the build when a module is checked, and can be.

    Args:
        module: the name of the settings module, if the project has one.
        tree: the module, as parsed.
    """
    if module is None or tree.fullname == module:
        return False
    if not imports(tree, "celery") and not imports(tree, "django"):
        return False
    return is_findable(module, tree, mypy_options)


def app_packages(tree: MypyFile) -> list[str]:
    """The packages that a module of tasks lies in: their ``__init__`` makes the app, and is to be read first.

    mypy itself does not order a module after its packages.
    """
    if not imports(tree, "celery"):
        return []
    parts = tree.fullname.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def celery_setting(api: TypeChecker, options: Options, name: str) -> Setting | None:
    """One of Celery's settings as it holds for the module that is being checked; None where nobody makes it.

    Args:
        name: in lower case, as on ``app.conf``: one of ``CELERY_SETTINGS``.
    """
    for spelling in CELERY_SETTINGS[name]:
        if (fact := _django_setting(api, options, spelling)) is not None:
            return _setting(fact)
    for module in sources(api.tree, api.modules):
        conf = recall(api, TOPIC, f"{module.fullname}.{CONF}") or {}
        made = conf.get(name)
        if isinstance(made, dict):
            return _setting(made)
    return None


def atomic_requests(api: TypeChecker, options: Options) -> bool:
    """Whether each request runs in a transaction: the option, or ``ATOMIC_REQUESTS`` of any database."""
    if options.atomic_requests is not None:
        return options.atomic_requests
    facts = [_django_setting(api, options, name) or {} for name in ("DATABASES", "ATOMIC_REQUESTS")]
    return any(fact.get("atomic_requests") is True for fact in facts)


def literal(expr: Expression) -> Setting:
    """The value of a literal, of arithmetic on numbers, and of ``True``, ``False`` and ``None``."""
    match expr:
        case nodes.IntExpr(value=number) | nodes.FloatExpr(value=number):
            return Setting(number, is_known=True)
        case nodes.StrExpr(value=text):
            return Setting(text, is_known=True)
        case nodes.NameExpr(name="True" | "False" as name):
            return Setting(name == "True", is_known=True)
        case nodes.NameExpr(name="None"):
            return Setting(None, is_known=True)
        case nodes.UnaryExpr(op="-", expr=operand) if isinstance(positive := literal(operand).value, int | float):
            return Setting(-positive, is_known=True)
        case nodes.OpExpr(op="*" | "+" as op, left=left, right=right):
            a, b = literal(left).value, literal(right).value
            if isinstance(a, int | float) and isinstance(b, int | float):
                return Setting(a * b if op == "*" else a + b, is_known=True)
        case _:
            pass
    return Setting(None, is_known=False)


def _assignments(statement: nodes.Statement) -> Iterator[tuple[str, Expression]]:
    if isinstance(statement, nodes.AssignmentStmt):
        for target in statement.lvalues:
            if isinstance(target, nodes.IndexExpr):  # DATABASES["default"]["ATOMIC_REQUESTS"] = True
                base = target.base.base if isinstance(target.base, nodes.IndexExpr) else target.base
                key = target.index.value if isinstance(target.index, nodes.StrExpr) else ""
                if isinstance(base, nodes.NameExpr) and base.name == "DATABASES" and key == "ATOMIC_REQUESTS":
                    yield key, statement.rvalue
            elif isinstance(target, nodes.NameExpr) and target.name in DJANGO_SETTINGS:
                yield target.name, statement.rvalue


def _fact(name: str, value: Expression) -> dict[str, object]:
    if name == "DATABASES":
        atomic = any(
            isinstance(key, nodes.StrExpr) and key.value == "ATOMIC_REQUESTS" and literal(item).value is True
            for node in walk(value)
            if isinstance(node, nodes.DictExpr)
            for key, item in node.items
        )
        return {"atomic_requests": atomic}
    if name == "ATOMIC_REQUESTS":
        return {"atomic_requests": literal(value).value is True}
    return _as_fact(literal(value))


def _conf(statement: nodes.Statement) -> Iterator[tuple[str, Expression]]:
    """The settings that a statement makes on ``app.conf``."""
    match statement:
        case nodes.AssignmentStmt(lvalues=[nodes.MemberExpr(expr=nodes.MemberExpr(name="conf"), name=name)]):
            if name in CELERY_SETTINGS:
                yield name, statement.rvalue
        case nodes.AssignmentStmt(lvalues=[nodes.IndexExpr(base=nodes.MemberExpr(name="conf"), index=nodes.StrExpr())]):
            target = statement.lvalues[0]
            assert isinstance(target, nodes.IndexExpr)
            if isinstance(target.index, nodes.StrExpr) and target.index.value in CELERY_SETTINGS:
                yield target.index.value, statement.rvalue
        case nodes.ExpressionStmt(
            expr=nodes.CallExpr(callee=nodes.MemberExpr(expr=nodes.MemberExpr(name="conf"), name="update")) as call
        ):
            for keyword, value in zip(call.arg_names, call.args, strict=True):
                if keyword is not None and keyword in CELERY_SETTINGS:
                    yield keyword, value
                elif isinstance(value, nodes.DictExpr):
                    for key, item in value.items:
                        if isinstance(key, nodes.StrExpr) and key.value in CELERY_SETTINGS:
                            yield key.value, item
        case _:
            return


def _as_fact(setting: Setting) -> dict[str, object]:
    return {"value": setting.value, "is_known": setting.is_known}


def _setting(fact: Mapping[str, object]) -> Setting:
    value = fact.get("value")
    assert value is None or isinstance(value, bool | int | float | str)
    return Setting(value, is_known=fact.get("is_known") is True)


def _chosen_by_app(api: TypeChecker) -> str | None:
    """The settings module that a module chooses which the one at work imports, near or far."""
    for module in sources(api.tree, api.modules):
        chosen = (recall(api, TOPIC, f"{module.fullname}.{CHOSEN}") or {}).get("module")
        if isinstance(chosen, str):
            return chosen
    return None


def _django_setting(api: TypeChecker, options: Options, name: str) -> Mapping[str, object] | None:
    module = options.settings_module or _chosen_by_app(api)
    tree = api.modules.get(module) if module is not None else None
    if module is None or tree is None:
        return None
    own = recall(api, TOPIC, f"{module}.{name}")
    if own is not None:
        return own
    symbol = tree.names.get(name)  # ``from .base import *`` binds the name here; the fact stays where it was made
    return recall(api, TOPIC, symbol.node.fullname) if symbol is not None and symbol.node is not None else None
