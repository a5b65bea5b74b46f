"""What is written down of Django's abstract models is what Django says of them."""

from __future__ import annotations

import json
import subprocess
import sys

from mypy_deckrules.facts.database.abstract_models import ABSTRACT_MODELS

ASK = """
import json, sys
import django
from django.conf import settings
from django.utils.module_loading import import_string

settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"])
django.setup()


def described(field):
    if field.many_to_many:
        to = field.remote_field.model
        return {
            "kind": "many_to_many",
            "to": to if isinstance(to, str) else f"{to.__module__}.{to.__qualname__}",
            "related_name": field.remote_field.related_name,
        }
    options = {option: True for option in ("primary_key", "null") if getattr(field, option)}
    return {"kind": "column", **options, **({"unique": True} if field._unique else {})}


def fields(name):
    meta = import_string(name)._meta
    assert meta.abstract and not meta.unique_together and not meta.constraints
    inherited = {field.name for base in meta.parents for field in base._meta.get_fields()}
    abstract = [base for base in meta.model.__mro__[1:] if hasattr(base, "_meta")]
    inherited |= {field.name for base in abstract for field in base._meta.get_fields()}
    return {field.name: described(field) for field in meta.get_fields() if field.name not in inherited}


print(json.dumps({name: {"fields": fields(name)} for name in json.loads(sys.argv[1])}))
"""


def test_as_django_says() -> None:
    asked = json.dumps(list(ABSTRACT_MODELS))
    answer = subprocess.run([sys.executable, "-c", ASK, asked], capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == ABSTRACT_MODELS
