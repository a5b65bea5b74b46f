"""The plugin runs nothing of the project that is checked, opens what mypy opens, writes nothing; nothing calls home."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import mypy_deckrules
from tests.safety.auditing import DECKRULES, MYPY, Audit, audit

TRAP: Final = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\n"
"""Code that leaves a file when it runs."""
FILES: Final = {
    ".env": "",
    "conftest.py": "",
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    "shop/__init__.py": "from shop.celery import app\n",
    "shop/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nATOMIC_REQUESTS = True\n",
    "shop/apps.py": "from django.apps import AppConfig\n\nclass ShopConfig(AppConfig):\n    name = 'shop'\n",
    "shop/celery.py": (
        "import os\nfrom celery import Celery\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "app = Celery('shop')\napp.config_from_object('django.conf:settings', namespace='CELERY')\n"
    ),
    "shop/models.py": "from django.db import models\n\nclass Order(models.Model):\n    total = models.IntegerField()\n",
    "shop/tasks.py": (
        "import requests\nfrom celery import shared_task\nfrom shop.models import Order\n\n"
        "@shared_task\ndef ship(order: Order) -> None:\n    requests.get('https://example.org')\n"
    ),
    "shop/later.py": "from shop.celery import app\n\n@app.task\ndef bill(order_id: int) -> None: ...\n",
    "shop/services.py": (
        "from celery import Celery\nfrom django.db import transaction\nfrom shop.models import Order\n"
        "from shop.tasks import ship\n\n"
        "def place(app: Celery, order: Order):\n    with transaction.atomic():\n        ship.delay(order)\n"
        "    app.send_task('shop.later.bill', args=(order,))\n"
    ),
}
CONFIG: Final = "[mypy]\n{plugins}\n[mypy.plugins.deckrules]\nselect = all\nsettings_module = shop.settings\n"
COMMANDS: Final = (
    ("check", "--select", "all"),
    ("check", "--jobs", "2"),
    ("check", "--output", "sarif"),
    ("adopt",),
    ("init",),
    ("report", "--html", "report.html"),
    ("doctor",),
    ("rules",),
    ("explain", "http-timeout"),
)
INSTALLED: Final = Path(mypy_deckrules.__file__).parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose every module leaves a file when it is imported."""
    for name, text in FILES.items():
        target = tmp_path / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(TRAP + text)
    configure(tmp_path / "project", "plugins = mypy_deckrules")
    return tmp_path / "project"


def configure(project: Path, plugins: str) -> None:
    (project / "mypy.ini").write_text(CONFIG.format(plugins=plugins))


def left_behind(project: Path) -> list[Path]:
    return list(project.rglob("*.ran"))


def test_the_traps_work(project: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(project)}
    subprocess.run([sys.executable, "-c", "import shop.settings"], env=environment, check=True)
    assert {path.name for path in left_behind(project)} == {"__init__.ran", "celery.ran", "settings.ran"}


@pytest.mark.parametrize("arguments", [(), ("-n", "2")])
def test_the_plugin_runs_nothing_of_the_project(project: Path, arguments: tuple[str, ...]) -> None:
    done = audit(project, *MYPY, f"--cache-dir={project.parent / 'cache'}", *arguments, ".", python_path=project)
    assert_judged(done)
    assert left_behind(project) == []
    assert not [name for name in done.imported if name.partition(".")[0] in {"shop", "conftest", "manage", "django"}]


def assert_judged(done: Audit) -> None:
    """The rules were at work, those too that need the settings and what is sent by name."""
    assert done.returned == 1, done.output
    for code in ("task-model-arg", "http-timeout", "transaction-dispatch", "service-return", "task-model-param"):
        assert f"[{code}]" in done.output
    assert "deck-internal" not in done.output


def test_the_plugin_opens_what_mypy_opens(project: Path) -> None:
    without_cache = f"--cache-dir={os.devnull}"
    ours = audit(project, *MYPY, without_cache, "shop")
    assert_judged(ours)
    configure(project, "")
    plain = audit(project, *MYPY, without_cache, "shop")
    assert {path for path in ours.read - plain.read if not is_expected(path)} == set()
    assert ours.written <= plain.written
    changes = ("os.", "shutil.", "sqlite3.")
    reading = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.putenv")
    assert {event for event in ours.named(*changes) if event not in plain.named(*changes)} <= set(ours.named(*reading))
    for what in ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "http."):
        assert ours.named(what) == plain.named(what) == []


def is_expected(path: Path) -> bool:
    """Whether it is a module of the build or the plugin, metadata of a package, or code of Python or a package."""
    if path.as_posix() in FILES and path.parts[0] == "shop":
        return True
    if path.is_relative_to(INSTALLED) or path.name in {"METADATA", "PKG-INFO"}:
        return True
    return any(path.is_relative_to(folder) for folder in (*map(Path, filter(None, sys.path)), sys.base_prefix))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_opens_no_socket_and_runs_nothing_of_the_project(project: Path, command: tuple[str, ...]) -> None:
    done = audit(project, *DECKRULES, *command, python_path=project)
    assert done.returned in (0, 1), done.output
    assert done.named("socket.getaddrinfo", "socket.gethostby", "urllib.", "ftplib.", "smtplib.", "http.") == []
    # mypy talks to its workers over sockets of this machine.
    families = {int(family) for _, _, family, *_ in done.named("socket.__new__")}
    assert families <= ({socket.AF_UNIX} if "--jobs" in command else set())
    assert left_behind(project) == []
