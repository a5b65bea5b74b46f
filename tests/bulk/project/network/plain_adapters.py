# select: http-timeout
"""An adapter that only retries sets no timeout, nor does the sockets' default for requests."""

from __future__ import annotations

import socket

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

socket.setdefaulttimeout(10)


def retrying() -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(max_retries=Retry(total=3))
    session.mount("https://", adapter)
    return session


class View:
    def __init__(self, request: requests.Request) -> None:
        self.request = request  # no function: a session's request stays what it is


retrying().get("https://example.org")  # E: http-timeout
fetch = requests.get
fetch("https://example.org")  # E: http-timeout "requests.get"


def aliased(url: str) -> None:
    get = requests.get
    get(url)  # E: http-timeout "requests.get"
    get(url, timeout=None)  # E: http-timeout
    get(url, timeout=5)
