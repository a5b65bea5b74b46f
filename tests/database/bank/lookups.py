"""Lookups that create a row, each run twice as if two processes did: neither finds the other's row.

A line is reported if, and only if, the database takes both rows. ``new`` is another text each time.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from bank.models import Account, Branch, Card
from django.db import models

Lookup = Callable[[str, Account], tuple[models.Model, bool]]
LOOKUPS: list[Lookup] = []
NOW = datetime.now(UTC)


def lookup(function: Lookup) -> Lookup:
    LOOKUPS.append(function)
    return function


@lookup
def by_a_unique_field(new: str, account: Account) -> tuple[models.Model, bool]:
    return Account.objects.get_or_create(number="7", defaults={"owner": new})


@lookup
def by_a_unique_field_and_another(new: str, account: Account) -> tuple[models.Model, bool]:
    return Account.objects.get_or_create(number__exact="7", defaults={"number": "7", "owner": new})


@lookup
def by_another_field(new: str, account: Account) -> tuple[models.Model, bool]:
    return Account.objects.get_or_create(owner="ann", defaults={"number": new})


@lookup
def by_a_case_insensitive_lookup(new: str, account: Account) -> tuple[models.Model, bool]:
    return Account.objects.get_or_create(number__iexact="seven", defaults={"number": new})


@lookup
def by_the_primary_key(new: str, account: Account) -> tuple[models.Model, bool]:
    return Account.objects.get_or_create(pk=77, defaults={"number": new})


@lookup
def by_the_primary_keys_name(new: str, account: Account) -> tuple[models.Model, bool]:
    return Account.objects.update_or_create(id=77, defaults={"number": new})


@lookup
def by_all_that_is_inherited(new: str, account: Account) -> tuple[models.Model, bool]:
    return Branch.objects.get_or_create(bank="a", code="b")


@lookup
def by_half_of_what_is_inherited(new: str, account: Account) -> tuple[models.Model, bool]:
    return Branch.objects.get_or_create(bank="a", defaults={"code": new})


@lookup
def by_a_constraint(new: str, account: Account) -> tuple[models.Model, bool]:
    return Card.objects.get_or_create(account=account, kind="gold", defaults={"lost_at": NOW})


@lookup
def by_a_constraint_in_other_words(new: str, account: Account) -> tuple[models.Model, bool]:
    return Card.objects.get_or_create(
        account_id=account.pk, kind__exact="gold", defaults={"kind": "gold", "lost_at": NOW}
    )


@lookup
def by_the_primary_key_of_a_relation(new: str, account: Account) -> tuple[models.Model, bool]:
    given = {"account": account, "lost_at": NOW}
    return Card.objects.get_or_create(account__pk=account.pk, kind="gold", defaults=given)


@lookup
def by_half_of_a_constraint(new: str, account: Account) -> tuple[models.Model, bool]:
    return Card.objects.get_or_create(account=account, defaults={"kind": new})


@lookup
def by_one_to_one(new: str, account: Account) -> tuple[models.Model, bool]:
    return Card.objects.get_or_create(branch_id=1000, defaults={"account": account, "kind": new})


@lookup
def by_a_condition_that_holds(new: str, account: Account) -> tuple[models.Model, bool]:
    return Card.objects.get_or_create(account=account, is_main=True, defaults={"kind": new})


@lookup
def by_a_condition_that_does_not_hold(new: str, account: Account) -> tuple[models.Model, bool]:
    return Card.objects.get_or_create(account=account, is_main=False, defaults={"kind": new})


@lookup
def by_a_condition_on_null(new: str, account: Account) -> tuple[models.Model, bool]:
    owner = Account.objects.create(number=new)
    return Card.objects.get_or_create(kind="gold", lost_at=None, defaults={"account": owner})


@lookup
def by_a_condition_that_is_not_stated(new: str, account: Account) -> tuple[models.Model, bool]:
    owner = Account.objects.create(number=new)
    return Card.objects.get_or_create(kind="gold", defaults={"account": owner, "lost_at": NOW})
