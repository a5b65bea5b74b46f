"""What a project's configuration says: the Django settings module and ``app.conf``, read from their source.

Nothing is imported: assignments are read when mypy reads the module, and kept in its cache. A value that is no literal
(``env.int("LIMIT")``) counts as set, to something unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeGuard

from mypy import nodes
from mypy.checker import TypeChecker
from mypy.nodes import Expression, MypyFile
from mypy.options import Options as MypyOptions
from mypy.semanal import SemanticAnalyzer

from mypy_deckrules.config import Options
from mypy_deckrules.facts.code.modules import definitions, names_used
from mypy_deckrules.facts.code.sources import imports, is_findable, sources, text_of
from mypy_deckrules.facts.code.tree import walk, walk_statements
from mypy_deckrules.facts.code.wording import written
from mypy_deckrules.facts.keeping import kept
from mypy_deckrules.facts.metadata import Fact, recall, remember, remember_all, target_at_work

TOPIC: Final = "setting"
CONF: Final = "conf"
CHOSEN: Final = "chosen"
CONFIGURED: Final = "configured"
CONFIGURATION: Final = "celery configuration"
"""Topic of the settings that a module, or a class in it, has for ``app.config_from_object``."""
_CHOICE: Final = re.compile(r"""["']DJANGO_SETTINGS_MODULE["']\]?\s*[,=]\s*["'](?P<module>\w+(\.\w+)*)["']""")
_CONFIGURED_FROM: Final = re.compile(r"""config_from_object\(\s*["'](?P<module>\w+(\.\w+)*)["':]""")

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

CELERY_NAMES: Final = {spelling: name for name, spellings in CELERY_SETTINGS.items() for spelling in (name, *spellings)}
"""Each name that a module or class given to ``app.config_from_object`` may use, with Celery's."""

_CONFIGURING: Final = frozenset({"conf", "add_defaults", "config_from_object"})
"""The names in what configures an app, besides that of a class ``Celery``."""

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
        """Whether it is anything but ``None``, ``False`` or 0: for Celery these say nothing."""
        return not self.is_known or bool(self.value)


def notice_settings(api: SemanticAnalyzer) -> None:
    """Remember the settings that the module at work makes: as a Django settings module, on an app, or for one that is
    configured from it."""
    tree = api.cur_mod_node
    chosen = chosen_settings(tree, api.options)
    if chosen is not None:
        remember(api, TOPIC, CHOSEN, {"module": chosen})
    conf: dict[str, Fact] = {}
    for statement in definitions(tree.defs) if not names_used(tree).isdisjoint(DJANGO_SETTINGS) else ():
        for name, value in _assignments(statement):
            remember(api, TOPIC, name, _fact(name, value))
    for statement in _configuring(tree):
        conf.update({name: fact_of(literal(value)) for name, value in _conf(statement)})
        configured_from = _configured_from(statement)
        if configured_from is not None:
            remember(api, TOPIC, CONFIGURED, {"object": configured_from})
    if conf:
        remember(api, TOPIC, CONF, conf)
    remember_all(api, CONFIGURATION, dict(_configurations(tree)))


def chosen_settings(tree: MypyFile, mypy_options: MypyOptions) -> str | None:
    """The Django settings module that a module, as parsed, chooses where the environment names none; the one that makes
    the app does so: ``os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")``.
    """
    chosen = _CHOICE.search(text_of(tree, mypy_options)) if imports(tree, "celery") else None
    return chosen["module"] if chosen is not None else None


def configuration_named(tree: MypyFile, mypy_options: MypyOptions) -> str | None:
    """The module whose name a module, as parsed, gives ``app.config_from_object``."""
    named = _CONFIGURED_FROM.search(text_of(tree, mypy_options)) if imports(tree, "celery") else None
    return named["module"] if named is not None else None


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
            return setting_from(fact)
    return _apps_settings(api, target_at_work(api)).get(name)


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


def _fact(name: str, value: Expression) -> Fact:
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
    return fact_of(literal(value))


def _configuring(tree: MypyFile) -> Iterable[nodes.Statement]:
    """The statements of a module that may configure an app: of one that imports Celery, those in functions too."""
    if not any(name in _CONFIGURING or name.endswith("Celery") for name in names_used(tree)):
        return ()
    if imports(tree, "celery"):
        return walk_statements(nodes.Block(tree.defs), inner=True)
    return definitions(tree.defs)


def _conf(statement: nodes.Statement) -> Iterator[tuple[str, Expression]]:
    """The settings that a statement makes on ``app.conf``, or gives a new app."""
    match statement:
        case nodes.AssignmentStmt(lvalues=[nodes.MemberExpr(expr=nodes.MemberExpr(name="conf"), name=name)]):
            if name in CELERY_SETTINGS:
                yield name, statement.rvalue
        case nodes.AssignmentStmt(
            lvalues=[nodes.IndexExpr(base=nodes.MemberExpr(name="conf"), index=nodes.StrExpr(value=name))]
        ):
            if name in CELERY_SETTINGS:
                yield name, statement.rvalue
        case (
            nodes.ExpressionStmt(expr=nodes.CallExpr() as call)
            | nodes.AssignmentStmt(rvalue=nodes.CallExpr() as call)
            | nodes.ReturnStmt(expr=nodes.CallExpr() as call)
        ) if _takes_settings(call.callee):
            yield from _given(call)
        case _:
            return


def _takes_settings(callee: Expression) -> bool:
    """Whether a call takes settings: ``app.conf.update(...)``, ``app.add_defaults({...})``, ``Celery(...)``."""
    match callee:
        case nodes.MemberExpr(name="update", expr=nodes.MemberExpr(name="conf")):
            return True
        case nodes.NameExpr(name=name) | nodes.MemberExpr(name=name):
            return name == "add_defaults" or name.endswith("Celery")
        case _:
            return False


def _given(call: nodes.CallExpr) -> Iterator[tuple[str, Expression]]:
    for keyword, value in zip(call.arg_names, call.args, strict=True):
        if keyword is not None and keyword in CELERY_SETTINGS:
            yield keyword, value
        elif isinstance(value, nodes.DictExpr):  # also ``changes={...}``
            for key, item in value.items:
                if isinstance(key, nodes.StrExpr) and key.value in CELERY_SETTINGS:
                    yield key.value, item


def _configured_from(statement: nodes.Statement) -> str | None:
    """What a statement gives ``app.config_from_object``: a name of the module, with a dot before it, or a full name."""
    match statement:
        case nodes.ExpressionStmt(
            expr=nodes.CallExpr(callee=nodes.MemberExpr(name="config_from_object"), args=[given, *_])
        ):
            if isinstance(given, nodes.StrExpr):
                return given.value.replace(":", ".")
            return f".{written(given)}" if isinstance(given, nodes.NameExpr | nodes.MemberExpr) else None
        case _:
            return None


def _configurations(tree: MypyFile) -> Iterator[tuple[str, Fact]]:
    """The settings that a module and its classes have for an app, by the name of the class."""
    if names_used(tree).isdisjoint(CELERY_NAMES):
        return
    bodies = {"": tree.defs}
    bodies.update({node.name: node.defs.body for node in definitions(tree.defs) if isinstance(node, nodes.ClassDef)})
    for owner, body in bodies.items():
        made = {
            CELERY_NAMES[target.name]: fact_of(literal(statement.rvalue))
            for statement in definitions(body)
            if isinstance(statement, nodes.AssignmentStmt)
            for target in statement.lvalues
            if isinstance(target, nodes.NameExpr) and target.name in CELERY_NAMES
        }
        if made:
            yield owner, made


def _configuration(api: TypeChecker, module: MypyFile) -> Fact:
    """The settings of what a module gives ``app.config_from_object``."""
    given = (recall(api, TOPIC, f"{module.fullname}.{CONFIGURED}") or {}).get("object")
    if not isinstance(given, str):
        return {}
    name, _, rest = given.removeprefix(".").partition(".")
    symbol = module.names.get(name) if given.startswith(".") else None
    if symbol is not None and symbol.node is not None:
        given = f"{symbol.node.fullname}.{rest}".removesuffix(".")
    return recall(api, CONFIGURATION, given) or {}


def fact_of(setting: Setting) -> Fact:
    """What is remembered of a setting."""
    return {"value": setting.value, "is_known": setting.is_known}


def setting_from(fact: Fact) -> Setting:
    """The setting that ``fact_of`` was given."""
    value = fact.get("value")
    assert value is None or isinstance(value, bool | int | float | str)
    return Setting(value, is_known=fact.get("is_known") is True)


@kept
def _apps_settings(api: TypeChecker, target: str) -> Mapping[str, Setting]:
    """The settings of the app, as the nearest of the modules that the one at work imports makes each of them.

    Args:
        target: what is being checked, and is to be checked again when they change.
    """
    made: dict[str, Setting] = {}
    for module in sources(api):
        conf = recall(api, TOPIC, f"{module.fullname}.{CONF}") or {}
        for name, fact in {**_configuration(api, module), **conf}.items():
            if isinstance(fact, dict):
                made.setdefault(name, setting_from(fact))
    return made


@kept
def _chosen_by_app(api: TypeChecker, target: str) -> str | None:
    """The settings module that a module chooses which the one at work imports, near or far.

    Args:
        target: what is being checked, and is to be checked again when another is chosen.
    """
    for module in sources(api):
        chosen = (recall(api, TOPIC, f"{module.fullname}.{CHOSEN}") or {}).get("module")
        if isinstance(chosen, str):
            return chosen
    return None


def _django_setting(api: TypeChecker, options: Options, name: str) -> Mapping[str, object] | None:
    module = options.settings_module or _chosen_by_app(api, target_at_work(api))
    tree = api.modules.get(module) if module is not None else None
    if module is None or tree is None:
        return None
    own = recall(api, TOPIC, f"{module}.{name}")
    if own is not None:
        return own
    symbol = tree.names.get(name)  # ``from .base import *`` binds the name here; the fact stays where it was made
    return recall(api, TOPIC, symbol.node.fullname) if symbol is not None and symbol.node is not None else None
