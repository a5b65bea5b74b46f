# select: http-timeout
"""An adapter that only retries sets no timeout; a function by another name is still the function."""

from __future__ import annotations

from functools import partial
from urllib.request import urlopen

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

def retrying() -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(max_retries=Retry(total=3))
    session.mount("https://", adapter)
    return session


class View:
    def __init__(self, request: requests.Request) -> None:
        self.request = request  # no function: a session's request stays what it is


class Poster:
    def __init__(self) -> None:
        self.session = requests.Session()
        self.post = partial(requests.post, timeout=5)  # no session's method either

    def send(self, url: str) -> None:
        self.session.get(url)  # E: http-timeout
        self.post(url)


retrying().get("https://example.org")  # E: http-timeout
fetch = requests.get
fetch("https://example.org")  # E: http-timeout "requests.get"


def aliased(url: str) -> None:
    get = requests.get
    get(url)  # E: http-timeout "requests.get"
    get(url, timeout=None)  # E: http-timeout
    get(url, timeout=5)


def timed_get(url: str | bytes, *args: object, **kwargs: object) -> requests.Response:
    return requests.get(url, timeout=5)


def one_of_two(url: str, flag: bool) -> None:
    get = requests.get
    if flag:
        get = timed_get
    get(url)  # which one is not known
    again = get
    again(url)


def opened(url: str) -> None:
    opener = urlopen
    opener(url)  # E: http-timeout "urllib.request.urlopen"
