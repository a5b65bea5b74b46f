from shop.models import Order

for order in Order.objects.all():
    print(order.customer)  # row: a related row per turn
