"""What `transaction-dispatch` proposes, and the mistake that looks like it, in the mended shop."""

import pytest

from tests.processes import ConsoleError

from .conftest import Shop


def confirmations(shop: Shop) -> int:
    """Count the confirmations that reached the worker, after all that was sent before this call."""
    shop.run("tasks.wrap_gift.delay(0).get(timeout=30)")
    return shop.worker.written().count("Task shop.tasks.confirm_order[")


def test_on_commit_returns_nothing_and_a_rollback_sends_nothing(fixed: Shop) -> None:
    before = confirmations(fixed)
    answers = fixed.run("""
result = []
block = transaction.atomic()
block.__enter__()
result.append(tasks.confirm_order.delay_on_commit(1))
result.append(tasks.confirm_order.apply_async_on_commit((1,)))
transaction.set_rollback(True)
block.__exit__(None, None, None)
""")
    assert answers == [None, None]
    assert confirmations(fixed) == before


def test_delay_in_the_call_of_on_commit_sends_at_once(fixed: Shop) -> None:
    """`on_commit(task.delay(pk))`: Django then refuses the result, which is no function."""
    before = confirmations(fixed)
    fixed.run("block = transaction.atomic(); block.__enter__()")
    with pytest.raises(ConsoleError, match=r"TypeError: on_commit.*callback must be a callable"):
        fixed.run("transaction.on_commit(tasks.confirm_order.delay(1))")
    assert confirmations(fixed) > before
    fixed.run("transaction.set_rollback(True); block.__exit__(None, None, None)")


def test_tasks_of_a_django_project_know_on_commit(fixed: Shop) -> None:
    """Those under `shared_task` and `app.task`; not those whose base is no `DjangoTask`."""
    answers = fixed.run("""
from celery import Task, shared_task
@shared_task(base=Task)
def plain(): ...
known = [tasks.confirm_order, tasks.tell_customer, tasks.request_label, plain]
result = [hasattr(task, "delay_on_commit") for task in known]
""")
    assert answers == [True, True, True, False]
