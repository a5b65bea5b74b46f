from shop.models import Order


def by_id(orders: list[Order]) -> None:
    found = {order.pk: order for order in orders}  # row: a mapping without an annotation
    print(found)
