# select: http-timeout
"""Calls of each library, with every way to give a timeout or none."""

from __future__ import annotations

import asyncio
import contextlib
import ftplib
import functools
import http.client
import smtplib
import socket
import ssl
import urllib.request as ur
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial, partialmethod
from typing import Any, ClassVar, Final, NotRequired, Protocol, Self, TypedDict, Unpack
from urllib.request import Request, build_opener, urlopen

import httpx
import requests
from django.core.management.base import BaseCommand
from django.views import View
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth

TIMEOUT: Final = 30
NO_TIMEOUT: Final = None
DEFAULTS: Final = {"timeout": 10}


class Options(TypedDict):
    timeout: float
    verify: bool


class Partial(TypedDict, total=False):
    timeout: float


class NoTimeout(TypedDict):
    verify: bool


class MaybeNone(TypedDict):
    timeout: float | None


class AlwaysNone(TypedDict):
    timeout: None


def basics(url: str) -> None:
    requests.get(url)  # E: http-timeout
    requests.post(url, json={"a": 1})  # E: http-timeout
    requests.put(url, data=b"x")  # E: http-timeout
    requests.patch(url)  # E: http-timeout
    requests.delete(url)  # E: http-timeout
    requests.head(url)  # E: http-timeout
    requests.options(url)  # E: http-timeout
    requests.request("GET", url)  # E: http-timeout
    requests.api.get(url)  # E: http-timeout
    requests.get(url, timeout=None)  # E: http-timeout
    requests.get(url, timeout=NO_TIMEOUT)  # E: http-timeout
    requests.get(url, timeout=TIMEOUT)
    requests.get(url, timeout=(3, 27))
    requests.get(url, timeout=(None, 27))
    requests.get(url, params={"timeout": 3})  # E: http-timeout
    requests.get(url=url, **DEFAULTS)
    requests.Request("GET", url).prepare()
    requests.session().get(url)  # E: http-timeout
    requests.Session().get(url, stream=True)  # E: http-timeout


def typed_dicts(url: str, o: Options, p: Partial, n: NoTimeout, m: MaybeNone, a: AlwaysNone) -> None:
    requests.get(url, **o)
    requests.get(url, **p)
    requests.get(url, **n)  # E: http-timeout
    requests.get(url, **m)
    requests.get(url, **{**o})
    requests.get(url, **{"verify": True, **p})
    requests.get(url, **dict(timeout=3))
    requests.get(url, **dict(verify=True))


def kw_unpack(url: str, **kwargs: Unpack[Options]) -> requests.Response:
    return requests.get(url, **kwargs)


def kw_unpack_none(url: str, **kwargs: Unpack[NoTimeout]) -> requests.Response:
    return requests.get(url, **kwargs)  # E: http-timeout


def kw_opaque(url: str, **kwargs: Any) -> requests.Response:
    kwargs.setdefault("timeout", 10)
    return requests.get(url, **kwargs)


def with_default(url: str, timeout: float | None = None) -> requests.Response:
    return requests.get(url, timeout=timeout)


def with_none_default(url: str, timeout: float = 5) -> requests.Response:
    return requests.get(url, timeout=timeout or None)


def conditional(url: str, slow: bool) -> None:
    requests.get(url, timeout=None if slow else 5)
    timeout = 5 if slow else None
    requests.get(url, timeout=timeout)


get_json = partial(requests.get, timeout=5)
get_bare = partial(requests.get, headers={"Accept": "x"})


def partials(url: str) -> None:
    get_json(url)
    partial(requests.get, timeout=5)(url)
    functools.partial(requests.post, url, timeout=5)()


async def threads(url: str) -> None:
    await asyncio.to_thread(requests.get, url, timeout=5)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, partial(requests.get, url, timeout=5))
    await loop.run_in_executor(None, lambda: requests.get(url))  # E: http-timeout


class Client:
    base: ClassVar[str] = "https://x"
    default_timeout: ClassVar[int | None] = None

    def __init__(self, session: requests.Session | None = None) -> None:
        self.session = session or requests.Session()
        self._http = requests.Session()
        self._http.headers.update({"a": "b"})
        self._http.auth = HTTPBasicAuth("a", "b")
        self._http.mount("https://", HTTPAdapter(max_retries=3))

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.base + path)  # E: http-timeout

    def post(self, path: str, timeout: int = 3) -> requests.Response:
        return self._http.post(self.base + path, timeout=timeout)

    def put(self, path: str) -> requests.Response:
        return self._http.put(self.base + path)  # E: http-timeout

    def patch(self, path: str) -> requests.Response:
        return self._http.patch(path, timeout=self.default_timeout)

    def _request(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        return self._http.request(method, path, **kwargs)

    def delete(self, path: str) -> None:
        self._request("DELETE", path)

    def prepared(self, path: str) -> None:
        req = self._http.prepare_request(requests.Request("GET", path))
        self._http.send(req)  # E: http-timeout
        self._http.send(req, timeout=3)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._http.close()


class TimeoutSession(requests.Session):
    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", 5)
        return super().request(method, url, *args, **kwargs)


class SendSession(requests.Session):
    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", 5)
        return super().send(request, **kwargs)


class BaseUrlSession(requests.Session):
    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        return super().prepare_request(request)


class OverridesGet(requests.Session):
    def get(self, url: str | bytes, **kwargs: Any) -> requests.Response:
        return super().get(url, timeout=5, **kwargs)


class TimeoutMixin:
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", 5)
        return super().request(*args, **kwargs)  # type: ignore[misc]


class MixedSession(TimeoutMixin, requests.Session):
    pass


class GrandChild(TimeoutSession):
    pass


def subclasses(url: str, s: BaseUrlSession, g: GrandChild) -> None:
    TimeoutSession().get(url)
    TimeoutSession().request("GET", url)
    SendSession().get(url)
    MixedSession().get(url)
    s.get(url)  # E: http-timeout
    g.post(url)
    o = OverridesGet()
    o.get(url)
    o.post(url)  # E: http-timeout
    with BaseUrlSession("x") as b:
        b.head(url)  # E: http-timeout


class RequestsLike(Protocol):
    def get(self, url: str, timeout: float | None = ...) -> Any: ...


def handed(client: RequestsLike, session: requests.Session, h: httpx.Client, ah: httpx.AsyncClient) -> None:
    client.get("x")
    session.get("x")  # E: http-timeout
    h.get("x")
    h.get("x", timeout=None)  # E: http-timeout
    h.request("GET", "x", timeout=None)  # E: http-timeout
    h.send(h.build_request("GET", "x"))


def httpx_calls(url: str) -> None:
    httpx.get(url)
    httpx.get(url, timeout=None)  # E: http-timeout
    httpx.post(url, timeout=5.0)
    httpx.stream("GET", url, timeout=None)  # E: http-timeout
    httpx.request("GET", url, timeout=None)  # E: http-timeout
    httpx.Client()
    httpx.Client(timeout=None)  # E: http-timeout
    httpx.AsyncClient(timeout=None)  # E: http-timeout
    httpx.Client(timeout=httpx.Timeout(5))
    httpx.Client(timeout=httpx.Timeout(None))
    httpx.AsyncClient(base_url=url)
    with httpx.Client(timeout=None) as c:  # E: http-timeout
        c.get(url)
    client = httpx.Client(timeout=httpx.USE_CLIENT_DEFAULT) if url else httpx.Client()  # type: ignore[arg-type]
    client.get(url)


def standard(url: str) -> None:
    urlopen(url)  # E: http-timeout
    urlopen(url, None, 5)
    urlopen(url, b"x")  # E: http-timeout
    urlopen(Request(url), timeout=3)
    ur.urlopen(url)  # E: http-timeout
    ur.urlopen(Request(url), timeout=None)  # E: http-timeout
    ur.urlretrieve(url)
    with urlopen(url) as f:  # E: http-timeout
        f.read()
    with contextlib.closing(urlopen(url, timeout=3)) as g:
        g.read()
    opener = build_opener()
    opener.open(url)
    http.client.HTTPConnection("h")  # E: http-timeout
    http.client.HTTPSConnection("h", 443)  # E: http-timeout
    http.client.HTTPSConnection("h", 443, timeout=3)
    http.client.HTTPConnection("h", 80, 5)
    smtplib.SMTP("h")  # E: http-timeout
    smtplib.SMTP("h", 25, "me", 10)
    smtplib.SMTP_SSL("h", 465, context=ssl.create_default_context())  # E: http-timeout
    smtplib.SMTP_SSL("h", timeout=10)
    with smtplib.SMTP("h", 587) as s:  # E: http-timeout
        s.starttls()
    smtplib.LMTP("h")
    ftplib.FTP("h")  # E: http-timeout
    ftplib.FTP("h", "u", "p", "a", 10)
    ftplib.FTP_TLS("h", timeout=5)
    with ftplib.FTP_TLS("h") as t:  # E: http-timeout
        t.login()
    socket.create_connection(("h", 1))  # E: http-timeout
    socket.create_connection(("h", 1), 5)
    socket.create_connection(("h", 1), timeout=None)  # E: http-timeout
    sock = socket.socket()
    sock.settimeout(5)
    sock.connect(("h", 1))


class Command(BaseCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        r = requests.get("x", timeout=options["timeout"])
        self.stdout.write(r.text)
        requests.get("x", **options)


class Proxy(View):
    session = requests.Session()

    def get(self, request: Any) -> Any:
        self.session.get("x")  # E: http-timeout
        return self.session.get("x", timeout=self.get_timeout())

    def get_timeout(self) -> int | None:
        return None


@dataclass
class Gateway:
    transport: Callable[..., requests.Response] = requests.get
    session: requests.Session = field(default_factory=requests.Session)
    timeout: float = 5

    def call(self, url: str) -> None:
        self.transport(url)
        getattr(self.session, "get")(url)
        self.session.get(url, timeout=self.timeout)
        method = self.session.get
        method(url)  # E: http-timeout


def retry(fn: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
    return fn


@retry
def decorated(url: str) -> requests.Response:
    return requests.get(url)  # E: http-timeout


def mapped(urls: list[str]) -> list[requests.Response]:
    return list(map(requests.get, urls))


class LegacySMTP(smtplib.SMTP):
    pass


class TimedSMTP(smtplib.SMTP):
    def __init__(self, host: str) -> None:
        super().__init__(host, timeout=5)


class TimedConnection(http.client.HTTPConnection):
    timeout = 10


def sub_std() -> None:
    LegacySMTP("h")  # E: http-timeout
    TimedSMTP("h")


class HttpxSub(httpx.Client):
    pass


def sub_httpx() -> None:
    HttpxSub(timeout=None)  # E: http-timeout
    HttpxSub().get("x", timeout=None)  # E: http-timeout


def exc(url: str) -> bytes:
    try:
        response = requests.get(url)  # E: http-timeout
    except requests.RequestException:
        return b""
    else:
        return response.content
    finally:
        requests.get(url, timeout=1)


def nested(url: str) -> Any:
    return {"a": requests.get(url).json()["b"], "c": [requests.get(u).ok for u in url]}  # E: http-timeout


def matched(url: str, method: str) -> None:
    match method:
        case "get":
            requests.get(url)  # E: http-timeout
        case _:
            requests.post(url, timeout=2)


def star(url: str, args: tuple[str, ...], kw: Mapping[str, Any]) -> None:
    requests.get(*args)
    requests.get(*args, timeout=3)
    requests.get(*args, timeout=None)  # E: http-timeout
    requests.get(url, **kw)
    requests.get(url, **kw, timeout=None)  # E: http-timeout


def mixed(session: requests.Session | TimeoutSession, opt: requests.Session | None) -> None:
    session.get("x")  # E: http-timeout
    if opt:
        opt.get("x")  # E: http-timeout


def fallback_literal(url: str) -> None:
    options: dict[str, Any] = {}
    options["timeout"] = 5
    requests.get(url, **options)
    fixed = {"timeout": 5, "verify": False}
    requests.get(url, **fixed)
    nope = {"verify": False}
    requests.get(url, **nope)


def ignored(url: str) -> None:
    requests.get(url)  # type: ignore[http-timeout]
    requests.get(url)  # type: ignore[deck-http]
