"""A server that takes the connection and never answers: http-timeout."""

import ftplib
import http.client
import smtplib
import socket
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import httpx
import pytest
import requests

Call = Callable[[int, Any], object]


def url(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def send(port: int, timeout: Any) -> object:
    request = requests.Request("GET", url(port)).prepare()
    return requests.Session().send(request, **timeout)


def ask(port: int, timeout: Any) -> object:
    connection = http.client.HTTPConnection("127.0.0.1", port, **timeout)
    connection.request("GET", "/")
    return connection.getresponse()


CALLS: dict[str, Call] = {
    "requests.get": lambda port, timeout: requests.get(url(port), **timeout),
    "requests.post": lambda port, timeout: requests.post(url(port), **timeout),
    "requests.request": lambda port, timeout: requests.request("GET", url(port), **timeout),
    "Session.get": lambda port, timeout: requests.Session().get(url(port), **timeout),
    "Session.send": send,
    "urlopen": lambda port, timeout: urllib.request.urlopen(url(port), **timeout),
    "HTTPConnection": ask,
    "SMTP": lambda port, timeout: smtplib.SMTP("127.0.0.1", port, **timeout),
    "FTP": lambda port, timeout: ftplib.FTP(**timeout).connect("127.0.0.1", port),
    "create_connection": lambda port, timeout: socket.create_connection(("127.0.0.1", port), **timeout).recv(1),
}
EXPLICIT: dict[str, Call] = {
    "requests.get, timeout=None": lambda port, _: requests.get(url(port), timeout=None),
    "httpx.get, timeout=None": lambda port, _: httpx.get(url(port), timeout=None),
    "httpx.Client, timeout=None": lambda port, _: httpx.Client(timeout=None).get(url(port)),
}


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that listens, and accepts nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield server.getsockname()[1]


def test_call_without_timeout_waits(silent: int) -> None:
    def attempt(call: Call) -> None:
        with suppress(Exception):  # the end of the server ends the call
            call(silent, {})

    calls = CALLS | EXPLICIT
    threads = {name: Thread(target=attempt, args=(call,), daemon=True) for name, call in calls.items()}
    for thread in threads.values():
        thread.start()
    for thread in threads.values():
        thread.join(0.15)
    assert [name for name, thread in threads.items() if not thread.is_alive()] == []


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_call_with_timeout_ends(silent: int, call: Call) -> None:
    with pytest.raises((OSError, requests.Timeout)):
        call(silent, {"timeout": 0.1})


def test_httpx_has_a_timeout_of_its_own() -> None:
    with httpx.Client() as client:
        assert client.timeout == httpx.Timeout(5.0)
