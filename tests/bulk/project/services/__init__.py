# select: service-return
"""The package: what it exports is judged."""

from services.orders import place

__all__ = ["place", "visible"]


def visible(x: int):  # E: service-return
    return x


def hidden(x: int):
    return x


def __getattr__(name: str):
    raise AttributeError(name)


def __dir__():
    return __all__
