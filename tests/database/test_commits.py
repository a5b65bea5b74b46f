"""A real worker takes what is sent inside a transaction before it is committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.processes import ROOT, ConsoleError, celery_worker, wait_until

from .conftest import Bank

WAITING = """
import time
from pathlib import Path
from bank.tasks import FOLDER
from bank import commits

def wait(account_id):
    file = FOLDER / f"{account_id}.found"
    for _ in range(400):
        if file.exists() and file.read_text():
            answers.append(file.read_text())
            return
        time.sleep(0.05)
    answers.append("nobody looked")

answers = []
"""


@pytest.fixture
def worker(bank: Bank) -> Iterator[None]:
    with celery_worker(
        "bank.tasks",
        "--pool=solo",
        folder=ROOT,
        environment=bank.environment,
        log=bank.folder / "worker.log",
    ):
        yield


@pytest.mark.usefixtures("worker")
def test_the_worker_and_the_commit(bank: Bank) -> None:
    # Sent inside, the task runs before the commit and misses the row.
    assert bank.run(f"{WAITING}\ncommits.send_inside(wait)\nresult = answers") == ["missing"]
    assert bank.run(f"{WAITING}\ncommits.send_through_a_helper(wait)\nresult = answers") == ["missing"]
    # Sent on commit, it finds the row.
    assert bank.run(f"{WAITING}\ncommits.send_on_commit(wait)\nresult = answers") == ["found"]
    assert bank.run(f"{WAITING}\ncommits.send_partial_on_commit(wait)\nresult = answers") == ["found"]
    # Rolled back, the transaction takes back all but the task.
    with pytest.raises(ConsoleError, match="ValueError"):
        bank.run(f"{WAITING}\ncommits.fail_after_sending(wait)")
    assert bank.console.run("result = [answers, Account.objects.count()]") == [["missing"], 0]


def messages(bank: Bank) -> int:
    return len(list((bank.folder / "messages").glob("*.msg")))


def test_nothing_is_sent_that_never_happened(bank: Bank) -> None:
    before = messages(bank)
    with pytest.raises(ConsoleError, match="ValueError"):
        bank.run(f"{WAITING}\ncommits.fail_before_the_commit(wait)")
    assert messages(bank) == before


def test_on_commit_is_given_a_result(bank: Bank) -> None:
    before = messages(bank)
    with pytest.raises(ConsoleError, match="on_commit\\(\\)'s callback must be a callable"):
        bank.run(
            """
from django.db import transaction
from bank.tasks import look
with transaction.atomic():
    transaction.on_commit(look.delay(1))
"""
        )
    wait_until(lambda: messages(bank) == before + 1, lambda: "nothing was sent")


def test_functions_of_a_loop_see_its_last_turn(bank: Bank) -> None:
    statements = "from bank import commits\nresult = []\ncommits.{function}(result)"
    assert bank.run(statements.format(function="hand_over_in_a_loop")) == ["3", "3", "3"]
    assert bank.run(statements.format(function="hand_over_partials_in_a_loop")) == ["1", "2", "3"]


@pytest.mark.parametrize(("function", "left"), [("transfer", 0), ("transfer_as_one", 10)])
def test_what_a_failed_write_leaves(bank: Bank, function: str, left: int) -> None:
    assert (
        bank.run(
            f"""
from django.db import IntegrityError
from bank.commits import {function}
account = Account.objects.create(number="1", balance=10)
try:
    {function}(account)
except IntegrityError:
    account.refresh_from_db()
    result = account.balance
"""
        )
        == left
    )
