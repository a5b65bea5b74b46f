# select: query-in-loop, query-create-in-loop, query-related-in-loop
from __future__ import annotations

import itertools

from django.db.models import Prefetch, QuerySet

from teams.models import Customer, Line, Order


def q1(pks: list[int]) -> None:
    for pk in pks:
        Order.objects.get(pk=pk)  # E: query-in-loop
        Order.objects.filter(pk=pk).first()  # E: query-in-loop
        Order.objects.filter(pk=pk).exists()  # E: query-in-loop
        Order.objects.filter(pk=pk).count()  # E: query-in-loop
        Order.objects.count()
        Order.objects.get(pk=1)
        list(Order.objects.filter(pk=pk))  # E: query-in-loop
        for o in Order.objects.filter(pk=pk):  # E: query-in-loop
            print(o)
        Order.objects.filter(pk=pk)
        Order.objects.filter(customer__pk=pk).aggregate(n=1)  # E: query-in-loop
    [Order.objects.get(pk=pk) for pk in pks]  # E: query-in-loop
    {pk: Order.objects.filter(pk=pk).last() for pk in pks}  # E: query-in-loop
    for pk in (1, 2):
        Order.objects.get(pk=pk)
    for pk in [1, 2, 3]:
        Order.objects.get(pk=pk)
    while pks:
        Order.objects.get(pk=pks.pop())
    for i in range(0, len(pks), 100):
        batch = pks[i : i + 100]
        list(Order.objects.filter(pk__in=batch))
    for chunk in itertools.batched(pks, 100):  # type: ignore[attr-defined]
        list(Order.objects.filter(pk__in=chunk))
    for i, pk in enumerate(pks):
        Order.objects.get(pk=pk)  # E: query-in-loop
    for pk in pks:
        n = pk + 1
        Order.objects.get(pk=n)  # E: query-in-loop
    for pk in pks:

        def inner() -> None:
            Order.objects.get(pk=pk)


async def q2(pks: list[int]) -> None:
    for pk in pks:
        await Order.objects.aget(pk=pk)  # E: query-in-loop
    async for o in Order.objects.all():
        await Line.objects.filter(order=o).acount()  # E: query-in-loop


def c1(names: list[str]) -> None:
    for n in names:
        Customer.objects.create(name=n)  # E: query-create-in-loop
    for n in names:
        c = Customer(name=n)
        c.save()  # E: query-create-in-loop
    for n in names:
        Customer(name=n).save()  # E: query-create-in-loop
    for n in names:
        c = Customer.objects.create(name=n)
        Order.objects.create(customer=c)  # E: query-create-in-loop
    for n in names:
        c = Customer.objects.create(name=n)
        print(c.pk)
    [Customer.objects.create(name=n) for n in names]  # E: query-create-in-loop
    for n in names:
        Customer.objects.get_or_create(email=n)
    for c in Customer.objects.all():
        c.save()


def c2(names: list[str]) -> list[Customer]:
    return [Customer.objects.create(name=n) for n in names]


def r1(orders: QuerySet[Order]) -> None:
    for o in Order.objects.all():
        o.customer  # E: query-related-in-loop
        o.customer.name
        o.customer_id
        o.customer.pk
        o.lines.all()
        o.status
    for o in Order.objects.select_related("customer"):
        o.customer.name
        o.customer.user  # D: query-related-in-loop
    for o in Order.objects.select_related("customer__user"):
        print(o.customer.user)
    for o in Order.objects.prefetch_related("customer"):
        print(o.customer)
    for o in Order.objects.select_related("customer").select_related(None):
        print(o.customer)  # E: query-related-in-loop
    for o in Order.objects.prefetch_related("lines", "tags"):
        list(o.lines.all()), o.lines.count(), len(o.tags.all())
        for line in o.lines.all():
            print(line.order)
    for o in Order.objects.all():
        for line in o.lines.all():  # D: query-related-in-loop
            print(line.order)
    for o in Order.objects.prefetch_related(Prefetch("lines", to_attr="all_lines")):
        list(o.lines.all())  # D: query-related-in-loop
    for o in orders:
        print(o.customer)  # E: query-related-in-loop
    for i, o in enumerate(Order.objects.all()):
        print(o.customer)  # E: query-related-in-loop
    for o in list(Order.objects.all()):
        print(o.customer)  # E: query-related-in-loop
    for o in sorted(Order.objects.all(), key=lambda x: x.pk):
        print(o.customer)  # E: query-related-in-loop
    for o in Order.objects.iterator():
        print(o.customer)  # E: query-related-in-loop
    qs = Order.objects.filter(status="x")
    for o in qs:
        print(o.customer)  # E: query-related-in-loop
    qs2 = Order.objects.filter(status="x").select_related("customer")
    for o in qs2:
        print(o.customer)
    [o.customer for o in Order.objects.all()]  # E: query-related-in-loop
    {o.customer.name: o for o in Order.objects.select_related("customer")}
    for o in Order.objects.open():
        print(o.customer)  # D: query-related-in-loop
    for a, b in zip(Order.objects.all(), [1]):
        print(a.customer)  # E: query-related-in-loop
    for o in helper():
        print(o.customer)  # E: query-related-in-loop
    for o in helper2():
        print(o.customer)
    for d in Order.objects.values():
        print(d["customer"])


def helper() -> QuerySet[Order]:
    return Order.objects.all()


def helper2() -> QuerySet[Order]:
    return Order.objects.select_related("customer")


def r2(orders: list[Order], by: dict[int, Order]) -> None:
    for o in orders:
        print(o.customer)
    for o in by.values():
        print(o.customer)
