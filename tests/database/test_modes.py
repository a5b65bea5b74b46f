"""What is unique in another module's models is known in every mode of mypy, and when it changes."""

from __future__ import annotations

from pathlib import Path

from tests.files import write
from tests.modes.running import Runner

MODELS = """\
from django.db import models

class Named(models.Model):
    name = models.CharField(max_length=9, unique=True)
    class Meta:
        abstract = True

class Customer(Named):
    email = models.EmailField(primary_key=True)

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE)
    number = models.IntegerField()
    open = models.BooleanField()
    class Meta:
        unique_together = [("customer", "number")]
        constraints = [models.UniqueConstraint(fields=["customer"], condition=models.Q(open=True), name="one_open")]
"""
SERVICES = """\
from shop.models import Customer, Order

def by_name(name: str) -> Customer:
    return Customer.objects.get_or_create(name=name)[0]

def by_key(email: str, number: int) -> Order:
    return Order.objects.get_or_create(customer__email=email, number=number)[0]

def open_one(customer: Customer) -> Order:
    return Order.objects.get_or_create(customer=customer, open=True, defaults={"number": 1})[0]

def by_hand(name: str) -> Customer:
    if not Customer.objects.filter(name=name).exists():
        return Customer.objects.create(name=name)
    raise LookupError
"""
EDITS = (
    ("max_length=9, unique=True", "max_length=9"),
    ('("customer", "number")', '("number", "open")'),
    ("Q(open=True)", "Q(open=False)"),
    ("max_length=9)", "max_length=9, unique=True)"),
    ('("number", "open")', '("number", "customer")'),
    ("unique_together", "no_such_option"),
    ("primary_key=True", "unique=True"),
)


def test_every_mode_agrees_with_a_cold_run(tmp_path: Path) -> None:
    shop = tmp_path / "project" / "shop"
    shop.mkdir(parents=True)
    (shop / "__init__.py").touch()
    (shop / "models.py").write_text(MODELS)
    (shop / "services.py").write_text(SERVICES)
    runner = Runner(tmp_path / "project", tmp_path / "work", select="race-get-or-create")
    before: list[str] = []
    try:
        for number, (old, new) in enumerate((("", ""), *EDITS)):
            source = (shop / "models.py").read_text()
            assert old in source
            write(shop / "models.py", source.replace(old, new, 1))
            expected = runner.cold()
            assert number == 0 or expected != before, f"{new} changes nothing"
            assert runner.daemon() == expected, f"dmypy: {new}"
            assert runner.warm() == expected, f"warm: {new}"
            if number in (0, len(EDITS)):
                assert runner.workers() == expected, f"-n 2: {new}"
            before = expected
    finally:
        runner.stop()
