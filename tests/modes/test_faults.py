"""What goes wrong inside the plugin or around it: a diagnostic or one clear line, never a crash, never silence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import mypy_deckrules
from mypy_deckrules.codes import ALL_CODES

FAULTY = """
from mypy_deckrules import plugin
from mypy_deckrules.rules.{package} import {rule}

def broken(fact):
    raise RuntimeError("forced by\\na test")
    yield

{rule}.{check} = broken
"""
PROGRAM = """
import requests
from abc import ABC
from celery import shared_task
from collections import namedtuple
from django.db import models, transaction

class Order(models.Model):
    customer = models.ForeignKey("Order", models.CASCADE)

class Gateway:
    def pay(self) -> None:
        raise NotImplementedError

Point = namedtuple("Point", "x y")

@shared_task
def fetch(url: str) -> None:
    requests.get(url)
    requests.get(url)

def service(url: str):
    fetch.delay({1})

def send(url: str) -> None:
    fetch.delay(url)

def buy(order: Order) -> None:
    with transaction.atomic():
        send("x")
    for other in Order.objects.all():
        print(other.customer)
"""
CONFIG = "[mypy]\nplugins = {plugin}\n[mypy.plugins.deckrules]\nselect = all\n"


def mypy(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mypy", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def messages_about_the_program(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    root = tmp_path_factory.mktemp("program")
    (root / "services.py").write_text(PROGRAM)
    (root / "mypy.ini").write_text(CONFIG.format(plugin="mypy_deckrules"))
    return set(mypy(root, "--no-error-summary", "services.py").stdout.splitlines())


@pytest.mark.parametrize(
    ("package", "rule", "check"),
    [
        ("http", "http_timeout", "check_call"),
        ("task", "task_model_arg", "check_dispatch"),
        ("task", "task_model_param", "check_task"),
        ("design", "service_return", "check_module"),
        ("design", "design_namedtuple", "check_resolved"),
        ("design", "design_abstract_method", "check_class"),
        ("query", "query_related_in_loop", "check_read"),
        ("transaction", "transaction_dispatch", "check_sender_call"),
    ],
)
def test_a_rule_that_raises_is_reported_once_and_harms_nothing(
    tmp_path: Path, messages_about_the_program: set[str], package: str, rule: str, check: str
) -> None:
    (tmp_path / "faulty.py").write_text(FAULTY.format(package=package, rule=rule, check=check))
    (tmp_path / "services.py").write_text(PROGRAM)
    (tmp_path / "mypy.ini").write_text(CONFIG.format(plugin="./faulty.py"))
    run = mypy(tmp_path, "--no-error-summary", "services.py")
    assert run.returncode == 1
    code = rule.replace("_", "-")
    lines = run.stdout.splitlines()
    internal = [line for line in lines if line.endswith("[deck-internal]")]
    assert len(internal) == 1
    assert f'Rule "{code}" met an unexpected state' in internal[0]
    assert "RuntimeError: forced by a test" in internal[0]
    assert "/issues" in internal[0]
    others = {line for line in messages_about_the_program if not line.endswith(f"[{code}]")}
    assert set(lines) - set(internal) == others
    assert others


FAULTY_PLUGIN = """
from mypy_deckrules import plugin, {module} as module

def broken(*arguments):
    raise RuntimeError("forced by a test")

owner = getattr(module, "{owner}", module)
setattr(owner, "{name}", broken)
"""
ORDERS = """
from celery import Celery, shared_task
from django.db import models

app = Celery()

class Customer(models.Model):
    name = models.CharField(max_length=9)

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE)

class Base(app.Task): ...

@shared_task
def ship(order_id: int) -> None: ...

def place(order: Order) -> None:
    order.save()
    order.customer.name + 1
    Order.objects.get(pk="1")
    ship.delay(order.pk)
"""


@pytest.fixture(scope="module")
def messages_about_orders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What mypy says about them by itself."""
    root = tmp_path_factory.mktemp("orders")
    (root / "shop.py").write_text(ORDERS)
    return mypys(mypy(root, "shop.py").stdout)


@pytest.mark.parametrize(
    ("module", "owner", "name"),
    [
        ("hooks", "Hooks", "_function_checks"),
        ("hooks", "Hooks", "_method_checks"),
        ("hooks", "Hooks", "_sender"),
        ("hooks", "", "relation"),
        ("hooks", "", "call_from"),
        ("hooks", "", "may_derive_from_app"),
        ("reading", "Reader", "_needed"),
        ("reading", "Reader", "start"),
        ("reading", "Reader", "_learners"),
        ("reading", "", "notice_settings"),
        ("reading", "", "ModuleSource"),
        ("reading", "", "learn_models"),
        ("reading", "", "learn_functions"),
        ("reading", "", "learn_sketches"),
        ("reading", "", "classes"),
        ("runner", "Checks", "__getitem__"),
    ],
)
def test_whatever_raises_in_the_plugin_is_reported_and_mypy_goes_on(
    tmp_path: Path, messages_about_orders: list[str], module: str, owner: str, name: str
) -> None:
    (tmp_path / "faulty.py").write_text(FAULTY_PLUGIN.format(module=module, owner=owner, name=name))
    (tmp_path / "shop.py").write_text(ORDERS)
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = ./faulty.py\n[mypy.plugins.deckrules]\nselect = all\n")
    run = mypy(tmp_path, "shop.py")
    assert run.returncode == 1, run.stdout + run.stderr
    internal = [line for line in run.stdout.splitlines() if line.endswith("[deck-internal]")]
    assert internal
    assert all("RuntimeError: forced by a test" in line for line in internal)
    assert len(internal) == len(set(internal))
    assert mypys(run.stdout) == messages_about_orders


@pytest.mark.parametrize(
    ("module", "line", "arguments"),
    [
        ("rules/http/http_timeout.py", "import no_such_module", []),
        ("rules/http/http_timeout.py", "def (", ["-n2", "--local-partial-types"]),
        ("facts/code/tree.py", "from mypy.nodes import NoSuchNode", []),
        ("hooks.py", "raise RuntimeError('no')", ["-n2", "--local-partial-types"]),
    ],
)
def test_a_module_that_cannot_be_imported_is_reported_once_and_mypy_goes_on(
    tmp_path: Path, module: str, line: str, arguments: list[str]
) -> None:
    is_rule = module.startswith("rules/")
    package = Path(mypy_deckrules.__file__).parent
    shutil.copytree(package, tmp_path / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / package.name / module).open("a") as file:
        file.write(f"\n{line}\n")
    (tmp_path / "services.py").write_text(f'{PROGRAM}\nnumber: int = ""\n')
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = mypy_deckrules\n")
    run = mypy(tmp_path, "--no-error-summary", *arguments, "services.py")
    assert run.returncode == 1, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    [internal] = [line for line in lines if line.endswith("[deck-internal]")]
    what = 'The import of rule "http-timeout"' if is_rule else "The start of the plugin"
    assert f"{what} met an unexpected state" in internal
    assert any(line.endswith("[assignment]") for line in lines)
    assert any(line.endswith("[service-return]") for line in lines) is is_rule


def mypys(output: str) -> list[str]:
    """The errors that are mypy's own."""
    codes = ALL_CODES | {"deck-internal"}
    return [
        line for line in output.splitlines() if ": error: " in line and line.split("[")[-1].rstrip("]") not in codes
    ]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("[mypy.plugins.deckrules]\nselekt = all", "mypy.ini: [mypy.plugins.deckrules]: selekt: unknown option"),
        ("[mypy.plugins.deckrules]\nselect = http-time", '"http-time": unknown code, did you mean "http-timeout"?'),
        (
            "[mypy-main]\nenable_error_code = deck-desing",
            'enable_error_code for main: "deck-desing": unknown code, did you',
        ),
        ("[mypy.plugins.deckrules]\nservice_params = 3", "service_params: must be true or false, not '3'"),
    ],
)
@pytest.mark.parametrize("program", ["mypy", "dmypy"])
def test_bad_options_stop_mypy_with_one_line(tmp_path: Path, config: str, message: str, program: str) -> None:
    (tmp_path / "main.py").write_text("x: int = 1\n")
    (tmp_path / "mypy.ini").write_text(f"[mypy]\nplugins = mypy_deckrules\n{config}\n")
    if program == "mypy":
        run = mypy(tmp_path, "main.py")
        assert len((run.stdout + run.stderr).splitlines()) == 1
    else:
        command = [sys.executable, "-m", "mypy.dmypy", "run", "--", "main.py"]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert message in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_without_the_stubs_of_django_and_celery_mypy_still_runs(tmp_path: Path) -> None:
    """With imports not followed, everything of Celery's and Django's is ``Any``: nothing is judged, nothing breaks."""
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\nplugins = mypy_deckrules\n"
        + "".join(
            f"[mypy-{name}.*]\nfollow_imports = skip\nfollow_imports_for_stubs = true\n"
            for name in ("celery", "django", "requests")
        )
    )
    run = mypy(tmp_path, "main.py")
    assert (run.returncode, run.stdout) == (0, "Success: no issues found in 1 source file\n"), run.stderr
