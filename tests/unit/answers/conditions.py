from answers import ask
from answers.models import Owner


def branches(number: int) -> None:
    ask.conditions()  # = none
    if number == 1:
        ask.conditions()  # = branch 7
        for _ in range(3):
            if number:
                ask.conditions()  # = branch 10, branch 7
    elif number == 2:
        ask.conditions()  # = branch 12, branch 7
    else:
        ask.conditions()  # = branch 12, branch 7
    ask.conditions()  # = none


def guards(number: int) -> None:
    if number == 1:
        return
    ask.conditions()  # = guard 20
    for _ in range(3):
        if number == 2:
            continue
        if number == 3:
            print(number)
        ask.conditions()  # = guard 24, guard 20
    if number == 4:
        raise ValueError
    else:
        print(number)
    ask.conditions()  # = guard 20


def updates(number: int) -> None:
    if Owner.objects.update(name="a"):
        ask.conditions()  # = branch 37 counts
    changed = Owner.objects.filter(name="a").update(name="b")
    if not changed:
        return
    ask.conditions()  # = guard 40 counts

# ruff: noqa: RET506
