from contextlib import suppress

from answers import ask
from answers.models import Owner
from django.core.exceptions import ObjectDoesNotExist


def asked(name: str) -> None:
    if not Owner.objects.filter(name=name).exists():
        ask.absent()  # = 9
    else:
        ask.absent()  # = none
    if Owner.objects.filter(name=name).exists():
        ask.absent()  # = none
    else:
        ask.absent()  # = 13
    if name and not Owner.objects.filter(name=name).exists():
        ask.absent()  # = 17
    if name or not Owner.objects.filter(name=name).exists():
        ask.absent()  # = none
    if Owner.objects.filter(name=name).count() == 0:
        ask.absent()  # = 21
    if Owner.objects.filter(name=name).first() is not None:
        return
    ask.absent()  # = 23


def kept(name: str) -> None:
    there = Owner.objects.filter(name=name).exists()
    if not there:
        ask.absent()  # = 29
    row = Owner.objects.filter(name=name).last()
    if row is None:
        ask.absent()  # = 32


def caught(name: str) -> None:
    try:
        Owner.objects.get(name=name)
        ask.absent()  # = none
    except Owner.DoesNotExist:
        ask.absent()  # = 39
    except ValueError:
        ask.absent()  # = none
    try:
        Owner.objects.filter(name=name).get()
    except (ValueError, ObjectDoesNotExist):
        ask.absent()  # = 46
    try:
        row = Owner.objects.get(name=name)
    except Owner.DoesNotExist:
        row = None
    if row is None:
        ask.absent()  # = 50


def left_with_the_row(name: str) -> Owner | None:
    try:
        return Owner.objects.get(name=name)
    except Owner.DoesNotExist:
        pass
    ask.absent()  # = 59
    try:
        owner = Owner.objects.get(name=name)
    except Owner.DoesNotExist:
        print("nobody")
    else:
        return owner
    if owner:
        ask.absent()  # = 59, 64
    return None


def left_without_the_row(name: str) -> None:
    try:
        Owner.objects.get(name=name)
    except Owner.DoesNotExist:
        return
    ask.absent()  # = none


def left_for_another_reason(name: str) -> Owner:
    try:
        return Owner.objects.get(name=name)
    except Owner.DoesNotExist:
        print("nobody")
    except ValueError:
        print("no name")
    ask.absent()  # = none


def suppressed(name: str) -> Owner | None:
    with suppress(Owner.DoesNotExist, ValueError):
        return Owner.objects.get(name=name)
    ask.absent()  # = 94
    with suppress(Owner.DoesNotExist):
        return Owner.objects.get(name=name)
    ask.absent()  # = 94, 97
    return None
