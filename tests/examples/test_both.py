"""Both projects are real: they migrate (see conftest), serve, and their workers take tasks."""

from urllib.request import urlopen

import pytest

from .conftest import Shop


@pytest.mark.parametrize("path", ["authors/", "orders/", "stock/", "admin/login/"])
def test_site_serves(shop: Shop, path: str) -> None:
    with urlopen(f"{shop.url}/{path}", timeout=30) as response:
        assert response.status == 200


def test_worker_takes_a_task(shop: Shop) -> None:
    shop.run("order = Order.objects.create(customer=customer, tracking='T-7')")
    assert shop.run("result = tasks.tell_customer.delay(order.pk).get(timeout=30)") is None
    shop.wait_for_mail("Track it: T-7")
