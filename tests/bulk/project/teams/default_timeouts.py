# select: http-timeout
"""Sessions that are given a default timeout by another request method."""

from functools import partial

import requests


def session() -> requests.Session:
    made = requests.Session()
    made.request = partial(made.request, timeout=30)  # type: ignore[method-assign]
    return made


class Client:
    def __init__(self) -> None:
        self.session = session()

    def rates(self, url: str) -> bytes:
        return self.session.get(url).content

    def plain(self, url: str) -> bytes:
        return requests.get(url).content  # E: http-timeout
