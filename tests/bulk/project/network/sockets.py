# select: http-timeout
"""Connections of the standard library that get their timeout after they are made, or a default."""

from __future__ import annotations

from ftplib import FTP, FTP_TLS
from http.client import HTTPSConnection
from smtplib import SMTP


class Mirror:
    def __init__(self) -> None:
        self.ftp = FTP_TLS()

    def connect(self, host: str) -> None:
        self.ftp.connect(host, timeout=10)


def late(host: str) -> None:
    ftp = FTP()
    ftp.connect(host, 21, 10)
    with FTP() as other:
        other.connect(host, timeout=10)
    smtp = SMTP()
    smtp.timeout = 10
    smtp.connect(host)
    connection = HTTPSConnection(host)
    connection.timeout = 10


def never(host: str) -> None:
    ftp = FTP()  # E: http-timeout
    ftp.connect(host, 21)
    smtp = SMTP()  # E: http-timeout
    smtp.connect(host, 25)  # SMTP.connect takes no timeout
    connected = FTP(host)  # E: http-timeout
    connected.connect(host, timeout=10)
