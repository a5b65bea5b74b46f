from shop.models import Customer


def merge(one: Customer, other: Customer) -> None:
    one.save()
    other.delete()  # row: the second of two writes outside `atomic`
