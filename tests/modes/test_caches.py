"""Whatever mypy's cache was made by or has suffered: what is reported is what a run without any cache reports."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

import mypy_deckrules
from tests.modes.running import reported

LATE: Final = "from celery import shared_task\n\n@shared_task\ndef bill(order_id: int) -> None: ...\n"
FILES: Final = {
    "shop/__init__.py": "",
    "shop/models.py": "from django.db import models\n\nclass Order(models.Model):\n    total = models.IntegerField()\n",
    "shop/settings.py": "SECRET_KEY = 'x'\n",
    "shop/late.py": LATE,
    "shop/tasks.py": (
        "from datetime import timedelta\nfrom decimal import Decimal\n"
        "import pydantic, requests\nfrom celery import shared_task\n"
        "from shop.models import Order\n\n"
        "class Parcel(pydantic.BaseModel):\n    weight: int\n\n"
        "@shared_task(pydantic=True)\ndef weigh(parcel: Parcel) -> None: ...\n\n"
        "@shared_task\ndef ship(order: Order, when: timedelta | None = None, price: Decimal | None = None) -> None:\n"
        "    requests.get('http://x')\n"
    ),
    "shop/services.py": (
        "from celery import Celery\nfrom django.db import transaction\n"
        "from shop.models import Order\nfrom shop.tasks import Parcel, ship, weigh\n\n"
        "def place(order: Order) -> None:\n    with transaction.atomic():\n        ship.delay(order)\n\n"
        "def pack(app: Celery, parcel: Parcel):\n    weigh.delay(parcel)\n"
        "    app.send_task('shop.late.bill', args=(1, 2))\n"
    ),
}
CONFIG: Final = "[mypy]\nplugins = mypy_deckrules\n{mypy}\n[mypy.plugins.deckrules]\n{options}\n"
SELECT_ALL: Final = "select = all\nsettings_module = shop.settings"
STORES: Final = ("--no-sqlite-cache", "--sqlite-cache")


@dataclass
class Shop:
    """A small project in ``root``, checked with a cache that lies beside it."""

    root: Path
    work: Path
    store: str = STORES[1]
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, text in FILES.items():
            self.write(path, text)
        self.configure(SELECT_ALL)

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def configure(self, options: str = "", mypy: str = "") -> None:
        (self.root / "mypy.ini").write_text(CONFIG.format(options=options, mypy=mypy))

    def run(self, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mypy", f"--cache-dir={cache}", self.store, *arguments, "shop"]
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def reported(self, cache: Path) -> list[str]:
        run = self.run(cache)
        assert run.returncode == 1, run.stdout + run.stderr
        assert "deck-internal" not in run.stdout
        return reported(run.stdout)

    def warm(self) -> list[str]:
        return self.reported(self.work / "warm")

    def cold(self) -> list[str]:
        cache = self.work / "cold"
        shutil.rmtree(cache, ignore_errors=True)
        return self.reported(cache)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Shop, list[str]]]:
    """For each kind of store a project whose cache is filled, and what mypy reports of it."""
    shops = [Shop(tmp_path_factory.mktemp("shop"), tmp_path_factory.mktemp("work"), store) for store in STORES]
    return {shop.store: (shop, shop.warm()) for shop in shops}


@pytest.fixture
def shop(made: dict[str, tuple[Shop, list[str]]], tmp_path: Path) -> Shop:
    """A project of its own with a filled cache: built in one folder and used in another, as in CI."""
    return _copy(made[STORES[1]][0], tmp_path)


def _copy(shop: Shop, folder: Path) -> Shop:
    shutil.copytree(shop.work, folder / "work")
    return Shop(folder / "root", folder / "work", shop.store)


def _another_rule(shop: Shop) -> None:
    """Another version of the plugin."""
    package = Path(mypy_deckrules.__file__).parent
    copy = shop.work / "path" / package.name
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    rule = copy / "rules" / "http" / "http_timeout.py"
    text = rule.read_text()
    assert "has no timeout" in text
    rule.write_text(text.replace("has no timeout", "knows no end"))
    shop.environment = {"PYTHONPATH": str(copy.parent)}


def _installed(package: str, version: str) -> Callable[[Shop], None]:
    """Another version of a package, as the plugin sees it: by its metadata."""

    def install(shop: Shop) -> None:
        metadata = shop.work / "path" / f"{package}-{version}.dist-info" / "METADATA"
        metadata.parent.mkdir(parents=True)
        metadata.write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
        shop.environment = {"PYTHONPATH": str(metadata.parents[1])}

    return install


def _configured(options: str, mypy: str = "") -> Callable[[Shop], None]:
    return lambda shop: shop.configure(options, mypy)


def _written(path: str, text: str) -> Callable[[Shop], None]:
    return lambda shop: shop.write(path, text)


def _removed(path: str) -> Callable[[Shop], None]:
    return lambda shop: (shop.root / path).unlink()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_another_rule, id="version of the plugin"),
        pytest.param(_installed("celery", "5.6.0"), id="Celery"),
        pytest.param(_installed("kombu", "5.0.0"), id="Kombu"),
        pytest.param(_configured("select = default\nsettings_module = shop.settings"), id="select"),
        pytest.param(_configured(f"{SELECT_ALL}\ntask_serializer = pickle"), id="option"),
        pytest.param(_configured(f"{SELECT_ALL}\n[mypy.plugins.deckrules-shop.tasks]\nignore = all"), id="override"),
        pytest.param(_written("shop/settings.py", "CELERY_TASK_TIME_LIMIT = 5\n"), id="settings"),
        pytest.param(_written("shop/late.py", LATE.replace("order_id: int", "*ids: int")), id="task sent by its name"),
        pytest.param(_removed("shop/late.py"), id="task that is gone"),
    ],
)
def test_a_cache_made_by_others_is_no_source_of_stale_verdicts(
    shop: Shop, made: dict[str, tuple[Shop, list[str]]], change: Callable[[Shop], None]
) -> None:
    change(shop)
    warm = shop.warm()
    assert warm == shop.cold()
    assert warm != made[shop.store][1], "the change must change what is reported"


def test_a_cache_serves_in_another_folder(shop: Shop, made: dict[str, tuple[Shop, list[str]]]) -> None:
    run = shop.run(shop.work / "warm", "-v")
    assert reported(run.stdout) == made[shop.store][1]
    assert "Updating mtime for shop.tasks" in run.stderr, "the files are new, their texts are not"
    assert not [line for line in run.stderr.splitlines() if "Metadata abandoned" in line]


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


def _noise(data: bytes) -> bytes:
    return bytes(number * 7 % 256 for number in range(len(data)))


def _nothing(_: bytes) -> bytes:
    return b""


DAMAGES: Final = (_half, _flipped, _noise, _nothing)


def _damaged_modules(cache: Path, damage: Callable[[bytes], bytes], kind: str) -> None:
    """Damage what is kept of the tasks in one of mypy's entries: ``meta``, ``data``, ``meta_ex``."""
    damaged = 0
    for file in cache.glob(f"*/shop/tasks.{kind}.*"):
        file.write_bytes(damage(file.read_bytes()))
        damaged += 1
    for file in cache.glob("*/cache*.db"):
        with closing(sqlite3.connect(file)) as base, base:
            rows = base.execute("SELECT path, data FROM files2 WHERE path LIKE ?", (f"%tasks.{kind}.%",)).fetchall()
            changed = [(damage(data), path) for path, data in rows if "shop" in path]
            base.executemany("UPDATE files2 SET data = ?, mtime = mtime + 1 WHERE path = ?", changed)
            damaged += len(changed)
    assert damaged == 1


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("kind", ["meta", "data", "meta_ex"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_of_the_cache(
    made: dict[str, tuple[Shop, list[str]]],
    tmp_path: Path,
    store: str,
    kind: str,
    damage: Callable[[bytes], bytes],
) -> None:
    original, expected = made[store]
    shop = _copy(original, tmp_path)
    _damaged_modules(shop.work / "warm", damage, kind)
    _expect(shop, expected)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database(
    made: dict[str, tuple[Shop, list[str]]], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    original, expected = made[STORES[1]]
    shop = _copy(original, tmp_path)
    for file in (shop.work / "warm").glob("*/cache*.db"):
        file.write_bytes(damage(file.read_bytes()))
    _expect(shop, expected)


def _expect(shop: Shop, expected: list[str]) -> None:
    """The same reports, or mypy's own end with a traceback, which it comes to without the plugin too."""
    cache = shop.work / "warm"
    spoilt = shop.work / "spoilt"
    shutil.copytree(cache, spoilt)
    run = shop.run(cache)
    if run.returncode == 1:
        assert reported(run.stdout) == expected
        return
    shop.root.joinpath("mypy.ini").write_text("[mypy]\n")
    plain = shop.run(spoilt)
    assert plain.returncode == run.returncode, run.stdout + run.stderr
    assert plain.stderr.splitlines()[-1:] == run.stderr.splitlines()[-1:]
