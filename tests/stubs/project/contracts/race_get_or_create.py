from shop.models import Customer

Customer.objects.get_or_create(email="a@example.org")  # row: a lookup that is not unique
