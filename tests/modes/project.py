"""A small project made of fragments, and a stream of edits to it.

Each module is a list of fragments (pieces of source that stand by themselves), so that an edit is one of: add, remove,
swap, move down, or exchange a fragment for a variant of it. The edits are drawn from a seeded generator: the same ones
each run.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.files import write

HEADS: Final = {
    "shop/__init__.py": "",
    "shop/models.py": "from django.db import models\n",
    "shop/celery.py": "from celery import Celery\napp = Celery('shop')\n",
    "shop/tasks.py": (
        "import requests\nfrom celery import shared_task\nfrom datetime import timedelta\n"
        "from shop.celery import app\nfrom shop.models import Customer, Order\n"
    ),
    "shop/services.py": (
        "from functools import partial\nimport requests\nfrom django.db import transaction\n"
        "from shop import tasks\nfrom shop.models import Customer, Order\n"
    ),
    "shop/views.py": (
        "from django.db import transaction\nfrom shop import services, tasks\nfrom shop.models import Customer, Order\n"
    ),
}

# Each fragment comes in variants: an edit exchanges one for another.
FRAGMENTS: Final[dict[str, list[tuple[str, ...]]]] = {
    "shop/models.py": [
        (
            "class Customer(models.Model):\n    email = models.EmailField(unique=True)\n",
            "class Customer(models.Model):\n    email = models.EmailField()\n",
            "class Customer(models.Model):\n    email = models.EmailField()\n    name = models.CharField(max_length=9)\n",
        ),
        (
            "class Order(models.Model):\n    customer = models.ForeignKey(Customer, models.CASCADE)\n"
            "    total = models.IntegerField()\n",
            "class Order(models.Model):\n    customer = models.OneToOneField(Customer, models.CASCADE)\n"
            "    total = models.IntegerField()\n",
            "class Order:\n    pk: int\n    total: int\n    def save(self) -> None: ...\n",
        ),
    ],
    "shop/tasks.py": [
        (
            "@shared_task\ndef ship(order_id: int) -> None: ...\n",
            "@shared_task\ndef ship(order: Order) -> None: ...\n",
            "@shared_task(serializer='pickle')\ndef ship(order_id: int, when: timedelta | None = None) -> None: ...\n",
            "@shared_task\ndef ship(order_id: str) -> None: ...\n",
        ),
        (
            "@app.task(bind=True)\ndef bill(self, customer_id: int) -> int:\n    return customer_id\n",
            "@app.task\ndef bill(customer_ids: set[int]) -> int:\n    return 1\n",
            "@app.task\ndef bill(customer_id: int) -> set[int]:\n    return set()\n",
        ),
        (
            "@shared_task\ndef fetch(url: str) -> None:\n    requests.get(url)\n",
            "@shared_task\ndef fetch(url: str) -> None:\n    requests.get(url, timeout=3)\n",
            "@shared_task(autoretry_for=(Exception,))\ndef fetch(url: str) -> None:\n    requests.get(url, timeout=3)\n",
        ),
    ],
    "shop/services.py": [
        (
            "def place(order: Order):\n    tasks.ship.delay(order.pk)\n",
            "def place(order: Order) -> None:\n    tasks.ship.delay(order)\n",
            "def place(order: Order) -> None:\n    with transaction.atomic():\n        tasks.ship.delay(order.pk)\n",
            "def place(order: Order) -> None:\n    tasks.ship.delay(order.pk)  # type: ignore[arg-type]\n",
        ),
        (
            "@transaction.atomic\ndef bill(customer: Customer) -> None:\n    tasks.bill.apply_async(args=(customer,))\n",
            "def bill(customer: Customer) -> None:\n    tasks.bill.apply_async(args=({1},))\n",
            "def bill(customer: Customer) -> None:\n    transaction.on_commit(partial(tasks.bill.delay, customer.pk))\n",
        ),
        (
            "def raise_total(order: Order) -> None:\n    order.total += 1\n    order.save()\n",
            "def raise_total(pk: int) -> None:\n    order = Order.objects.get(pk=pk)\n    order.total += 1\n    order.save()\n",
        ),
        (
            "def find(email: str) -> Customer:\n    return Customer.objects.get_or_create(email=email)[0]\n",
            "def find(email: str):\n    return Customer.objects.get_or_create(email=email)[0]\n",
        ),
        ("def rates(url: str) -> int:\n    return requests.get(url).status_code\n",),
    ],
    "shop/views.py": [
        (
            "def pay(pk: int) -> None:\n    for order in Order.objects.all():\n        services.place(order)\n",
            "def pay(pk: int) -> None:\n    for order in Order.objects.all():\n        print(order.customer)\n",
            "def pay(pk: int) -> None:\n    for pk in range(pk):\n        Order.objects.get(pk=pk).save()\n",
        ),
        (
            "def chain(pk: int) -> None:\n    (tasks.ship.s(pk) | tasks.bill.s(pk)).delay()\n",
            "def chain(customer: Customer) -> None:\n    tasks.bill.s(customer).delay()\n",
            "def chain(order: Order) -> None:\n    tasks.ship.s(order=order, nothing=1).apply_async()\n",
        ),
    ],
}


@dataclass
class Project:
    """The project on disk, and the state that the edits have brought it to."""

    root: Path
    seed: int
    _modules: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # path -> (fragment, variant) in order
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._modules = {path: [(index, 0) for index in range(len(FRAGMENTS.get(path, ())))] for path in HEADS}
        for path in HEADS:
            self._write(path)

    def _write(self, path: str) -> None:
        target = self.root / path
        pieces = [FRAGMENTS[path][fragment][variant] for fragment, variant in self._modules[path]]
        write(target, "\n\n".join([HEADS[path], *pieces]))

    def edit(self) -> str:
        """Make one edit and say which."""
        path = self._random.choice([path for path in HEADS if path in FRAGMENTS])
        pieces = self._modules[path]
        absent = [index for index in range(len(FRAGMENTS[path])) if index not in {piece for piece, _ in pieces}]
        kinds = ["variant"] * 4 + ["remove", "swap", "blank"] * bool(pieces) + ["add"] * 3 * bool(absent)
        kind = self._random.choice(kinds if pieces else ["add"])
        if kind == "add":
            pieces.insert(self._random.randint(0, len(pieces)), (self._random.choice(absent), 0))
        elif kind == "remove":
            pieces.pop(self._random.randrange(len(pieces)))
        elif kind == "swap":
            self._random.shuffle(pieces)
        elif kind == "variant":
            position = self._random.randrange(len(pieces))
            fragment, variant = pieces[position]
            pieces[position] = fragment, (variant + 1) % len(FRAGMENTS[path][fragment])
        self._write(path)
        if kind == "blank":  # the same program, a line lower
            target = self.root / path
            write(target, "# moved\n\n" + target.read_text())
        return f"{kind} in {path}"
