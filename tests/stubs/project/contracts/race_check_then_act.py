from shop.models import Order


def ship(order_id: int) -> None:
    order = Order.objects.get(pk=order_id)
    if order.status == "paid":  # row: a decision on an unlocked row
        order.status = "shipped"
        order.save()
