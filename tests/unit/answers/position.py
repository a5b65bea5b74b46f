from functools import cache

from answers import ask


def outer() -> None:
    ask.function()  # = outer
    print(lambda: ask.function())  # = lambda
    print([ask.function() for _ in range(3)])  # = outer
    print(f"{ask.function()}")  # = outer
    print(f"""
    {ask.function()}""")  # = outer

    def inner(default: object = ask.function()) -> None:  # = outer
        ask.function()  # = inner

    class Inner:
        ask.function()  # = outer

        @property
        def method(self) -> None:
            ask.function()  # = @property Inner.method


@cache
@print
def decorated() -> None:
    if True:
        while True:
            ask.function()  # = @cache @print decorated


class Outer:
    class Nested:
        def method(self) -> None:
            ask.function()  # = Nested.method

    @staticmethod
    def static() -> None:
        ask.function()  # = @staticmethod Outer.static
