# select: http-timeout
"""Sessions that another module gives a timeout."""

from __future__ import annotations

import requests
from network.timed_sessions import Api, Client, timed

api = Api()


def load(url: str) -> None:
    api.get(url)
    Client().session.get(url)
    timed(requests.Session()).post(url)
    # The adapter is not asked for what is made without a session.
    requests.get(url)  # E: http-timeout


class Base:
    timeout = None  # a subclass sets one

    def load(self, url: str) -> bytes:
        return requests.get(url, timeout=self.timeout).content
