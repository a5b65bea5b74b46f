# select: http-timeout
"""Clients as teams write them."""

from __future__ import annotations

import functools
import http.client
import smtplib
import socket
import urllib.request
import urllib.request as ur
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from http.client import HTTPSConnection
from typing import Any, Generic, Protocol, TypedDict, TypeVar, Unpack
from urllib import request as urlreq
from urllib.request import urlopen

import aiohttp
import httpx
import requests
import requests as rq
from requests import Session
from requests import get as rget


class Opts(TypedDict, total=False):
    timeout: float
    verify: bool


class NoTimeout(TypedDict, total=False):
    verify: bool


TIMEOUT: float | None = 30
NONE = None


def functions(url: str, **kw: Any) -> None:
    requests.get(url)  # E: http-timeout "requests.get"
    rq.post(url, json={})  # E: http-timeout
    rget(url)  # E: http-timeout
    requests.api.put(url)  # E: http-timeout
    requests.request("GET", url)  # E: http-timeout
    requests.request(method="GET", url=url, timeout=None)  # E: http-timeout
    requests.get(url, timeout=NONE)  # E: http-timeout
    requests.get(url, timeout=TIMEOUT)
    requests.get(url, timeout=0.1)
    requests.get(url, timeout=(3, 30))
    requests.get(url, timeout=(None, None))
    requests.get(url, **kw)
    requests.get(url, **{"verify": False})  # E: http-timeout
    requests.get(url, **{"timeout": 3})
    requests.head(url), requests.options(url)  # E: http-timeout, http-timeout
    requests.delete(url, timeout=5), requests.patch(url, timeout=5)
    [requests.get(u).text for u in url]  # E: http-timeout
    f = lambda: requests.get(url)  # E: http-timeout
    f()


def typed_kwargs(url: str, **kw: Unpack[Opts]) -> None:
    requests.get(url, **kw)
    none: NoTimeout = {"verify": True}
    requests.get(url, **none)  # E: http-timeout
    opts = {"verify": True}
    requests.get(url, **opts)
    o2: Opts = {"timeout": 1}
    requests.get(url, **o2)


def unpacked(url: str, **kw: Unpack[NoTimeout]) -> None:
    requests.get(url, **kw)  # E: http-timeout


class Api:
    base = "https://example.org"

    def __init__(self, session: requests.Session | None = None) -> None:
        self.session = session or requests.Session()
        self._s = rq.session()

    def call(self, path: str) -> requests.Response:
        self._s.get(path)  # E: http-timeout
        return self.session.request("GET", self.base + path)  # E: http-timeout

    @property
    def sess(self) -> Session:
        return self.session

    @cached_property
    def cached(self) -> Session:
        return Session()

    def more(self) -> None:
        self.sess.get("")  # E: http-timeout
        self.cached.post("", timeout=3)
        self.cached.post("")  # E: http-timeout
        with requests.Session() as s:
            s.get("")  # E: http-timeout
            s.get("", timeout=None)  # E: http-timeout
            s.get("", params={}, timeout=4)
            prepared = s.prepare_request(requests.Request("GET", ""))
            s.send(prepared)  # E: http-timeout
            s.send(prepared, timeout=3)
        with ExitStack() as stack:
            t = stack.enter_context(requests.Session())
            t.put("")  # E: http-timeout
        self._get("")

    def _get(self, path: str) -> None: ...


class Base(Session):
    base = ""


class WithDefault(Session):
    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", 10)
        return super().request(method, url, *args, **kwargs)


class WithSend(Session):
    def send(self, request: Any, **kwargs: Any) -> requests.Response:
        kwargs["timeout"] = 10
        return super().send(request, **kwargs)


class SubDefault(WithDefault): ...


class OverridesGet(Session):
    def get(self, url: Any, **kwargs: Any) -> requests.Response:
        return super().get(url, timeout=3, **kwargs)


S = TypeVar("S", bound=Session)


class Wrapper(Generic[S]):
    def __init__(self, session: S) -> None:
        self.session = session

    def get(self, url: str) -> None:
        self.session.get(url)


@dataclass
class Dc:
    session: Session = field(default_factory=Session)

    def get(self, url: str) -> requests.Response:
        return self.session.get(url)  # E: http-timeout


class HasGet(Protocol):
    def get(self, url: str) -> requests.Response: ...


def subclasses(p: HasGet) -> None:
    Base().get("")  # E: http-timeout
    WithDefault().get("")
    WithSend().get("")
    SubDefault().post("")
    OverridesGet().get("")
    OverridesGet().post("")  # E: http-timeout
    p.get("")
    Wrapper(Base()).get("")
    Wrapper(Base()).session.get("")  # E: http-timeout
    {"a": 1}.get("a")


def partials(url: str) -> None:
    fetch = partial(requests.get, timeout=5)
    fetch(url)
    bad = partial(requests.get, url)
    bad()
    fetch2 = functools.partial(Session().get, timeout=3)
    fetch2(url)


def std(url: str) -> None:
    urlopen(url)  # E: http-timeout
    urlopen(url, None, 5)
    urlopen(url, timeout=5)
    urllib.request.urlopen(url, data=b"")  # E: http-timeout
    ur.urlopen(url)  # E: http-timeout
    urlreq.urlopen(url)  # E: http-timeout
    with closing(urlopen(url)) as r:  # E: http-timeout
        r.read()
    http.client.HTTPConnection("h")  # E: http-timeout
    HTTPSConnection("h", 443)  # E: http-timeout
    HTTPSConnection("h", 443, timeout=3)
    http.client.HTTPConnection("h", 80, 3)
    smtplib.SMTP("h")  # E: http-timeout
    smtplib.SMTP("h", 25, None, 3)
    smtplib.SMTP_SSL("h", timeout=3)
    socket.create_connection(("h", 1))  # E: http-timeout
    socket.create_connection(("h", 1), 3)
    socket.create_connection(("h", 1), timeout=None)  # E: http-timeout
    socket.socket()
    urllib.request.build_opener().open(url)


def httpxs(url: str) -> None:
    httpx.get(url)
    httpx.get(url, timeout=None)  # E: http-timeout
    httpx.Client()
    httpx.Client(timeout=None)  # E: http-timeout
    with httpx.Client(timeout=httpx.Timeout(5)) as c:
        c.get(url)
        c.get(url, timeout=None)  # E: http-timeout
        c.stream("GET", url, timeout=None)  # E: http-timeout
    httpx.stream("GET", url, timeout=None)  # E: http-timeout
    httpx.request("GET", url, timeout=3)


async def ahttpx(url: str) -> None:
    async with httpx.AsyncClient(timeout=None) as c:  # E: http-timeout
        await c.get(url)
        await c.post(url, timeout=None)  # E: http-timeout
    async with httpx.AsyncClient() as d:
        await d.get(url)
        await d.request("GET", url, timeout=3)
    async with aiohttp.ClientSession() as s:
        await s.get(url)


class HttpxSub(httpx.Client): ...


def hs() -> None:
    HttpxSub(timeout=None)  # E: http-timeout
    HttpxSub().get("")


def cond(url: str, s: Session | WithDefault, maybe: Session | None, ss: list[Session]) -> None:
    s.get(url)  # E: http-timeout
    if maybe:
        maybe.get(url)  # E: http-timeout
    ss[0].get(url)  # E: http-timeout
    (requests if url else rq).get(url)
    getattr(requests, "get")(url)


class Ftp:
    def __init__(self) -> None:
        from ftplib import FTP, FTP_TLS

        self.f = FTP("h")  # E: http-timeout
        self.g = FTP_TLS("h", timeout=3)
        self.h = FTP("h", "u", "p", "a", 3)


class MethodHolder:
    fetch = staticmethod(requests.get)
    METHODS = {"get": requests.get}

    def x(self, url: str) -> None:
        self.fetch(url)
        self.METHODS["get"](url)


def positional(url: str, s: Session) -> None:
    s.request("GET", url, None, None, None, None, None, None, 3)
    s.request("GET", url, None, None)  # E: http-timeout


def star(url: str, args: tuple[Any, ...], s: Session) -> None:
    s.request(*args)
    requests.get(url, *args)
