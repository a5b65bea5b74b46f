# select: race-read-modify-write
"""Fields that are computed from themselves, with and without a lock."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

from django.db import models, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.shortcuts import aget_object_or_404, get_object_or_404

from shop.models import Author, Book, Customer, Order, OrderLine


def rounded(value: int) -> int:
    return value


def loaded(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    customer.credit += 1  # E: race-read-modify-write "customer.credit"
    customer.save()


def every_form(pk: int) -> None:
    first = Customer.objects.get(pk=pk)
    first.credit = first.credit + 1  # E: race-read-modify-write
    first.save()
    second = Customer.objects.get(pk=pk)
    second.credit = rounded(second.credit)  # E: race-read-modify-write
    second.save()
    third = Customer.objects.get(pk=pk)
    third.credit -= 1  # E: race-read-modify-write
    third.save()
    fourth = Customer.objects.get(pk=pk)
    fourth.name = fourth.name.strip()  # E: race-read-modify-write
    fourth.save()
    fifth = Customer.objects.get(pk=pk)
    fifth.credit = max(0, fifth.credit - 1) if fifth.credit else 3  # E: race-read-modify-write
    fifth.save()
    sixth = Customer.objects.get(pk=pk)
    sixth.credit *= 2  # E: race-read-modify-write
    sixth.save(update_fields=["credit"])


def every_load(pk: int, ids: list[int]) -> None:
    first = Customer.objects.filter(pk=pk).first()
    assert first is not None
    first.credit += 1  # E: race-read-modify-write
    first.save()
    second = Customer.objects.all()[0]
    second.credit += 1  # E: race-read-modify-write
    second.save()
    third = get_object_or_404(Customer, pk=pk)
    third.credit += 1  # E: race-read-modify-write
    third.save()
    fourth, created = Customer.objects.get_or_create(email="a@b.example")
    fourth.credit += 1  # E: race-read-modify-write
    fourth.save()
    fifth = next(iter(Customer.objects.all()))
    fifth.credit += 1  # E: race-read-modify-write
    fifth.save()
    sixth = Customer.objects.in_bulk(ids)[pk]
    sixth.credit += 1  # E: race-read-modify-write
    sixth.save()
    if (seventh := Customer.objects.last()) is not None:
        seventh.credit += 1  # E: race-read-modify-write
        seventh.save()


def parameters(customer: Customer, customers: Iterable[Customer], rows: "QuerySet[Customer]") -> None:
    customer.credit += 1  # E: race-read-modify-write
    customer.save()
    for one in customers:
        one.credit += 1  # E: race-read-modify-write
        one.save()
    for one in rows.filter(credit=0):
        one.credit += 1  # E: race-read-modify-write
        one.save()


def loops() -> None:
    for customer in Customer.objects.filter(credit=0):
        customer.credit += 1  # E: race-read-modify-write
        customer.save()
    for index, customer in enumerate(Customer.objects.all()):
        customer.credit += index  # E: race-read-modify-write
        customer.save()
    for customer in Customer.objects.select_for_update():
        customer.credit += 1
        customer.save()
    for index, customer in enumerate(Customer.objects.select_for_update().iterator()):
        customer.credit += index
        customer.save()


def locked(pk: int) -> None:
    with transaction.atomic():
        first = Customer.objects.select_for_update().get(pk=pk)
        first.credit += 1
        first.save()
        second = Customer.objects.filter(pk=pk).select_for_update(nowait=True).first()
        assert second is not None
        second.credit += 1
        second.save()
        third = get_object_or_404(Customer.objects.select_for_update(), pk=pk)
        third.credit += 1
        third.save()
        rows = Customer.objects.select_for_update()
        fourth = rows.get(pk=pk)
        fourth.credit += 1
        fourth.save()
        fifth = list(rows.filter(credit=0))[0]
        fifth.credit += 1
        fifth.save()
        sixth, created = Customer.objects.select_for_update().get_or_create(email="a@b.example")
        sixth.credit += 1
        sixth.save()


def lock_customer(pk: int) -> Customer:
    return Customer.objects.select_for_update().get(pk=pk)


def load_customer(pk: int) -> Customer:
    return Customer.objects.get(pk=pk)


class LockingQuerySet(models.QuerySet["Account"]):
    def locked(self) -> "LockingQuerySet":
        return self.select_for_update()

    def open(self) -> "LockingQuerySet":
        return self.filter(closed=False)


class Account(models.Model):
    balance = models.IntegerField(default=0)
    closed = models.BooleanField(default=False)
    owner = models.ForeignKey(Customer, on_delete=models.CASCADE)

    objects = LockingQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.balance)

    def deposit(self, amount: int) -> None:
        self.balance += amount  # E: race-read-modify-write
        self.save()

    def rename(self) -> None:
        self.nickname = "a"
        self.nickname += "b"
        self.save()


def helpers(pk: int) -> None:
    first = lock_customer(pk)
    first.credit += 1
    first.save()
    third = load_customer(pk)
    third.credit += 1  # E: race-read-modify-write
    third.save()
    rows = LockingQuerySet(Account)
    fourth = rows.open().locked().get(pk=pk)
    fourth.balance += 1
    fourth.save()
    fifth = rows.open().get(pk=pk)
    fifth.balance += 1  # E: race-read-modify-write
    fifth.save()


def reloaded(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    print(customer.name)
    with transaction.atomic():
        customer = Customer.objects.select_for_update().get(pk=pk)
        customer.credit += 1
        customer.save()


def one_way_or_the_other(pk: int, lock: bool) -> None:
    if lock:
        customer = Customer.objects.select_for_update().get(pk=pk)
    else:
        customer = Customer.objects.get(pk=pk)
    customer.credit += 1  # E: race-read-modify-write
    customer.save()


def built() -> None:
    first = Customer(credit=1)
    first.credit += 1
    first.save()
    second = Customer.objects.create(credit=1)
    second.credit += 1
    second.save()
    for third in [Customer(), Customer()]:
        third.credit += 1
        third.save()
    [fourth] = Customer.objects.bulk_create([Customer()])
    fourth.credit += 1
    fourth.save()


def in_the_database(customer: Customer) -> None:
    customer.credit = F("credit") + 1
    customer.save()
    customer.credit = Greatest(F("credit"), customer.credit)
    customer.save()
    Customer.objects.filter(pk=customer.pk).update(credit=F("credit") + 1)


def not_saved(customer: Customer, other: Customer) -> int:
    customer.credit += 1
    other.save()
    return customer.credit


def saved_before(customer: Customer) -> None:
    customer.save()
    customer.credit += 1


def on_another_path(customer: Customer, save: bool) -> None:
    if save:
        customer.save()
    else:
        customer.credit += 1
    customer.name = "a"


def another_field(customer: Customer) -> None:
    customer.credit += 1
    customer.save(update_fields=["name"])


def on_some_paths(customer: Customer, save: bool) -> None:
    customer.credit += 1  # E: race-read-modify-write
    if save:
        customer.save(update_fields=("name", "credit"))


def unreadable_fields(customer: Customer, names: list[str]) -> None:
    customer.credit += 1
    customer.save(update_fields=names)


def overwritten(customer: Customer, other: Customer) -> None:
    customer.credit += 1
    customer.credit = 0
    customer.save()
    customer.credit += 1
    customer.refresh_from_db()
    customer.save()
    customer.credit += 1
    customer = other
    customer.save()


def through_a_copy(customer: Customer) -> None:
    credit = customer.credit + 1
    customer.credit = credit
    customer.save()
    setattr(customer, "credit", customer.credit + 1)
    customer.save()


def from_others(customer: Customer, other: Customer) -> None:
    customer.credit = other.credit + 1
    customer.name = customer.email
    customer.save()


def kept(customer: Customer, name: str) -> None:
    customer.name = name or customer.name
    customer.credit = customer.credit if name else 3
    customer.email = customer.email or (name if name else customer.email)
    customer.save()
    customer.name = name or customer.name.strip()  # E: race-read-modify-write
    customer.save()


def related_rows(order: Order, line: OrderLine) -> None:
    order.customer.credit -= 1  # D: race-read-modify-write
    order.customer.save()
    order.customer.credit -= 1
    order.save()


def related_and_locked(pk: int) -> None:
    order = Order.objects.select_for_update().select_related("customer").get(pk=pk)
    order.customer.credit -= 1
    order.customer.save()


def in_bulk(customers: list[Customer]) -> None:
    for customer in customers:
        customer.credit += 1  # E: race-read-modify-write
    Customer.objects.bulk_update(customers, ["credit"])
    changed = []
    for customer in Customer.objects.all():
        customer.credit += 1  # E: race-read-modify-write
        changed.append(customer)
    Customer.objects.bulk_update(changed, fields=["credit"])
    one = Customer.objects.get(pk=1)
    one.credit += 1  # E: race-read-modify-write
    Customer.objects.bulk_update([one], ["credit"])
    two = Customer.objects.get(pk=2)
    two.credit += 1
    Customer.objects.bulk_update([two], ["name"])


async def asynchronous(pk: int, customer: Customer) -> None:
    first = await Customer.objects.aget(pk=pk)
    first.credit += 1  # E: race-read-modify-write
    await first.asave()
    second = await aget_object_or_404(Customer, pk=pk)
    second.credit += 1  # E: race-read-modify-write
    await second.asave(update_fields=["credit"])
    async for third in Customer.objects.filter(credit=0):
        third.credit += 1  # E: race-read-modify-write
        await third.asave()
    fourth = await Customer.objects.select_for_update().aget(pk=pk)
    fourth.credit += 1
    await fourth.asave()


class Basket:
    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.total = 0

    def pay(self) -> None:
        self.customer.credit -= 1  # E: race-read-modify-write
        self.customer.save()
        self.total += 1
        self.save()

    def save(self) -> None: ...


def nested(customer: Customer) -> None:
    def inner() -> None:
        customer.credit += 1  # E: race-read-modify-write
        customer.save()

    inner()


def save_elsewhere(customer: Customer) -> None:
    def inner() -> None:
        customer.save()

    customer.credit += 1
    inner()


def foreign_keys(book: Book, author: Author) -> None:
    book.author = author
    book.save()
    book.author = other_than(book.author)  # E: race-read-modify-write
    book.save()


def other_than(author: Author) -> Author:
    return Author()


def chosen_by_its_value(customer: Customer, name: str) -> None:
    customer.name = "b" if customer.name == "a" else "a"  # E: race-read-modify-write
    customer.save()


def only_filled_in(customer: Customer, name: str) -> None:
    customer.name = name if not customer.name else customer.name
    customer.save()


@transaction.atomic
def locked_in_collections(pk: int, ids: list[int]) -> None:
    rows = Customer.objects.select_for_update().filter(pk__in=ids)
    for first in rows.in_bulk().values():
        first.credit += 1
        first.save()
    for _, second in rows.in_bulk().items():
        second.credit += 1
        second.save()
    by_id = {row.pk: row for row in rows}
    third = by_id[pk]
    third.credit += 1
    third.save()
    fourth = by_id.get(pk) or sorted(rows, key=str).pop()
    fourth.credit += 1
    fourth.save()
    collected = []
    by_name = {}
    for row in rows:
        collected.append(row)
        by_name[row.name] = row
    for fifth in [*collected, *by_name.values()]:
        fifth.credit += 1
        fifth.save()
    mixed = [Customer.objects.select_for_update().get(pk=pk)]
    mixed.append(Customer.objects.get(pk=pk))
    for sixth in mixed:
        sixth.credit += 1  # E: race-read-modify-write
        sixth.save()
    for seventh in Customer.objects.in_bulk(ids).values():
        seventh.credit += 1  # E: race-read-modify-write
        seventh.save()


@transaction.atomic
def loaded_anew(customer: Customer) -> None:
    customer.refresh_from_db(from_queryset=Customer.objects.select_for_update())
    customer.credit += 1
    customer.save()
    other = Customer.objects.get(pk=1)
    other.refresh_from_db(from_queryset=Customer.objects.all())
    other.credit += 1  # E: race-read-modify-write
    other.save()


@transaction.atomic
async def loaded_anew_asynchronously(customer: Customer) -> None:
    await customer.arefresh_from_db(None, None, Customer.objects.select_for_update())
    customer.credit += 1
    await customer.asave()


def copied(pk: int) -> None:
    customer = Customer.objects.get(pk=pk)
    customer.pk = None
    customer.name = f"{customer.name} (copy)"
    customer.save()
    other = Customer.objects.get(pk=pk)
    other.name = f"{other.name} (copy)"
    other.id = other.pk = None  # type: ignore[assignment]
    other.save()


class LockingRows(models.QuerySet["Account"]):
    def locked(self) -> "LockingRows":
        return self.select_for_update()

    def open(self) -> "LockingRows":
        return self.filter(balance=0)


class Account(models.Model):
    balance = models.IntegerField(default=0)

    objects = LockingRows.as_manager()


def by_the_method_of_a_query_set(pk: int) -> None:
    first = Account.objects.locked().get(pk=pk)
    first.balance += 1
    first.save()
    second = Account.objects.open().get(pk=pk)
    second.balance += 1  # D: race-read-modify-write
    second.save()


def under_another_lock(pk: int) -> None:
    def advisory_lock(key: int) -> AbstractContextManager[None]:
        return nullcontext()

    with advisory_lock(pk):
        customer = Customer.objects.get(pk=pk)
        customer.credit += 1
        customer.save()
