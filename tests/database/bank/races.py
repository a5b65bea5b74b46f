"""Functions that two threads run at once; ``meanwhile`` lets the other one come in between.

What the rules report is marked; the other function of each pair does the same as it should be done.
"""

from collections.abc import Callable

from bank.models import Account
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

Meanwhile = Callable[[], object]


def spend(account_id: int, meanwhile: Meanwhile) -> None:
    account = Account.objects.get(pk=account_id)
    meanwhile()
    account.balance -= 1  # E: race-read-modify-write
    account.save()


@transaction.atomic
def spend_in_a_transaction(account_id: int, meanwhile: Meanwhile) -> None:
    account = Account.objects.get(pk=account_id)
    meanwhile()
    account.balance -= 1  # E: race-read-modify-write
    account.save()


def spend_in_the_database(account_id: int, meanwhile: Meanwhile) -> None:
    meanwhile()
    Account.objects.filter(pk=account_id).update(balance=F("balance") - 1)


@transaction.atomic
def spend_under_a_lock(account_id: int, meanwhile: Meanwhile) -> None:
    account = Account.objects.select_for_update().get(pk=account_id)
    meanwhile()
    account.balance -= 1
    account.save()


def welcome(account_id: int, meanwhile: Meanwhile) -> None:
    account = Account.objects.get(pk=account_id)
    if account.state == "new":  # E: race-check-then-act
        meanwhile()
        account.state = "welcomed"
        account.save()
        send_mail("Welcome", "", None, ["a@b.example"])


def welcome_by_update(account_id: int, meanwhile: Meanwhile) -> None:
    meanwhile()
    if Account.objects.filter(pk=account_id, state="new").update(state="welcomed"):
        send_mail("Welcome", "", None, ["a@b.example"])


@transaction.atomic
def welcome_under_a_lock(account_id: int, meanwhile: Meanwhile) -> None:
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.state == "new":
        meanwhile()
        account.state = "welcomed"
        account.save()
        send_mail("Welcome", "", None, ["a@b.example"])


def open_account(number: int, meanwhile: Meanwhile) -> None:
    """Let the number differ from thread to thread, as a generated one does."""
    Account.objects.get_or_create(owner="ann", defaults={"number": str(number)})  # E: race-get-or-create


@transaction.atomic
def open_account_in_a_transaction(number: int, meanwhile: Meanwhile) -> None:
    Account.objects.get_or_create(owner="ann", defaults={"number": str(number)})  # E: race-get-or-create


def open_account_by_hand(number: int, meanwhile: Meanwhile) -> None:
    if not Account.objects.filter(owner="ann").exists():
        Account.objects.create(owner="ann", number=str(number))  # E: race-get-or-create


def open_account_after_an_exception(number: int, meanwhile: Meanwhile) -> None:
    try:
        Account.objects.get(owner="ann")
    except Account.DoesNotExist:
        Account.objects.create(owner="ann", number=str(number))  # E: race-get-or-create


def open_account_by_its_number(number: int, meanwhile: Meanwhile) -> None:
    Account.objects.get_or_create(number="1", defaults={"owner": "ann"})
