# select: http-timeout
"""The standard library keeps to the sockets' default, but for a timeout that is None; requests does not."""

from __future__ import annotations

import socket
from smtplib import SMTP
from urllib.request import urlopen

import requests


def main(url: str) -> None:
    socket.setdefaulttimeout(10)
    urlopen(url)
    SMTP("localhost")
    socket.create_connection(("localhost", 80))
    urlopen(url, timeout=None)  # E: http-timeout
    requests.get(url)  # E: http-timeout
