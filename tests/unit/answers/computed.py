from answers import ask
from answers.models import Account, Owner
from django.db.models import F


def one(account: Account, other: Account) -> None:
    account.balance += 1
    ask.computed()  # = account.balance 7
    account.balance = 3
    ask.computed()  # = none
    account.balance = abs(account.balance)
    ask.computed()  # = account.balance 11
    account.refresh_from_db()
    ask.computed()  # = none
    account.balance = other.balance + 1
    ask.computed()  # = none
    account.balance = F("balance") + account.balance
    ask.computed()  # = none
    account.balance -= 1
    account = other
    ask.computed()  # = none


def paths(account: Account, paid: bool) -> None:
    if paid:
        account.balance += 1
    else:
        ask.computed()  # = none
    ask.computed()  # = account.balance 26
    account.owner.name = account.owner.name.strip()
    ask.computed()  # = account.balance 26, account.owner.name 30
    account.owner = Owner()
    ask.computed()  # = account.balance 26
    for account in [account]:
        ask.computed()  # = none

# ruff: noqa: B007, B020
