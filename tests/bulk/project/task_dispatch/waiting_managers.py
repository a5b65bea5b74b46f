# select: task-blocking-result
"""A project's own context managers and decorators that let a task wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from celery import result
from celery.result import allow_join_result

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def joining() -> Iterator[None]:
    with allow_join_result():
        yield


@contextmanager
def joining_quietly(*, quiet: bool = True) -> Iterator[None]:
    try:
        with result.allow_join_result():
            yield
    finally:
        print(quiet)


@contextmanager
def timing() -> Iterator[None]:
    yield


def typed() -> AbstractContextManager[None]:
    return allow_join_result()


def untyped():
    return allow_join_result()


class Joining:
    def __enter__(self) -> None:
        self.manager = allow_join_result()
        self.manager.__enter__()

    def __exit__(self, *error: object) -> None:
        self.manager.__exit__(None, None, None)


class Pool:
    @contextmanager
    def joining(self) -> Iterator[None]:
        with allow_join_result():
            yield

    @staticmethod
    @contextmanager
    def joining_all() -> Iterator[None]:
        with allow_join_result():
            yield

    @contextmanager
    def timing(self) -> Iterator[None]:
        yield


class SubPool(Pool):
    pass


def waits(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> R:
        with allow_join_result():
            return function(*args, **kwargs)

    return waiting


def logs(function: Callable[P, R]) -> Callable[P, R]:
    return function
