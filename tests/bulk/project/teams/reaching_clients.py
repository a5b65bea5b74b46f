# select: http-timeout
from __future__ import annotations

import smtplib
from functools import partial
from typing import Any, TypedDict

import httpx
import requests
from django.conf import settings
from requests import Session


class Opt(TypedDict, total=False):
    timeout: int


def more(url: str, s: "requests.Session", flag: bool, kw: dict[str, Any], n: int | None) -> None:
    requests.Session.get(s, url)  # E: http-timeout
    requests.Session.get(s, url, timeout=3)
    requests.sessions.Session().get(url)  # E: http-timeout
    requests.session().get(url)  # E: http-timeout
    requests.get(url, timeout=settings.TIMEOUT)
    requests.get(url, timeout=None if flag else 3)
    requests.get(url, timeout=n)
    requests.get(url, **{**kw, "timeout": 3})
    requests.get(url, **dict(timeout=3))
    httpx.get(url, **{"timeout": None})  # E: http-timeout
    smtplib.SMTP("h", 25, timeout=None)  # E: http-timeout
    with smtplib.SMTP("h", 25) as smtp:  # E: http-timeout
        smtp.sendmail("a", "b", "c")
    get = requests.get
    get(url)  # E: http-timeout "requests.get"
    func = requests.get if flag else requests.post
    func(url)
    (lambda: s.get(url))()  # E: http-timeout
    print(requests.get(url).json()["a"])  # E: http-timeout
    r = [s.get(u, timeout=3) for u in [url]]
    assert (resp := s.get(url))  # E: http-timeout
    try:
        s.post(url, data={})  # E: http-timeout
    finally:
        s.close()
    s.get(  # E: http-timeout
        url,
        headers={},
        params={},
    )
    partial(s.get, timeout=None)
    while not s.get(url):  # E: http-timeout
        pass


async def amore(c: httpx.AsyncClient, url: str) -> None:
    async with c.stream("GET", url, timeout=None) as r:  # E: http-timeout
        await r.aread()
    await c.get(url)


class Repo:
    client: Session

    @classmethod
    def build(cls) -> Session:
        return Session()

    def get(self, pk: int) -> Any:
        self.build().get("x")  # E: http-timeout
        return self.client.get("x", timeout=getattr(settings, "T", 3))
