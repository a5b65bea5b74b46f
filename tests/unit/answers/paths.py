import sys
from contextlib import suppress

from answers import ask


def in_order(number: int) -> None:
    ask.before()  # = none
    ask.here()
    ask.before()  # = 9
    ask.here()
    ask.before()  # = 9 11


def branches(number: int) -> None:
    if number == 1:
        ask.here()
        ask.before()  # = 17
    elif number == 2:
        ask.here()
        ask.before()  # = 20
    else:
        ask.before()  # = none
    ask.before()  # = 17 20


def leaving(number: int) -> None:
    if number == 1:
        ask.here()
        return
    if number == 2:
        ask.here()
        raise ValueError
    if number == 3:
        ask.here()
        sys.exit(1)
    ask.before()  # = none


def cases(number: int) -> None:
    match number:
        case 1:
            ask.here()
        case 2 if str(ask.here()):
            ask.before()  # = 44
        case _:
            ask.before()  # = none
    ask.before()  # = 43 44


def loops(numbers: list[int]) -> None:
    for number in numbers:
        ask.before()  # = none
        ask.here()
        if number:
            ask.here()
            continue
        if number > 3:
            ask.here()
            break
        ask.before()  # = 54
    else:
        ask.before()  # = 54 56
    ask.before()  # = 54 56 59


def endless(number: int) -> None:
    while True:
        ask.here()
        if number:
            ask.here()
            break
    ask.before()  # = 69 71


def tries(number: int) -> None:
    ask.here()
    try:
        ask.here()
    except ValueError:
        ask.before()  # = 77
        ask.here()
    except TypeError:
        return
    else:
        ask.before()  # = 77 79
    finally:
        ask.before()  # = 77 79 82
    ask.before()  # = 77 79 82


def contexts(number: int) -> None:
    with suppress(ValueError):
        ask.here()
    ask.before()  # = 94


def expressions(number: int) -> None:
    ask.here() if number else ask.before()  # = none
    ask.before()  # = 99
    print(number and ask.here())
    ask.before()  # = 99 101
    print([ask.here() for _ in range(3)])
    ask.before()  # = 99 101 103


def defined(number: int) -> None:
    def inner() -> None:
        ask.here()
        ask.before()  # = 109

    print(lambda: ask.here(), inner)
    ask.before()  # = none
