# select: http-timeout
"""What only looks like a call without a timeout, and what only looks like one with it."""

from __future__ import annotations

import abc
import contextlib
import ftplib
import functools
import http.client
import os
import smtplib
import socket
import sys
import typing as t
import unittest
import urllib.request
from http.client import HTTPSConnection as Conn
from typing import TYPE_CHECKING, Any, Literal, overload
from unittest import mock

import pytest
import requests
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection, send_mail
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory, TestCase
from django.test.client import AsyncClient
from django.views import View
from requests import Session, sessions
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.models import Response

if TYPE_CHECKING:
    from requests import Session as S


class MyView(View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.session.get("a")
        request.GET.get("a")
        request.POST.get("a", None)
        cache.get("a")
        kwargs.get("x")
        os.environ.get("x")
        return HttpResponse(requests.get("x", timeout=settings.TIMEOUT).content)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)

    def put(self, request: HttpRequest) -> HttpResponse:
        requests.put("x", request.body)  # E: http-timeout
        return self.post(request)


class ViewTests(TestCase):
    def setUp(self) -> None:
        self.factory = RequestFactory()

    def test_it(self) -> None:
        self.client.get("/")
        self.client.post("/", {})
        self.factory.get("/")
        Client().put("/")

    @mock.patch("requests.get")
    def test_mock(self, get: mock.MagicMock) -> None:
        get("x")
        session = mock.MagicMock(spec=Session)
        session.get("x")


@pytest.fixture
def session() -> t.Iterator[Session]:
    with Session() as s:
        yield s


def test_fixture(session: Session, client: Client, async_client: AsyncClient) -> None:
    client.get("/")
    session.get("x")  # E: http-timeout


class Api(abc.ABC):
    @property
    @abc.abstractmethod
    def session(self) -> Session: ...

    def fetch(self) -> Response:
        return self.session.get("x")  # E: http-timeout


class Timed(Api):
    @functools.cached_property
    def session(self) -> TimedSession:  # type: ignore[override]
        return TimedSession()

    def fetch2(self) -> Response:
        return self.session.get("x")


class TimedSession(Session):
    def request(self, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        return super().request(*args, **{"timeout": 5, **kwargs})


class Wrapper:
    def __init__(self) -> None:
        self._s = requests.Session()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._s, name)

    def get(self, url: str, **kwargs: Any) -> Response:
        return self._s.get(url, **{"timeout": 3, **kwargs})

    def post(self, url: str, *, timeout: float | None = 3, **kwargs: Any) -> Response:
        return self._s.post(url, timeout=timeout, **kwargs)

    def put(self, url: str) -> Response:
        kwargs = {"timeout": 3}
        return self._s.put(url, **kwargs)  # type: ignore[arg-type]

    def delete(self, url: str) -> Response:
        kwargs: dict[str, Any] = dict(headers={}, timeout=3)
        return self._s.delete(url, **kwargs)


def wrapper(w: Wrapper) -> None:
    w.get("x")
    w.put("x")
    w.patch("x")


def get(url: str) -> str:
    return url


def local() -> None:
    get("x")
    requests = {"get": get}
    requests.get("x")


def shadow(requests: Any) -> None:
    requests.get("x")


try:
    import niquests as req
except ImportError:
    req = None

if sys.platform == "win32":
    requests.get("x")

if not TYPE_CHECKING:
    requests.get("x")


def method_table(method: Literal["get", "post"]) -> Response:
    func = getattr(requests, method)
    func("x")
    calls = {"get": requests.get, "post": requests.post}
    return calls[method]("x")


def narrowing(s: Session | None = None, t: float | None = None, x: Session | dict[str, str] | None = None) -> None:
    s = s or Session()
    s.get("x")  # E: http-timeout
    if t is None:
        s.get("x", timeout=t)  # E: http-timeout
        t = 5
    s.get("x", timeout=t)
    if isinstance(x, dict):
        x.get("y")
    elif x is not None:
        x.get("y")  # E: http-timeout
    timeout = None
    try:
        timeout = float(os.environ["T"])
    except KeyError:
        pass
    s.get("x", timeout=timeout)


def loops(urls: list[str]) -> None:
    timeout: float | None = None
    for url in urls:
        timeout = 5.0
        requests.get(url, timeout=timeout)
    while True:
        try:
            requests.get("x", timeout=1)
        except requests.Timeout:
            continue
        finally:
            requests.get("y")  # E: http-timeout
        break


class StreamAdapter(HTTPAdapter):
    def send(self, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        kwargs["timeout"] = 5
        return super().send(*args, **kwargs)


def lazy_default(x: float | None) -> None:
    urllib.request.urlopen("x", timeout=x)
    urllib.request.urlopen("x", None, x)
    urllib.request.urlopen("x", timeout=socket._GLOBAL_DEFAULT_TIMEOUT)  # type: ignore[attr-defined]
    Conn("x", timeout=x)
    Conn("x", timeout=None)  # E: http-timeout
    with smtplib.SMTP("x", timeout=settings.EMAIL_TIMEOUT) as s:
        s.send("x")
    send_mail("a", "b", "c", ["d"])
    get_connection().send_messages([])
    smtplib.SMTP()  # E: http-timeout
    ftplib.FTP()  # E: http-timeout
    with contextlib.suppress(OSError), socket.create_connection(("a", 1), 3):
        pass


X = t.TypeVar("X", bound=Session)


def type_vars(s: X) -> Response:
    return s.get("x")  # mypy asks no hook of a type variable


def annotated(cls: type[Session], factory: t.Callable[[], Session]) -> None:
    cls().get("x")  # E: http-timeout
    factory().get("x")  # E: http-timeout
    sessions.Session().get("x")  # E: http-timeout
    requests.sessions.session().get("x")  # E: http-timeout


class HasSession(t.NamedTuple):
    s: Session


def patterns(x: object) -> None:
    match x:
        case Session() as s:
            s.get("x")  # E: http-timeout
        case HasSession(s=inner):
            inner.get("x")  # E: http-timeout
        case [Session() as first, *_]:
            first.get("x")  # E: http-timeout
        case {"s": Session() as v}:
            v.get("x")  # E: http-timeout
        case _:
            pass
