from shop.models import Order

for pk in range(100):
    Order.objects.get(pk=pk)  # row: a query per turn
