"""Decorators of a project that have a function run after the commit, or in a transaction."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.transaction import on_commit

P = ParamSpec("P")
R = TypeVar("R")


def after_commit(func: Callable[P, None]) -> Callable[P, None]:
    @functools.wraps(func)
    def inner(*args: P.args, **kwargs: P.kwargs) -> None:
        transaction.on_commit(lambda: func(*args, **kwargs))

    return inner


def after_commit_untyped(func):
    def inner(*args, **kwargs):
        on_commit(lambda: func(*args, **kwargs))

    return inner


def after_commit_of(using: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    def decorator(func: Callable[P, None]) -> Callable[P, None]:
        def inner(*args: P.args, **kwargs: P.kwargs) -> None:
            def run() -> None:
                func(*args, **kwargs)

            transaction.on_commit(run, using=using)

        return inner

    return decorator


class AfterCommit:
    def __init__(self, func: Callable[..., None]) -> None:
        self.func = func

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        connection.on_commit(functools.partial(self.func, *args, **kwargs))


def logged(func: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(func)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        return func(*args, **kwargs)

    return inner


@contextmanager
def traced_atomic(name: str = "") -> Iterator[None]:
    with transaction.atomic():
        print(name)
        yield


@contextmanager
def not_atomic() -> Iterator[None]:
    with transaction.atomic():
        pass
    yield
