from answers import ask
from answers.models import Account, LockingQuerySet, Owner
from django.shortcuts import get_object_or_404


def lock(pk: int) -> Owner:
    return Owner.objects.select_for_update().get(pk=pk)


def load(pk: int) -> Owner:
    return Owner.objects.get(pk=pk)


def queries(pk: int, rows: LockingQuerySet) -> None:
    ask.origins(Owner.objects.get(pk=pk))  # = query
    ask.origins(Owner.objects.select_for_update().get(pk=pk))  # = locked
    ask.origins(Owner.objects.filter(pk=pk).select_for_update().first())  # = locked
    ask.origins(get_object_or_404(Owner, pk=pk))  # = query
    ask.origins(get_object_or_404(Owner.objects.select_for_update(), pk=pk))  # = locked
    ask.origins(Account.plain.all()[0])  # = query
    ask.origins(list(Account.plain.select_for_update())[0])  # = locked
    ask.origins(rows.get(pk=pk))  # = other
    ask.origins(rows.locked().get(pk=pk))  # = locked
    ask.origins(rows.current(lock=True))  # = locked
    ask.origins(lock(pk))  # = locked
    ask.origins(load(pk))  # = other
    ask.origins(Owner())  # = built
    ask.origins(Owner.objects.create(name="a"))  # = built
    ask.origins(Owner.objects.get(pk=pk) if pk else Owner())  # = built query


def variables(pk: int, given: Owner) -> None:
    ask.origins(given)  # = parameter
    row = Owner.objects.get(pk=pk)
    ask.origins(row)  # = query
    rows = Owner.objects.select_for_update()
    row = rows.get(pk=pk)
    ask.origins(row)  # = locked
    if pk:
        row = given
    ask.origins(row)  # = locked parameter
    row, created = Owner.objects.get_or_create(email="a")
    ask.origins(row)  # = query
    first, second = given, Owner()
    ask.origins(second)  # = built
    for row in Owner.objects.all():
        ask.origins(row)  # = query
    for index, row in enumerate(Owner.objects.select_for_update()):
        ask.origins(row)  # = locked
    try:
        row = Owner.objects.get(pk=pk)
    except Owner.DoesNotExist:
        row = Owner.objects.create()
    ask.origins(row)  # = built query
    print([ask.origins(one) for one in Owner.objects.select_for_update()])  # = locked


async def asynchronous(pk: int) -> None:
    row = await Owner.objects.aget(pk=pk)
    ask.origins(row)  # = query
    ask.origins(await Owner.objects.select_for_update().aget(pk=pk))  # = locked


def related(account: Account) -> None:
    locked = Account.plain.select_for_update().get()
    ask.origins(locked.owner)  # = locked
    ask.origins(account.owner)  # = other

# ruff: noqa: B007, F841, RUF015, RUF059
