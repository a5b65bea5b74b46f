from typing import Any

from answers import ask
from answers.models import Account, Owner
from django.db.models import Q


def lookups(owner: Owner, text: str, kwargs: dict[str, Any], rows: Any) -> None:
    ask.lookup(Owner.objects.get_or_create(email=text))  # = email: unique
    ask.lookup(Owner.objects.get_or_create(email__exact=text))  # = email: unique
    ask.lookup(Owner.objects.get_or_create(email__iexact=text))  # = email__iexact: not unique
    ask.lookup(Owner.objects.get_or_create(name=text, defaults={"email": text}))  # = name: not unique
    ask.lookup(Owner.objects.get_or_create({"email": text}, name=text))  # = name: not unique
    ask.lookup(Owner.objects.filter(name=text).get(email=text))  # = email name: unique
    ask.lookup(Owner.objects.filter(name=text).order_by("pk").exists())  # = name: not unique
    ask.lookup(Owner.objects.get(pk=1))  # = pk: unique
    ask.lookup(Owner.objects.get(id=1))  # = id: unique
    ask.lookup(Owner.objects.first())  # = nothing: not unique
    ask.lookup(Account.plain.get(owner_id=1, kind=text))  # = kind owner: unique
    ask.lookup(Account.plain.get(owner__pk=1, kind=text))  # = kind owner: unique
    ask.lookup(Account.plain.get(owner__id__exact=1))  # = owner: not unique
    ask.lookup(Account.plain.get(balance__gt=3, owner=owner))  # = balance__gt owner: not unique
    ask.lookup(Account.plain.get(owner__email=text))  # = unknown
    ask.lookup(Account.plain.get(kind__sounds_like=text))  # = unknown
    ask.lookup(Owner.objects.get(Q(name=text)))  # = unknown
    ask.lookup(Owner.objects.get(**kwargs))  # = unknown
    ask.lookup(Owner.objects.get(**{"name": text}))  # = name: not unique
    ask.lookup(Owner.objects.exclude(name=text).get(email=text))  # = unknown
    ask.lookup(rows.get(name=text))  # = unknown
    some = Owner.objects.filter(name=text)
    ask.lookup(some.get(email=text))  # = email name: unique

# ruff: noqa: PIE804
