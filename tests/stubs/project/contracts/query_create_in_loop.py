from shop.models import Customer

for number in range(100):
    Customer.objects.create(email=f"{number}@example.org")  # row: an insert per turn
