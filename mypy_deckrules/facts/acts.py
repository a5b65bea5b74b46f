"""What must not be done twice: mail that is sent, calls to the network, tasks that are sent, rows that are created."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, MemberExpr, RefExpr
from mypy.types import Instance, TypeVarType, get_proper_type

from mypy_deckrules import names


class Act(Enum):
    """A kind of act, as words for a message."""

    MAIL = "sends mail"
    HTTP = "makes an HTTP call"
    TASK = "sends a task"
    ROW = "creates a row"


MAIL_FUNCTIONS: Final = frozenset(
    f"django.core.mail.{name}" for name in ("send_mail", "send_mass_mail", "mail_admins", "mail_managers")
)
EMAIL_MESSAGE: Final = "django.core.mail.message.EmailMessage"
SENDING: Final = ("delay", "apply_async", "delay_on_commit", "apply_async_on_commit")
CREATING: Final = ("create", "bulk_create", "acreate", "abulk_create")

FUNCTIONS: Final[Mapping[str, Act]] = {
    **dict.fromkeys(MAIL_FUNCTIONS, Act.MAIL),
    **dict.fromkeys(names.HTTP_FUNCTIONS, Act.HTTP),
}
METHODS: Final[Mapping[str, Mapping[str, Act]]] = {
    **{method: dict.fromkeys(classes, Act.HTTP) for method, classes in names.HTTP_METHODS.items()},
    "send": {EMAIL_MESSAGE: Act.MAIL, **dict.fromkeys(names.HTTP_METHODS["send"], Act.HTTP)},
    **{method: dict.fromkeys((names.TASK, names.SIGNATURE), Act.TASK) for method in SENDING},
    "send_task": {names.CELERY: Act.TASK},
    **{method: dict.fromkeys((names.QUERY_SET, names.BASE_MANAGER), Act.ROW) for method in CREATING},
}
"""The methods that act, with the classes that define them."""


def act_of(api: TypeChecker, call: CallExpr) -> Act | None:
    """What a call does that must not happen twice; None for any other, and for one that mypy has not checked yet."""
    callee = call.callee
    if isinstance(callee, RefExpr) and callee.fullname in FUNCTIONS:
        return FUNCTIONS[callee.fullname]
    if not isinstance(callee, MemberExpr) or callee.name not in METHODS or not api.has_type(callee.expr):
        return None
    receiver = get_proper_type(api.lookup_type(callee.expr))
    if isinstance(receiver, TypeVarType):
        receiver = get_proper_type(receiver.upper_bound)
    if not isinstance(receiver, Instance):
        return None
    return next((act for base, act in METHODS[callee.name].items() if receiver.type.has_base(base)), None)
