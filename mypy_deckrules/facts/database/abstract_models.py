"""The abstract models of Django that projects derive theirs from: the stubs do not show what is unique in them.

https://docs.djangoproject.com/en/5.2/topics/auth/customizing/#substituting-a-custom-user-model,
https://docs.djangoproject.com/en/5.2/topics/http/sessions/#extending-database-backed-session-engines
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mypy_deckrules import names

_USERS: Final = "django.contrib.auth.models"
_COLUMN: Final = {"kind": "column"}


def _many(to: str) -> dict[str, object]:
    return {"kind": "many_to_many", "to": f"{_USERS}.{to}", "related_name": "user_set"}


ABSTRACT_MODELS: Final[Mapping[str, Mapping[str, Any]]] = {
    names.ABSTRACT_BASE_USER: {"fields": {"password": _COLUMN, "last_login": {**_COLUMN, "null": True}}},
    f"{_USERS}.PermissionsMixin": {
        "fields": {"is_superuser": _COLUMN, "groups": _many("Group"), "user_permissions": _many("Permission")}
    },
    f"{_USERS}.AbstractUser": {
        "fields": {
            "username": {**_COLUMN, "unique": True},
            **dict.fromkeys(("first_name", "last_name", "email", "is_staff", "is_active", "date_joined"), _COLUMN),
        }
    },
    "django.contrib.sessions.base_session.AbstractBaseSession": {
        "fields": {"session_key": {**_COLUMN, "primary_key": True}, "session_data": _COLUMN, "expire_date": _COLUMN}
    },
}
"""By full name, what ``facts.database.model_bodies`` writes down of others."""
