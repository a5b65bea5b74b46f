"""Functions that write and send, and what is left when they fail. What the rules report is marked."""

from collections.abc import Callable
from functools import partial

from bank.models import Account, Transfer
from bank.tasks import look
from django.db import transaction

Wait = Callable[[int], object]


def send_inside(wait: Wait) -> None:
    with transaction.atomic():
        account = Account.objects.create(number="inside")
        look.delay(account.pk)  # E: transaction-dispatch
        wait(account.pk)


def tell(account: Account) -> None:
    look.delay(account.pk)


@transaction.atomic
def send_through_a_helper(wait: Wait) -> None:
    account = Account.objects.create(number="helper")
    tell(account)  # E: transaction-dispatch
    wait(account.pk)


def send_on_commit(wait: Wait) -> None:
    with transaction.atomic():
        account = Account.objects.create(number="commit")
        look.delay_on_commit(account.pk)
    wait(account.pk)


def send_partial_on_commit(wait: Wait) -> None:
    with transaction.atomic():
        account = Account.objects.create(number="partial")
        transaction.on_commit(partial(tell, account))
    wait(account.pk)


def fail_after_sending(wait: Wait) -> None:
    with transaction.atomic():
        account = Account.objects.create(number="rolled back")
        look.delay(account.pk)  # E: transaction-dispatch
        wait(account.pk)
        raise ValueError


def fail_before_the_commit(wait: Wait) -> None:
    with transaction.atomic():
        account = Account.objects.create(number="rolled back")
        look.delay_on_commit(account.pk)
        raise ValueError


def hand_over_in_a_loop(seen: list[str]) -> None:
    with transaction.atomic():
        for number in ("1", "2", "3"):
            transaction.on_commit(lambda: seen.append(number))  # noqa: B023  # E: transaction-dispatch


def hand_over_partials_in_a_loop(seen: list[str]) -> None:
    with transaction.atomic():
        for number in ("1", "2", "3"):
            transaction.on_commit(partial(seen.append, number))


def transfer(account: Account) -> None:
    account.balance = 0
    account.save()
    Transfer.objects.create(account=account, amount=0)  # E: transaction-missing


@transaction.atomic
def transfer_as_one(account: Account) -> None:
    account.balance = 0
    account.save()
    Transfer.objects.create(account=account, amount=0)
