# select: http-timeout
"""However a session is reached, its type decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

import httpx
import requests
import requests as http
from requests import Response, Session, post
from requests.sessions import Session as BaseSession

S = TypeVar("S", bound=requests.Session)


@dataclass
class Gateway:
    session: Session = field(default_factory=Session)
    maybe: Session | None = None

    @cached_property
    def lazy(self) -> Session:
        return Session()

    @property
    def plain(self) -> BaseSession:
        return self.session

    def call(self, url: str) -> list[Response]:
        return [
            self.session.get(url),  # E: http-timeout "requests.Session.get"
            self.lazy.post(url, json={}),  # E: http-timeout
            self.plain.put(url),  # E: http-timeout
            self.session.request("GET", url, timeout=10),
            self.session.request("GET", url),  # E: http-timeout "requests.Session.request"
            self.session.request("GET", url, None, None, None, None, None, None, 10),
        ]

    def narrowed(self, url: str) -> None:
        if self.maybe is not None:
            self.maybe.options(url)  # E: http-timeout
        if self.maybe:
            self.maybe.options(url, timeout=3)


class Pair(NamedTuple):
    first: Session
    second: Session


class HasGet(Protocol):
    def get(self, url: str) -> object: ...


@contextmanager
def opened() -> Iterator[Session]:
    with Session() as session:
        yield session


def shapes(pair: Pair, sessions: list[Session], by_name: dict[str, Session], url: str, generic: S) -> None:
    pair.first.get(url)  # E: http-timeout
    pair[1].patch(url)  # E: http-timeout
    sessions[0].head(url)  # E: http-timeout
    for session in sessions:
        session.delete(url)  # E: http-timeout
    by_name["a"].get(url)  # E: http-timeout
    by_name.get(url)
    with opened() as session, Session() as other:
        session.get(url)  # E: http-timeout
        other.get(url, timeout=5)
    [session.get(url) for session in sessions]  # E: http-timeout
    if (walrus := Session()).get(url).ok:  # E: http-timeout
        walrus.get(url, timeout=(1, None))
    http.get(url)  # E: http-timeout "requests.get"
    post(url, {"a": 1})  # E: http-timeout "requests.post"
    post(url, {"a": 1}, timeout=1)
    send: Callable[[], Response] = lambda: http.get(url)  # E: http-timeout
    send()


async def asynchronous(url: str, client: httpx.AsyncClient, both: requests.Session | httpx.Client) -> None:
    await client.get(url)
    await client.get(url, timeout=None)  # E: http-timeout "httpx.AsyncClient.get"
    async with client.stream("GET", url, timeout=None) as response:  # E: http-timeout
        await response.aread()
    async with client.stream("GET", url) as response:
        await response.aread()
    both.get(url)  # E: http-timeout "requests.Session.get"


def near_misses(requests: dict[str, str], session: HasGet, anything: Any, url: str) -> None:
    requests.get(url)
    session.get(url)
    anything.get(url)
    anything.requests.post(url)


def unpacked(url: str, options: dict[str, Any], *args: Any, **kwargs: Any) -> None:
    http.get(url, **options)
    http.get(*args)
    http.get(url, **kwargs)
    http.get(url, **{"timeout": 3})
    http.get(url, **{"verify": False})  # E: http-timeout


def unchecked(url):
    http.get(url)  # E: http-timeout
    Session().get(url)  # E: http-timeout
