"""What must not be done twice: mail that is sent, calls to the network, tasks that are sent, rows that are created."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Expression, MemberExpr, NameExpr, OpExpr, RefExpr, Var
from mypy.types import CallableType, Instance, ProperType, TypeVarType, get_proper_type

from mypy_deckrules import names
from mypy_deckrules.facts.code.classes import typeinfo
from mypy_deckrules.facts.dispatches.canvas_types import SENT_WHEN_CALLED


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
ABSTRACT_USER: Final = "django.contrib.auth.models.AbstractUser"
SENDING: Final = ("delay", "apply_async", "delay_on_commit", "apply_async_on_commit")
CREATING: Final = ("create", "bulk_create", "acreate", "abulk_create")

FUNCTIONS: Final[Mapping[str, Act]] = {
    **dict.fromkeys(MAIL_FUNCTIONS, Act.MAIL),
    **dict.fromkeys(names.HTTP_FUNCTIONS, Act.HTTP),
}
METHODS: Final[Mapping[str, Mapping[str, Act]]] = {
    **{method: dict.fromkeys(classes, Act.HTTP) for method, classes in names.HTTP_METHODS.items()},
    "send": {EMAIL_MESSAGE: Act.MAIL, **dict.fromkeys(names.HTTP_METHODS["send"], Act.HTTP)},
    "email_user": {ABSTRACT_USER: Act.MAIL},
    **{method: dict.fromkeys((names.TASK, names.SIGNATURE), Act.TASK) for method in SENDING},
    "__call__": dict.fromkeys(SENT_WHEN_CALLED, Act.TASK),
    "send_task": {names.CELERY: Act.TASK},
    **{method: dict.fromkeys((names.QUERY_SET, names.BASE_MANAGER), Act.ROW) for method in CREATING},
}
"""The methods that act, with the classes that define them."""


def act_of(api: TypeChecker, call: CallExpr) -> Act | None:
    """What a call does that must not happen twice; None for any other, and for one that mypy has not checked yet."""
    callee = call.callee
    if isinstance(callee, RefExpr) and callee.fullname in FUNCTIONS:
        return FUNCTIONS[callee.fullname]
    if isinstance(callee, MemberExpr) and callee.name in METHODS:
        owner, method = _type_of(api, callee.expr), callee.name
    else:
        owner, method = _called(api, callee), "__call__"
    if isinstance(owner, TypeVarType):
        owner = get_proper_type(owner.upper_bound)
    if not isinstance(owner, Instance):
        return None
    return next((act for base, act in METHODS[method].items() if owner.type.has_base(base)), None)


def _type_of(api: TypeChecker, expr: Expression) -> ProperType | None:
    return get_proper_type(api.lookup_type(expr)) if api.has_type(expr) else None


def _called(api: TypeChecker, expr: Expression) -> ProperType | None:
    """The type of an object that is called; mypy keeps that of its ``__call__`` instead."""
    match expr:
        case CallExpr(callee=callee):
            made = _type_of(api, callee)
            return get_proper_type(made.ret_type) if isinstance(made, CallableType) else None
        case OpExpr(op="|", left=left):
            first, chain = _type_of(api, left), typeinfo(api, names.CHAIN_CLASS)
            is_chain = isinstance(first, Instance) and first.type.has_base(names.SIGNATURE)
            return Instance(chain, []) if is_chain and chain is not None else None
        case NameExpr(node=Var(type=typ)):
            return get_proper_type(typ)
        case _:
            return None
