# select: http-timeout
"""Subclasses of clients: the constructor that they inherit takes the timeout."""

import smtplib, ftplib, http.client, requests


class Mail(smtplib.SMTP): ...


class Mail2(smtplib.SMTP):
    def __init__(self, host: str) -> None:
        super().__init__(host, timeout=3)


Mail("h")  # E: http-timeout
Mail2("h")
