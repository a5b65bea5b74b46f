"""The registry: every rule's code, family, default and summary, and mypy's error code for each.

Adding a rule is one row in ``RULES`` and one module: the row ``Rule("http-timeout", HTTP, ...)`` is implemented by
``mypy_deckrules/rules/http/http_timeout.py``.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from mypy.errorcodes import ErrorCode

HOMEPAGE: Final = "https://github.com/mypy-deckrules/mypy-deckrules"
DOCUMENTATION: Final = "https://mypy-deckrules.readthedocs.io/en/latest"


class Family(NamedTuple):
    """A group of rules; its code is the parent of theirs.

    ``package`` is the folder below ``mypy_deckrules/rules/`` that holds its rules.
    """

    code: str
    package: str
    summary: str


class Rule(NamedTuple):
    """One rule of the public contract: what users write in ``select``, ``ignore`` and ``# type: ignore[...]``."""

    code: str
    family: Family
    default: bool
    summary: str

    @property
    def module(self) -> str:
        """The full name of the module that implements the rule."""
        return f"mypy_deckrules.rules.{self.family.package}.{self.code.replace('-', '_')}"

    @property
    def page(self) -> str:
        """The address of the rule's documentation page."""
        return f"{DOCUMENTATION}/rules/{self.code}/"


TASK: Final = Family("deck-task", "task", "Celery tasks: what they are given, how they fail, what they block")
HTTP: Final = Family("deck-http", "http", "Calls to the network")
TRANSACTION: Final = Family(
    "deck-transaction", "transaction", "What belongs into a transaction and what must wait for it"
)
RACE: Final = Family("deck-race", "race", "Code that two processes must not run at once")
QUERY: Final = Family("deck-query", "query", "Queries that grow with the number of rows")
DESIGN: Final = Family("deck-design", "design", "Types and classes that say what the code means")

FAMILIES: Final = (TASK, HTTP, TRANSACTION, RACE, QUERY, DESIGN)

RULES: Final = (
    Rule("task-model-param", TASK, True, "a task takes a model or a query set as a parameter"),
    Rule("task-model-arg", TASK, True, "a model or a query set is sent to a task"),
    Rule("task-json-param", TASK, True, "a task takes a parameter that its serializer cannot carry"),
    Rule("task-json-arg", TASK, True, "a value that the serializer cannot carry is sent to a task"),
    Rule("task-json-lossy", TASK, False, "a task's parameter arrives as something else than was sent"),
    Rule("task-json-result", TASK, False, "a task returns what its serializer cannot carry"),
    Rule("task-signature", TASK, True, "the arguments that are sent do not fit the task"),
    Rule("task-untyped", TASK, False, "a task has unannotated parameters or no return annotation"),
    Rule("task-blocking-result", TASK, True, "a task waits for the result of another"),
    Rule("task-time-limit", TASK, False, "a task has no time limit"),
    Rule("task-retry-policy", TASK, False, "a task's automatic retries come without backoff, jitter or end"),
    Rule("task-no-retry", TASK, False, "a task makes an HTTP call and does not retry when it fails"),
    Rule("task-acks-late", TASK, False, "a task that is acknowledged late is not idempotent"),
    Rule("task-failure-unseen", TASK, False, "nobody sees the last failure of a task that retries"),
    Rule("task-guard", TASK, False, "a task decides whether it has anything to do"),
    Rule("http-timeout", HTTP, True, "a network call has no timeout"),
    Rule("transaction-dispatch", TRANSACTION, True, "a task is sent before the transaction is committed"),
    Rule("transaction-missing", TRANSACTION, False, "several writes are not in one transaction"),
    Rule("race-read-modify-write", RACE, False, "a field is computed from itself and saved without a lock"),
    Rule("race-check-then-act", RACE, False, "a decision rests on an unlocked row"),
    Rule("race-get-or-create", RACE, True, "the lookup of get_or_create is not unique in the database"),
    Rule("query-in-loop", QUERY, False, "a query runs once per item of a loop"),
    Rule("query-create-in-loop", QUERY, False, "rows are created one by one in a loop"),
    Rule("query-related-in-loop", QUERY, False, "a related object is loaded once per item of a loop"),
    Rule("query-serializer-prefetch", QUERY, False, "a view's nested serializer loads related objects row by row"),
    Rule("service-return", DESIGN, True, "a public function of a service module has no return annotation"),
    Rule("design-mapping-annotation", DESIGN, False, "a mapping is built without an annotation of its keys and values"),
    Rule("design-stateless-class", DESIGN, False, "a class with one method should be a function"),
    Rule(
        "design-abstract-method", DESIGN, False, "a method raises NotImplementedError in a class that is not abstract"
    ),
    Rule("design-namedtuple", DESIGN, False, "collections.namedtuple has no types"),
)

RULES_BY_CODE: Final = {rule.code: rule for rule in RULES}
DEFAULT_CODES: Final = frozenset(rule.code for rule in RULES if rule.default)
ALL_CODES: Final = frozenset(RULES_BY_CODE)
CODES_BY_FAMILY: Final = {
    family.code: frozenset(rule.code for rule in RULES if rule.family is family) for family in FAMILIES
}

FAMILY_ERROR_CODES: Final = {
    family.code: ErrorCode(family.code, family.summary, "mypy_deckrules") for family in FAMILIES
}
ERROR_CODES: Final = {
    rule.code: ErrorCode(rule.code, rule.summary, "mypy_deckrules", sub_code_of=FAMILY_ERROR_CODES[rule.family.code])
    for rule in RULES
}
"""mypy's error codes. All are enabled as mypy sees them: whether a rule runs in a module is decided by
``mypy_deckrules.gate``, so that the project's own options can turn on what is off by default."""

INTERNAL: Final = ErrorCode("deck-internal", "An unexpected state in mypy_deckrules", "mypy_deckrules")


def expand(name: str) -> frozenset[str] | None:
    """The codes that ``name`` stands for in ``select`` and ``ignore``: a code, a family, ``default`` or ``all``.

    Returns None for a name that is none of these.
    """
    if name == "all":
        return ALL_CODES
    if name == "default":
        return DEFAULT_CODES
    if name in CODES_BY_FAMILY:
        return CODES_BY_FAMILY[name]
    return frozenset((name,)) if name in RULES_BY_CODE else None
