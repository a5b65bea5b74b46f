"""Two threads at once: what the rules report goes wrong, what they say to do instead does not."""

from __future__ import annotations

import pytest

from .conftest import Bank

LOCKS = "SQLite has no row locks: select_for_update does nothing there"


def balance_after(bank: Bank, function: str) -> object:
    """What is left of ten when two spend one each."""
    return bank.run(
        f"""
from bank.races import {function}
account = Account.objects.create(number="1", balance=10)
race({function}, account.pk, account.pk)
account.refresh_from_db()
result = account.balance
"""
    )


def mails_after(bank: Bank, function: str) -> object:
    return bank.run(
        f"""
from django.core import mail
from bank.races import {function}
mail.outbox = []
account = Account.objects.create(number="1")
race({function}, account.pk, account.pk)
result = len(mail.outbox)
"""
    )


def accounts_after(bank: Bank, function: str) -> object:
    return bank.run(
        f"""
from bank.races import {function}
race({function}, 1, 2)
result = Account.objects.count()
"""
    )


def test_an_update_is_lost(bank: Bank) -> None:
    assert balance_after(bank, "spend") == 9


def test_a_transaction_alone_does_not_help(bank: Bank) -> None:
    if bank.vendor == "sqlite":
        pytest.skip("SQLite refuses the second writer of two transactions that have read: database is locked")
    assert balance_after(bank, "spend_in_a_transaction") == 9


def test_no_update_is_lost_in_the_database(bank: Bank) -> None:
    assert balance_after(bank, "spend_in_the_database") == 8


def test_no_update_is_lost_under_a_lock(bank: Bank) -> None:
    if bank.vendor == "sqlite":
        pytest.skip(LOCKS)
    assert balance_after(bank, "spend_under_a_lock") == 8


def test_both_act(bank: Bank) -> None:
    assert mails_after(bank, "welcome") == 2


def test_one_acts_where_the_update_is_the_test(bank: Bank) -> None:
    assert mails_after(bank, "welcome_by_update") == 1


def test_one_acts_under_a_lock(bank: Bank) -> None:
    if bank.vendor == "sqlite":
        pytest.skip(LOCKS)
    assert mails_after(bank, "welcome_under_a_lock") == 1


@pytest.mark.parametrize("function", ["open_account", "open_account_by_hand", "open_account_after_an_exception"])
def test_both_create_the_row(bank: Bank, function: str) -> None:
    assert accounts_after(bank, function) == 2


def test_both_create_the_row_in_a_transaction(bank: Bank) -> None:
    if bank.vendor == "sqlite":
        pytest.skip("SQLite refuses the second writer of two transactions that have read: database is locked")
    assert accounts_after(bank, "open_account_in_a_transaction") == 2


def test_one_creates_the_row_where_the_lookup_is_unique(bank: Bank) -> None:
    assert accounts_after(bank, "open_account_by_its_number") == 1
