"""Write a project of many modules, in the shares of a real shop: ``python -m bench.generate FOLDER MODULES``.

An app is ten modules: models, managers, tasks, signals, three of services, two of views, and plain helpers; apps import
from the ones before them. Most code has nothing to do with Celery or transactions, as in real projects; here and there
is something that the rules report. The same arguments write the same project.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random
from typing import Final

MODULES_PER_APP: Final = 10

SETTINGS: Final = '''"""Settings of a generated project."""

SECRET_KEY = "not a secret"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", {apps}]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CELERY_TASK_TIME_LIMIT = 300
USE_TZ = True
'''

CELERY: Final = """from celery import Celery

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
"""

MODELS: Final = """from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone

from {app}.managers import OrderQuerySet{import_other}


class Customer(models.Model):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{{self.name}} <{{self.email}}>"

    def greeting(self) -> str:
        return "Dear " + (self.name or self.email.partition("@")[0]).title()


class Product(models.Model):
    sku = models.CharField(max_length=20)
    shop = models.CharField(max_length=20)
    price = models.DecimalField(max_digits=9, decimal_places=2)
    stock = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sku", "shop"], name="{app}_unique_sku")]

    @property
    def label(self) -> str:
        return f"{{self.sku}} at {{self.shop}}: {{self.price}}"

    def price_with_tax(self, rate: Decimal = Decimal("0.19")) -> Decimal:
        return (self.price * (1 + rate)).quantize(Decimal("0.01"))


class Order(models.Model):
    class Status(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        SENT = "sent"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders"){field_other}
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    total = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    note = models.TextField(blank=True)

    objects = OrderQuerySet.as_manager()

    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    def recompute(self) -> Decimal:
        self.total = sum((line.amount() for line in self.lines.select_related("product")), Decimal(0))
        return self.total


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField(default=1)

    def amount(self) -> Decimal:
        return self.product.price * self.quantity
"""

MANAGERS: Final = """from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from {app}.models import Order  # noqa: F401


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> OrderQuerySet:
        return self.filter(status="open")

    def older_than(self, days: int) -> OrderQuerySet:
        return self.filter(customer__created__lt=timezone.now() - timedelta(days=days))

    def worth(self, amount: int) -> OrderQuerySet:
        return self.filter(total__gte=amount).order_by("-total")
"""

TASKS: Final = """from __future__ import annotations

import logging
from typing import Any

import requests
from celery import shared_task

from project.celery import app
from {app}.helpers import chunked, describe
from {app}.models import Customer, Order

log = logging.getLogger(__name__)


@shared_task
def ship(order_id: int) -> None:
    order = Order.objects.select_related("customer").get(pk=order_id)
    response = requests.post("https://carrier.test/labels", json={{"order": order.pk}}, timeout=10)
    response.raise_for_status()
    log.info("shipped %s to %s", order.pk, order.customer.email)


@shared_task(autoretry_for=(requests.RequestException,), retry_backoff=True, max_retries=5)
def notify(customer_id: int, subject: str, lines: list[str]) -> None:
    customer = Customer.objects.get(pk=customer_id)
    body = "\\n".join([customer.greeting(), *lines])
    requests.post("https://mail.test/send", data={{"to": customer.email, "subject": subject, "body": body}}{timeout})


@app.task(bind=True, max_retries=3)
def bill(self: Any, order_id: int, options: dict[str, Any] | None = None) -> str:
    order = Order.objects.get(pk=order_id)
    if order.is_open():
        log.warning("order %s is still open", order_id)
    return describe(order.pk, options or {{}})


@app.task
def remind(customer_ids: list[int]) -> int:
    sent = 0
    for chunk in chunked(customer_ids, 100):
        for customer in Customer.objects.filter(pk__in=chunk):
            notify.delay(customer.pk, "Reminder", [customer.name])
            sent += 1
    return sent
"""

SIGNALS: Final = """from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from {app}.models import Order
from {app}.tasks import ship


@receiver(post_save, sender=Order)
def order_saved(sender: type[Order], instance: Order, created: bool, **kwargs: Any) -> None:
    if created:
        transaction.on_commit(partial(ship.delay, instance.pk))
"""

SERVICES: Final = """from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction

from {app} import tasks
from {app}.helpers import Totals, chunked
from {app}.models import Customer, Line, Order, Product{import_service}


def place{number}(customer: Customer, products: Sequence[Product], note: str = "") -> Order:
    with transaction.atomic():
        order = Order.objects.create(customer=customer, note=note)
        Line.objects.bulk_create([Line(order=order, product=product) for product in products])
        order.recompute()
        order.save(update_fields=["total"])
        {dispatch}
    return order


def cancel{number}(order_id: int) -> bool:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if not order.is_open():
            return False
        order.note = "\\n".join(part for part in (order.note, "cancelled") if part)
        order.save(update_fields=["note"])
    return True


def totals_by_customer{number}(orders: Iterable[Order]){returns}:
    totals: dict[int, Decimal] = defaultdict(Decimal)
    for order in orders:
        totals[order.customer_id] += order.total
    return dict(totals)


def report{number}(days: int, *, limit: int = 50) -> list[tuple[str, Decimal, str]]:
    rows = []
    orders = Order.objects.open().older_than(days).select_related("customer")
    for position, order in enumerate(orders[:limit], start=1):
        prefix = f"{{position:03d}}"
        rows.append((f"{{prefix}} {{order.customer.name.upper()}}", order.total, order.note.strip() or "-"))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return rows


def statistics{number}(amounts: Sequence[Decimal]) -> Totals:
    ordered = sorted(amounts)
    if not ordered:
        return Totals(count=0, total=Decimal(0), median=Decimal(0), words={{}})
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    words = {{str(amount): str(amount).split(".")[0].zfill(6) for amount in ordered}}
    return Totals(count=len(ordered), total=sum(ordered, Decimal(0)), median=median, words=words)


def remind_all{number}(names: list[str]) -> int:
    customers = Customer.objects.filter(name__in=names, active=True).values_list("pk", flat=True)
    for chunk in chunked(list(customers), 500):
        tasks.remind.delay(chunk)
    return len(customers)
"""

VIEWS: Final = """from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View

from {app}.helpers import clean, paginate
from {app}.models import Customer, Order, Product
from {app}.services_{number} import cancel{number}, place{number}, report{number}, totals_by_customer{number}


def order_as_dict{number}(order: Order) -> dict[str, Any]:
    return {{
        "id": order.pk,
        "customer": order.customer.name,
        "total": str(order.total),
        "status": order.get_status_display(),
        "lines": [{{"sku": line.product.sku, "quantity": line.quantity}} for line in order.lines.all()],
    }}


class OrderView{number}(View):
    page_size = 20

    def get(self, request: HttpRequest, order_id: int) -> HttpResponse:
        order = get_object_or_404(Order.objects.select_related("customer"), pk=order_id)
        return JsonResponse(order_as_dict{number}(order))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            data = clean(json.loads(request.body))
        except ValueError as error:
            return JsonResponse({{"error": str(error)}}, status=400)
        customer = Customer.objects.filter(email=data.get("email", "")).first()
        if customer is None:
            raise Http404("no such customer")
        products = list(Product.objects.filter(sku__in=data.get("products", "").split(",")))
        order = place{number}(customer, products, note=data.get("note", ""))
        return JsonResponse({{"id": order.pk}}, status=201)

    def delete(self, request: HttpRequest, order_id: int) -> HttpResponse:
        return HttpResponse(status=204 if cancel{number}(order_id) else 409)


def overview{number}(request: HttpRequest) -> HttpResponse:
    days = int(request.GET.get("days", "30"))
    rows = [{{"who": who, "total": str(total), "note": note}} for who, total, note in report{number}(days)]
    page = paginate(rows, int(request.GET.get("page", "1")), OrderView{number}.page_size)
    return JsonResponse({{"rows": page, "pages": -(-len(rows) // OrderView{number}.page_size)}})


def totals{number}(request: HttpRequest) -> HttpResponse:
    totals = totals_by_customer{number}(Order.objects.all())
    return JsonResponse({{str(customer): str(total) for customer, total in sorted(totals.items())}})
"""

HELPERS: Final = '''from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")
WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True)
class Totals:
    count: int
    total: Decimal
    median: Decimal
    words: dict[str, str] = field(default_factory=dict)

    def merged(self, other: Totals) -> Totals:
        words = {{**self.words, **other.words}}
        return Totals(self.count + other.count, self.total + other.total, max(self.median, other.median), words)


def chunked(items: Sequence[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def paginate(items: Sequence[T], page: int, size: int) -> list[T]:
    start = max(page - 1, 0) * size
    return list(items[start : start + size])


def clean(data: Mapping[str, Any]) -> dict[str, str]:
    result = {{}}
    for key, value in data.items():
        text = " ".join(WORD.findall(str(value))) if key == "note" else str(value).strip()
        if text:
            result[key.lower()] = text
    return result


def describe(number: int, options: Mapping[str, Any]) -> str:
    parts = [f"{{key}}={{value!r}}" for key, value in sorted(options.items()) if not key.startswith("_")]
    return f"#{{number:06d}} " + ", ".join(parts)


class Table:
    """A table as text: columns as wide as their longest cell."""

    def __init__(self, titles: Sequence[str], separator: str = " | ") -> None:
        self.titles = list(titles)
        self.separator = separator
        self.rows: list[list[str]] = []

    def add(self, *cells: object) -> Table:
        self.rows.append([str(cell) for cell in cells])
        return self

    def widths(self) -> list[int]:
        columns = zip(self.titles, *self.rows, strict=False)
        return [max(map(len, column)) for column in columns]

    def render(self) -> str:
        widths = self.widths()
        lines = []
        for row in [self.titles, *self.rows]:
            lines.append(self.separator.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)))
        return "\\n".join(line.rstrip() for line in lines)
'''

CONFIG: Final = """
[mypy]
plugins = {plugins}
strict = true
files = .

[mypy.plugins.django-stubs]
django_settings_module = project.settings
{ours}
"""


def generate(folder: Path, modules: int) -> list[str]:
    """Write the project; returns the names of its apps."""
    random = Random(modules)
    apps = [f"app{number:04d}" for number in range(max(1, modules // MODULES_PER_APP))]
    _write(folder / "project", {"__init__": "", "celery": CELERY, "settings": SETTINGS.format(apps=_quoted(apps))})
    for position, app in enumerate(apps):
        _write(folder / app, _app(app, apps[:position], random))
    return apps


def _app(app: str, before: list[str], random: Random) -> dict[str, str]:
    """The modules of an app: their sources by their names. One in ten breaks a rule somewhere."""
    other = random.choice(before[-20:]) if before else None
    field = f'\n    parent = models.ForeignKey("{other}.Order", null=True, on_delete=models.SET_NULL, related_name="+")'
    modules = {
        "__init__": "",
        "models": MODELS.format(
            app=app,
            import_other=f"\nfrom {other}.models import Product as OtherProduct  # noqa: F401" if other else "",
            field_other=field if other else "",
        ),
        "managers": MANAGERS.format(app=app),
        "tasks": TASKS.format(app=app, timeout="" if random.random() < 0.1 else ", timeout=10"),
        "signals": SIGNALS.format(app=app),
        "helpers": HELPERS.format(),
    }
    for number in (1, 2, 3):
        modules[f"services_{number}"] = SERVICES.format(
            app=app,
            number=number,
            import_service=f"\nfrom {other}.services_{number} import cancel{number} as cancel_other  # noqa: F401"
            if other
            else "",
            returns="" if random.random() < 0.1 else " -> dict[int, Decimal]",
            dispatch="tasks.ship.delay(order.pk)"
            if random.random() < 0.1
            else "transaction.on_commit(lambda: tasks.ship.delay(order.pk))",
        )
    for number in (1, 2):
        modules[f"views_{number}"] = VIEWS.format(app=app, number=number)
    return modules


def _write(folder: Path, modules: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in modules.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("modules", type=int)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.modules)


if __name__ == "__main__":
    main()
