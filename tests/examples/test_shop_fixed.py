"""The mended shop does what the broken one fails to do."""

import json
from urllib.request import Request, urlopen

from .conftest import Shop


def test_order_through_the_site_is_welcomed_and_confirmed(fixed: Shop) -> None:
    body = {"email": "ada@example.com", "name": "Ada", "quantities": {fixed.run("result = book.pk"): 2}}
    request = Request(f"{fixed.url}/orders/", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as response:
        order = json.load(response)
    assert order["lines"] == [{"book": fixed.run("result = book.pk"), "quantity": 2, "price": "12.50"}]
    fixed.wait_for_mail("Hello Ada!")
    fixed.wait_for_mail(f"We received your order {order['id']}.")


def test_worker_sees_the_committed_row(fixed: Shop) -> None:
    fixed.run("""
with transaction.atomic():
    order = services.place_order(customer.pk, {book.pk: 1})
""")
    fixed.wait_for_mail(f"We received your order {fixed.run('result = order.pk')}.")


def test_payment_happens_once(fixed: Shop) -> None:
    fixed.run("""
order = services.place_order(customer.pk, {book.pk: 1})
for _ in range(2):
    services.pay_order(order.pk)
""")
    fixed.worker.wait_for(r"give_reward\[.* succeeded")
    fixed.run("tasks.give_reward.delay(order.pk, 5).get(timeout=30)")
    assert fixed.run("result = [order.payments.count(), order.reward.points]") == [1, 12]


def test_every_gift_is_wrapped(fixed: Shop) -> None:
    pks = fixed.run("""
result = [Order.objects.create(customer=customer).pk for _ in range(3)]
services.pack_as_gifts(result)
""")
    assert [fixed.worker.wait_for(r"Wrap order (\d+)")[1] for _ in pks] == [str(pk) for pk in pks]


def test_label_is_fetched_after_a_failure_and_the_customer_told(fixed: Shop) -> None:
    fixed.carrier.failures = 1
    fixed.run("order = Order.objects.create(customer=customer); services.ship_order(order.pk)")
    fixed.worker.wait_for(r"request_label\[.* retry: Retry in [01]s")
    fixed.wait_for_mail("Track it: T-1")
    assert fixed.run("result = Order.objects.get(pk=order.pk).status") == "shipped"


def test_final_failure_is_told(fixed: Shop) -> None:
    fixed.carrier.failures = 1
    fixed.run("tasks.update_prices.apply_async(retries=tasks.update_prices.max_retries)")
    fixed.wait_for_mail("shop.tasks.update_prices failed")


def test_cancelled_order_is_restocked(fixed: Shop) -> None:
    fixed.run("""
before = Book.objects.get(pk=book.pk).stock
order = services.place_order(customer.pk, {book.pk: 2})
between = Book.objects.get(pk=book.pk).stock
services.cancel_order(order.pk)
""")
    fixed.worker.wait_for(r"restock\[.* succeeded")
    assert fixed.run("result = [before - between, before - Book.objects.get(pk=book.pk).stock]") == [2, 0]


def test_admin_actions_reach_the_worker(fixed: Shop) -> None:
    fixed.run("""
order = Order.objects.create(customer=customer)
Order.objects.filter(pk=order.pk).update(placed_at='2020-01-01T00:00Z')
OrderAdmin(Order, admin.site).remind_forgetful(None, Order.objects.all())
CustomerAdmin(Customer, admin.site).thank_selected(None, Customer.objects.filter(pk=customer.pk))
""")
    fixed.wait_for_mail(f"Order {fixed.run('result = order.pk')} is not paid yet.")
    fixed.wait_for_mail("Shevek, you are our best customer.")
    fixed.run("OrderAdmin(Order, admin.site).cancel_forgotten(None, Order.objects.all())")
    fixed.worker.wait_for(r"cancel_unpaid\[.* succeeded")
    assert fixed.run("result = Order.objects.get(pk=order.pk).status") == "cancelled"
    fixed.run("BookAdmin(Book, admin.site).reorder_selected(None, Book.objects.filter(pk=book.pk))")
    fixed.worker.wait_for("Reorder The Dispossessed")
