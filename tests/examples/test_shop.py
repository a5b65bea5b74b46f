"""The broken shop fails where its marks say so: what the rules report is what happens."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.processes import ConsoleError

from .conftest import Shop


def test_model_cannot_be_sent(broken: Shop) -> None:
    """task-model-arg in services.register; the customer exists, the mail never comes."""
    with pytest.raises(ConsoleError, match="EncodeError: Object of type Customer is not JSON serializable"):
        broken.run("services.register('odo@example.com', 'Odo')")
    assert broken.run("result = Customer.objects.filter(email='odo@example.com').exists()")


@pytest.mark.parametrize(
    ("action", "type_"),
    [
        ("BookAdmin(Book, admin.site).reorder_selected(None, Book.objects.all())", "set"),
        ("CustomerAdmin(Customer, admin.site).thank_selected(None, Customer.objects.all())", "Customer"),
        ("OrderAdmin(Order, admin.site).cancel_forgotten(None, Order.objects.all())", "timedelta"),
    ],
)
def test_argument_cannot_be_encoded(broken: Shop, action: str, type_: str) -> None:
    """task-json-arg and task-model-arg in the admin."""
    with pytest.raises(ConsoleError, match=f"EncodeError: Object of type {type_} is not JSON serializable"):
        broken.run(action)


def test_worker_misses_the_row_of_an_open_transaction(broken: Shop) -> None:
    """transaction-dispatch in services.place_order."""
    broken.run(
        "request = transaction.atomic(); request.__enter__(); order = services.place_order(customer.pk, {book.pk: 1})"
    )
    try:
        broken.worker.wait_for(r"confirm_order\[.*DoesNotExist\('Order matching query does not exist")
    finally:
        broken.run("request.__exit__(None, None, None)")
    assert broken.run("result = Order.objects.filter(pk=order.pk).exists()")


def test_worker_misses_the_row_of_a_receiver(broken: Shop) -> None:
    """transaction-dispatch in receivers.reorder_last_copies: no row, so no line in the log between the task's own."""
    broken.run("request = transaction.atomic(); request.__enter__()")
    broken.run("Book.objects.create(author=author, title='Rocannons World', price=8, stock=1)")
    try:
        broken.worker.wait_for(r"reorder\[.* succeeded")
    finally:
        broken.run("request.__exit__(None, None, None)")
    assert "Reorder Rocannons World" not in broken.worker.written()


def test_lambda_in_a_loop_sends_the_last_order_only(broken: Shop) -> None:
    """transaction-dispatch in services.pack_as_gifts."""
    pks = broken.run("""
result = [Order.objects.create(customer=customer).pk for _ in range(3)]
services.pack_as_gifts(result)
""")
    wrapped = [broken.worker.wait_for(r"Wrap order (\d+)")[1] for _ in pks]
    assert wrapped == [str(pks[-1])] * 3


def test_next_task_of_a_chain_is_given_too_much(broken: Shop) -> None:
    """task-signature in services.ship_order: the label's number is prepended, and the first task counts as failed."""
    broken.run("order = Order.objects.create(customer=customer); services.ship_order(order.pk)")
    broken.worker.wait_for(r"request_label\[.*TypeError\('tell_customer\(\) takes 1 positional argument but 2")


def test_wrong_keyword_is_refused(broken: Shop) -> None:
    """task-signature in services.remind_later."""
    with pytest.raises(ConsoleError, match=r"TypeError: remind_customer.* unexpected keyword argument 'order'"):
        broken.run("services.remind_later(1)")


def test_integer_keys_arrive_as_strings(broken: Shop) -> None:
    """task-json-lossy in tasks.restock: the books' numbers are not found, the stock is not given back."""
    broken.run("""
order = Order.objects.create(customer=customer)
OrderLine.objects.create(order=order, book=book, quantity=2, price=book.price)
before = Book.objects.get(pk=book.pk).stock
services.cancel_order(order.pk)
""")
    broken.worker.wait_for(rf"restock\[.*KeyError\({broken.run('result = book.pk')}\)")
    assert broken.run("result = Book.objects.get(pk=book.pk).stock == before")


def test_result_cannot_be_encoded(broken: Shop) -> None:
    """task-json-result in tasks.find_unpaid: the work is done, the task fails."""
    with pytest.raises(ConsoleError, match=r"EncodeError.*set is not JSON serializable"):
        broken.run("tasks.find_unpaid.delay(7).get(timeout=30)")


def test_waiting_in_a_task_is_refused(broken: Shop) -> None:
    """task-blocking-result in tasks.remind_all."""
    with pytest.raises(ConsoleError, match=r"RuntimeError: Never call result.get\(\) within a task!"):
        broken.run("tasks.remind_all.delay(7).get(timeout=30)")


def test_failing_call_is_not_retried(broken: Shop) -> None:
    """task-no-retry in tasks.request_label: the order is never shipped."""
    broken.carrier.failures = 1
    broken.run("order = Order.objects.create(customer=customer)")
    with pytest.raises(ConsoleError, match="JSONDecodeError"):
        broken.run("tasks.request_label.delay(order.pk).get(timeout=30)")
    assert broken.run("result = Order.objects.get(pk=order.pk).status") == "open"


def test_retry_without_backoff_waits_three_minutes(broken: Shop) -> None:
    """task-retry-policy in tasks.update_prices."""
    broken.carrier.failures = 1
    broken.run("tasks.update_prices.delay()")
    broken.worker.wait_for(r"update_prices\[.* retry: Retry in 180s")


def test_second_run_repeats_its_work(broken: Shop) -> None:
    """task-acks-late in tasks.give_reward: run again, as after a lost worker, it rewards again."""
    broken.run("""
order = Order.objects.create(customer=customer)
for _ in range(2):
    tasks.give_reward.delay(order.pk, 5).get(timeout=30)
""")
    assert broken.run("result = order.rewards.count()") == 2


def test_second_customer_with_the_same_address(broken: Shop) -> None:
    """race-get-or-create in services.register: nothing in the database forbids what a race does."""
    with pytest.raises(ConsoleError, match="MultipleObjectsReturned"):
        broken.run("""
for _ in range(2):
    Customer.objects.create(email='takver@example.com', name='Takver')
services.register('takver@example.com', 'Takver')
""")


def test_queries_grow_with_the_rows(broken: Shop) -> None:
    """query-serializer-prefetch in views, query-related-in-loop in reports, query-in-loop in services."""
    counts = broken.run("""
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from shop import reports

def queries(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)

def buy(number):
    books = [Book.objects.create(author=Author.objects.create(name=f'A{i}'), title=f'B{i}', price=1, stock=9)
             for i in range(number)]
    return services.place_order(customer.pk, {book.pk: 1 for book in books})

def measure(number):
    orders = [None]
    placed = queries(lambda: orders.append(buy(number)))
    return [
        placed - 2 * number,
        queries(lambda: Client().get('/authors/')),
        queries(lambda: reports.sales_of(orders[1].pk)),
    ]

result = [measure(2), measure(5)]
""")
    few, many = counts
    assert [b - a for a, b in zip(few, many, strict=True)] == [9, 5, 3]


def test_crash_between_two_writes_keeps_the_first(broken: Shop) -> None:
    """transaction-missing in services.pay_order: a paid order without a payment."""
    with pytest.raises(ConsoleError, match="OperationalError: disk full"):
        broken.run("""
from unittest import mock
from django.db import OperationalError
order = Order.objects.create(customer=customer)
with mock.patch.object(Payment.objects, 'create', side_effect=OperationalError('disk full')):
    services.pay_order(order.pk)
""")
    assert broken.run("result = [Order.objects.get(pk=order.pk).status, order.payments.count()]") == ["paid", 0]


def test_abstract_report_is_found_out_late(broken: Shop) -> None:
    """design-abstract-method in reports: the class can be instantiated, the call fails."""
    with pytest.raises(ConsoleError, match="NotImplementedError"):
        broken.run("from shop.reports import Report; Report([]).render()")


def test_site_answers_with_the_error(broken: Shop) -> None:
    """What the README shows."""
    body = b'{"email": "ada@example.com", "name": "Ada", "quantities": {}}'
    request = Request(f"{broken.url}/orders/", body, {"Content-Type": "application/json"})
    with pytest.raises(HTTPError) as caught:
        urlopen(request, timeout=30)
    assert b"Object of type Customer is not JSON serializable" in caught.value.read()
