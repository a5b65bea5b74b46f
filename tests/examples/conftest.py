import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.processes import Console, Running, celery_worker, console, running, wait_until

EXAMPLES = Path(__file__).parents[2] / "examples"


class Carrier(ThreadingHTTPServer):
    """The parcel service: answers each request with a tracking number, after as many failures as it is told."""

    failures = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class CarrierHandler(BaseHTTPRequestHandler):
    server: Carrier

    def do_POST(self) -> None:
        failed = self.server.failures > 0
        self.server.failures -= failed
        self.send_response(503 if failed else 200)
        self.end_headers()
        self.wfile.write(b"out of order" if failed else b'{"tracking": "T-1"}')

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Shop:
    """An example project at work: a served site, a worker, and a console to call its code."""

    data: Path
    url: str
    worker: Running
    carrier: Carrier
    console: Console

    def run(self, statements: str) -> Any:
        return self.console.run(statements)

    def wait_for_mail(self, text: str) -> None:
        """Wait until a mail says this."""

        def mails() -> str:
            return "".join(mail.read_text() for mail in (self.data / "mail").glob("*.log"))

        wait_until(lambda: text in mails(), lambda: f"{text!r} is not in:\n{mails()}\n{self.worker.written()}")


SETUP = """
import django
django.setup()
from datetime import timedelta
from django.contrib import admin
from django.core import management
from django.db import transaction
from shop import services, tasks
from shop.admin import BookAdmin, CustomerAdmin, OrderAdmin
from shop.models import Author, Book, Customer, Order, OrderLine, Payment
management.call_command("migrate", verbosity=0)
author = Author.objects.create(name="Ursula K. Le Guin")
book = Book.objects.create(author=author, title="The Dispossessed", price="12.50", stock=10)
customer = Customer.objects.create(email="shevek@example.com", name="Shevek")
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def open_shop(name: str, data: Path) -> Iterator[Shop]:
    with ExitStack() as stack:
        carrier = stack.enter_context(Carrier(("127.0.0.1", 0), CarrierHandler))
        Thread(target=carrier.serve_forever, daemon=True).start()
        stack.callback(carrier.shutdown)
        folder = EXAMPLES / name
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.examples.settings",
            "SHOP_DATA": str(data),
            "SHOP_CARRIER_URL": carrier.url,
            "SHOP_PRICES_URL": carrier.url,
        }
        terminal = stack.enter_context(console(folder=folder, environment=environment))
        terminal.run(SETUP)
        address = f"127.0.0.1:{free_port()}"
        site = stack.enter_context(
            running(
                [sys.executable, "manage.py", "runserver", "--noreload", address],
                folder=folder,
                environment=environment,
                log=data / "site.log",
            )
        )
        worker = stack.enter_context(
            celery_worker("shop", "--pool=solo", folder=folder, environment=environment, log=data / "worker.log")
        )
        site.wait_for("Quit the server")
        yield Shop(data, f"http://{address}", worker, carrier, terminal)


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    yield from open_shop("shop", tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    yield from open_shop("shop_fixed", tmp_path_factory.mktemp("shop_fixed"))


@pytest.fixture(params=["broken", "fixed"])
def shop(request: pytest.FixtureRequest) -> Shop:
    chosen: Shop = request.getfixturevalue(request.param)
    return chosen
