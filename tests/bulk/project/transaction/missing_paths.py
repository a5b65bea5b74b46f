# select: transaction-missing
"""Which writes are on one path, outside any transaction."""

import sys
from contextlib import ExitStack, suppress
from typing import Any, NoReturn, TypeVar

from django.db import IntegrityError, models, transaction

from shop.models import Author, Book, Customer, Order, OrderLine


M = TypeVar("M", bound=models.Model)


def give_up() -> NoReturn:
    raise SystemExit


def two(order: Order, customer: Customer) -> None:
    order.save()
    customer.save()  # E: transaction-missing "has written in line 21 already"


def three(order: Order, customer: Customer) -> None:
    order.save()
    print("a pause")
    customer.delete()  # E: transaction-missing
    Order.objects.create(customer=customer)


def one(order: Order) -> None:
    order.status = "paid"
    order.save()


def every_method(order: Order, book: Book, author: Author) -> None:
    with transaction.atomic():
        order.save()
    Order.objects.filter(pk=1).update(status="paid")
    Order.objects.filter(pk=1).delete()  # E: transaction-missing


def creating(customer: Customer) -> None:
    Order.objects.create(customer=customer)
    Order.objects.bulk_create([Order(customer=customer)])  # E: transaction-missing


def getting_or_creating(customer: Customer) -> None:
    Customer.objects.get_or_create(email="a@b.example")
    Customer.objects.update_or_create(email="a@b.example")  # E: transaction-missing


def bulk_updating(orders: list[Order]) -> None:
    Order.objects.bulk_update(orders, ["status"])
    Order.objects.all().delete()  # E: transaction-missing


def related(customer: Customer, book: Book, author: Author) -> None:
    book.editors.add(author)
    book.editors.set([author])  # E: transaction-missing


def related_too(customer: Customer, book: Book, author: Author) -> None:
    customer.orders.create(status="new")
    book.editors.clear()  # D: transaction-missing


def removing(book: Book, author: Author) -> None:
    book.editors.remove(author)
    author.books.clear()  # D: transaction-missing


async def asynchronous(order: Order, customer: Customer) -> None:
    await order.asave()
    await Order.objects.acreate(customer=customer)  # E: transaction-missing


async def asynchronous_sets(customer: Customer) -> None:
    await Order.objects.filter(pk=1).aupdate(status="paid")
    await Order.objects.filter(pk=1).adelete()  # E: transaction-missing


def exclusive(order: Order, customer: Customer, paid: bool) -> None:
    if paid:
        order.save()
    elif order.total:
        customer.save()
    else:
        customer.delete()


def exclusive_cases(order: Order, customer: Customer) -> None:
    match order.status:
        case "new":
            order.save()
        case "paid":
            customer.save()
        case _:
            customer.delete()


def exclusive_expressions(order: Order, customer: Customer, paid: bool) -> None:
    order.save() if paid else customer.save()


def before_a_branch(order: Order, customer: Customer, paid: bool) -> None:
    order.save()
    if paid:
        customer.save()  # E: transaction-missing


def after_a_branch(order: Order, customer: Customer, paid: bool) -> None:
    if paid:
        order.save()
    customer.save()  # E: transaction-missing


def after_a_case(order: Order, customer: Customer) -> None:
    match order.status:
        case "new":
            order.save()
        case "paid":
            return
    customer.save()  # E: transaction-missing


def early_return(order: Order, customer: Customer, paid: bool) -> None:
    if paid:
        order.save()
        return
    customer.save()


def early_raise(order: Order, customer: Customer, paid: bool) -> None:
    if paid:
        order.save()
        raise ValueError
    customer.save()


def never_returns(order: Order, customer: Customer, paid: bool) -> None:
    if paid:
        order.save()
        sys.exit(1)
    if order.total:
        order.save()
        give_up()
    if order.status:
        order.save()
        assert False, "no such status"
    customer.save()


def handled(order: Order, customer: Customer) -> None:
    try:
        order.save()
    except IntegrityError:
        customer.save()


def handled_after_a_write(order: Order, customer: Customer) -> None:
    customer.save()
    try:
        print("something")
    except IntegrityError:
        order.save()  # E: transaction-missing


def handled_before_a_write(order: Order, customer: Customer) -> None:
    try:
        order.save()
    except IntegrityError:
        return
    customer.save()  # E: transaction-missing


def tried_twice(order: Order, customer: Customer) -> None:
    try:
        order.save()
    except IntegrityError:
        print("once more")
    else:
        customer.save()  # E: transaction-missing


def finally_written(order: Order, customer: Customer) -> None:
    try:
        order.save()
    finally:
        customer.save()  # E: transaction-missing


def in_a_loop(orders: list[Order]) -> None:
    for order in orders:
        order.save()


def two_in_a_loop(orders: list[Order]) -> None:
    for order in orders:
        order.save()
        order.customer.save()  # D: transaction-missing


def exclusive_in_a_loop(orders: list[Order]) -> None:
    for order in orders:
        if order.total:
            order.save()
            continue
        order.delete()


def after_a_loop(orders: list[Order], customer: Customer) -> None:
    for order in orders:
        order.save()
    customer.save()  # E: transaction-missing


def after_a_break(orders: list[Order], customer: Customer) -> None:
    while True:
        if orders:
            orders.pop().save()
            break
    customer.save()  # E: transaction-missing


def unreached(order: Order, customer: Customer) -> None:
    while True:
        order.save()
    customer.save()


def comprehended(orders: list[Order], customer: Customer) -> None:
    [order.delete() for order in orders]
    customer.save()  # E: transaction-missing


def in_a_block(order: Order, customer: Customer) -> None:
    with transaction.atomic():
        order.save()
        customer.save()


def one_of_them_in_a_block(order: Order, customer: Customer) -> None:
    with transaction.atomic():
        order.save()
        customer.save()
    order.save()


def in_two_blocks(order: Order, customer: Customer) -> None:
    with transaction.atomic():
        order.save()
    with transaction.atomic():
        customer.save()


def around_a_block(order: Order, customer: Customer) -> None:
    order.save()
    with transaction.atomic():
        customer.save()
    order.save()  # E: transaction-missing


def in_a_stack(order: Order, customer: Customer) -> None:
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        order.save()
        customer.save()


def suppressed(order: Order, customer: Customer) -> None:
    with suppress(IntegrityError):
        order.save()
    with suppress(IntegrityError):
        customer.save()  # E: transaction-missing


@transaction.atomic
def decorated(order: Order, customer: Customer) -> None:
    order.save()
    customer.save()


def defines(order: Order, customer: Customer) -> None:
    def later() -> None:
        order.save()

    transaction.on_commit(later)
    transaction.on_commit(lambda: customer.save())
    order.save()


def defines_both(order: Order, customer: Customer) -> None:
    def later() -> None:
        order.save()
        customer.save()  # E: transaction-missing

    later()


def helper(order: Order) -> None:
    order.save()


def calls_helpers(order: Order, customer: Customer) -> None:
    helper(order)
    customer.save()


def no_writes(order: Order, names: set[str], numbers: dict[str, int]) -> None:
    names.add("a")
    names.remove("a")
    names.clear()
    numbers.update({"a": 1})
    order.refresh_from_db()
    print(Order.objects.filter(pk=1).exists(), Order(status="new"))
    order.save()


def returned(order: Order, customer: Customer) -> object:
    order.save()
    return customer.delete()  # E: transaction-missing


def in_arguments(order: Order, customer: Customer) -> None:
    print(Order.objects.create(customer=customer), order.delete())  # E: transaction-missing


def in_conditions(order: Order, customer: Customer) -> None:
    if Order.objects.filter(pk=1).update(status="paid"):
        customer.save()  # E: transaction-missing


class Invoice(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        Order.objects.filter(pk=self.pk).update(status="billed")  # E: transaction-missing

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        Order.objects.filter(pk=1).update(status="new")
        return super().delete(*args, **kwargs)  # E: transaction-missing

    def pay(self) -> None:
        self.save()
        OrderLine.objects.create(quantity=1)  # E: transaction-missing


def rows_of_several_types(row: Order | Customer, rows: list[M]) -> None:
    for one in rows:
        one.save()
    row.save()  # E: transaction-missing


class Form:
    def save(self) -> None: ...


def other_saves(form: Form, order: Order) -> None:
    form.save()
    order.save()


print(Order.objects.create(), Order.objects.create())


def found_or_created(email: str, name: str) -> None:
    customer, created = Customer.objects.get_or_create(email=email, defaults={"name": name})
    if not created and customer.name != name:
        customer.name = name
        customer.save()


def created_and_more(email: str) -> None:
    customer, created = Customer.objects.get_or_create(email=email)
    if created:
        Order.objects.create(customer=customer)  # E: transaction-missing


def created_and_left(email: str) -> None:
    customer, created = Customer.objects.get_or_create(email=email)
    if created:
        return
    customer.credit += 1
    customer.save()


async def found_or_created_asynchronously(email: str) -> None:
    customer, created = await Customer.objects.aget_or_create(email=email)
    if not created:
        await customer.asave()


def created_and_always_more(email: str) -> None:
    customer, created = Customer.objects.get_or_create(email=email)
    if not created:
        print("known")
    customer.save()  # E: transaction-missing


def updated_or_created_always_writes(email: str) -> None:
    customer, created = Customer.objects.update_or_create(email=email)
    if not created:
        Order.objects.create(customer=customer)  # E: transaction-missing


def one_before(email: str, order: Order) -> None:
    order.save()
    customer, created = Customer.objects.get_or_create(email=email)  # E: transaction-missing
    if not created:
        customer.save()


def updated_none(pk: int, customer: Customer) -> None:
    updated = Order.objects.filter(pk=pk).update(status="paid")
    if not updated:
        Order.objects.create(customer=customer)


def updated_none_by_number(pk: int, customer: Customer) -> None:
    if Order.objects.filter(pk=pk).update(status="paid") == 0:
        Order.objects.create(customer=customer)


def updated_some(pk: int, customer: Customer) -> None:
    if Order.objects.filter(pk=pk).update(status="paid"):
        customer.save()  # E: transaction-missing
    if Order.objects.filter(pk=pk).update(status="sent") > 0:
        print("sent")
