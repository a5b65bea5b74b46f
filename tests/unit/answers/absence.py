from answers import ask
from answers.models import Owner
from django.core.exceptions import ObjectDoesNotExist


def asked(name: str) -> None:
    if not Owner.objects.filter(name=name).exists():
        ask.absent()  # = 7
    else:
        ask.absent()  # = none
    if Owner.objects.filter(name=name).exists():
        ask.absent()  # = none
    else:
        ask.absent()  # = 11
    if name and not Owner.objects.filter(name=name).exists():
        ask.absent()  # = 15
    if name or not Owner.objects.filter(name=name).exists():
        ask.absent()  # = none
    if Owner.objects.filter(name=name).count() == 0:
        ask.absent()  # = 19
    if Owner.objects.filter(name=name).first() is not None:
        return
    ask.absent()  # = 21


def kept(name: str) -> None:
    there = Owner.objects.filter(name=name).exists()
    if not there:
        ask.absent()  # = 27
    row = Owner.objects.filter(name=name).last()
    if row is None:
        ask.absent()  # = 30


def caught(name: str) -> None:
    try:
        Owner.objects.get(name=name)
        ask.absent()  # = none
    except Owner.DoesNotExist:
        ask.absent()  # = 37
    except ValueError:
        ask.absent()  # = none
    try:
        Owner.objects.filter(name=name).get()
    except (ValueError, ObjectDoesNotExist):
        ask.absent()  # = 44
    try:
        row = Owner.objects.get(name=name)
    except Owner.DoesNotExist:
        row = None
    if row is None:
        ask.absent()  # = 48
