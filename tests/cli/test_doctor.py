"""`deckrules doctor`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata

import pytest

from mypy_deckrules.cli import doctor
from tests.cli.conftest import CALL, Folder

CONFIG = """
    [mypy]
    plugins = mypy_deckrules
    check_untyped_defs = True
"""
SETTINGS = {"shop/__init__.py": "", "shop/settings.py": "CELERY_TASK_TIME_LIMIT = 300\n"}


def remarks(folder: Folder) -> tuple[list[str], list[str]]:
    """What is fine, and what is to be mended."""
    result = folder.deckrules("doctor")
    lines = [line for line in result.stdout.splitlines() if line]
    bad = [" ".join(line.split()[1:]) for line in lines if line.startswith("!! ")]
    assert result.exit_code == (1 if bad else 0)
    return [" ".join(line.split()[1:]) for line in lines if line.startswith("ok ")], bad


def test_a_healthy_project(folder: Folder) -> None:
    config = f"{CONFIG}\n[mypy.plugins.deckrules]\nsettings_module = shop.settings\n".replace("    ", "")
    folder.write({"mypy.ini": config, "a.py": f"import celery\n{CALL}", **SETTINGS})
    fine, bad = remarks(folder)
    assert bad == []
    assert f"version mypy {metadata.version('mypy')}" in fine
    assert "configuration mypy.ini" in fine
    assert "plugins mypy_deckrules" in fine
    assert "checked 3 modules" in fine
    assert "hook celery.app.shared_task (function): mypy_deckrules" in fine
    assert "settings shop.settings makes CELERY_TASK_TIME_LIMIT" in fine


def test_what_keeps_the_rules_from_seeing(folder: Folder) -> None:
    config = """
        [mypy]
        plugins = other.py
        disable_error_code = http-timeout, deck-task
        [mypy-b]
        ignore_errors = True
    """
    other = """
        from mypy.plugin import Plugin
        class Other(Plugin): ...
        def plugin(version): return Other
    """
    manage = 'import os, not_installed\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
    folder.write({"mypy.ini": config, "other.py": other, "b.py": CALL, "manage.py": manage, "bad.py": "def f(:\n"})
    fine, bad = remarks(folder)
    assert "plugins mypy_deckrules is not among mypy's plugins; run deckrules init" in bad
    assert "mypy deck-task, http-timeout in mypy's global disable_error_code makes dmypy crash; " in "\n".join(bad)
    assert "unseen 1 function in modules whose errors are ignored" in bad
    assert 'settings not named; add settings_module = "shop.settings" (deckrules init does)' in bad
    assert any(line.startswith("not checked bad.py:1: ") for line in bad)
    assert "imports not installed, so unknown to mypy: not_installed" in fine


def test_a_plugin_that_takes_our_hooks(folder: Folder) -> None:
    greedy = """
        from mypy.plugin import Plugin
        class Greedy(Plugin):
            def get_function_hook(self, fullname):
                return (lambda ctx: ctx.default_return_type) if fullname == "celery.app.shared_task" else None
        def plugin(version): return Greedy
    """
    folder.write({"mypy.ini": "[mypy]\nplugins = greedy.py, mypy_deckrules\n", "greedy.py": greedy, "a.py": CALL})
    _, bad = remarks(folder)
    assert "hook celery.app.shared_task (function): greedy is listed first and keeps it from mypy_deckrules" in bad


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[doctor.Remark]]:
    """The remarks for other versions than those that are installed; None: not installed."""
    real = metadata.version

    def remarks(**others: str | None) -> list[doctor.Remark]:
        def version(name: str) -> str:
            found = others.get(name.replace("-", "_"), real(name))
            if found is None:
                raise metadata.PackageNotFoundError(name)
            return found

        monkeypatch.setattr(metadata, "version", version)
        return list(doctor._versions())

    return remarks


@pytest.mark.parametrize("version", ["1.18.2", "2.5.0", "3.0"])
def test_a_mypy_that_is_not_supported(versions: Callable[..., list[doctor.Remark]], version: str) -> None:
    text = f"mypy {version} is not supported; install 1.19 or later, before 2.5"
    assert doctor.Remark("version", text, is_bad=True) in versions(mypy=version)


def test_stubs_that_are_missing(versions: Callable[..., list[doctor.Remark]]) -> None:
    assert doctor.Remark("version", "celery-types is not installed", is_bad=True) in versions(celery_types=None)
    stubs = versions(djangorestframework="3.16", djangorestframework_stubs=None)
    text = "djangorestframework has no types; install djangorestframework-stubs"
    assert doctor.Remark("stubs", text, is_bad=True) in stubs
