# select: http-timeout
"""Sessions that this module gives a timeout, for those who import it."""

from __future__ import annotations

import functools
from typing import Any

import requests
from requests.adapters import HTTPAdapter


class TimeoutAdapter(HTTPAdapter):
    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["timeout"] = kwargs.get("timeout") or 5
        return super().send(request, *args, **kwargs)


class Api(requests.Session):
    def __init__(self) -> None:
        super().__init__()
        adapter = TimeoutAdapter(max_retries=3)
        for scheme in ("http://", "https://"):
            self.mount(scheme, adapter)


class Client:
    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.request = functools.partial(self.session.request, timeout=5)  # type: ignore[method-assign]

    def load(self, url: str) -> bytes:
        return self.session.get(url).content


def timed(session: requests.Session) -> requests.Session:
    original = session.request

    def request(*args: Any, **kwargs: Any) -> requests.Response:
        return original(*args, **{"timeout": 5, **kwargs})

    session.request = request  # type: ignore[method-assign]
    return session


def plain(url: str) -> None:
    """What is made here and handed to nobody has no default."""
    session = requests.Session()
    session.headers["Accept"] = "text/plain"
    session.get(url)  # E: http-timeout
    with requests.Session() as other:
        other.post(url)  # E: http-timeout
    requests.Session().get(url)  # E: http-timeout
    given = requests.Session()
    timed(given)
    given.get(url)
