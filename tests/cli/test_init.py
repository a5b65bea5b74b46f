"""`deckrules init`, and how it finds the settings module."""

from __future__ import annotations

import pytest

from mypy_deckrules.cli.settings_module import find_settings_module
from tests.cli.conftest import CALL, Folder

MANAGE = """
    import os, sys
    def main():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{module}")
"""


def test_a_configuration_is_made(folder: Folder) -> None:
    folder.write({"a.py": CALL, "manage.py": MANAGE.format(module="shop.settings")})
    result = folder.deckrules("init")
    assert result.exit_code == 0
    assert result.stdout.startswith("mypy.ini: made; now run: deckrules check\nDjango settings: shop.settings\n")
    assert folder.deckrules("check").exit_code == 1
    text = folder.read("mypy.ini")
    assert folder.deckrules("init").stdout.startswith("mypy.ini: the plugin is set up already\n")
    assert folder.read("mypy.ini") == text


def test_a_pyproject_is_added_to(folder: Folder) -> None:
    folder.write({"pyproject.toml": '[project]\nname = "shop"\n'})
    folder.deckrules("init")
    assert folder.read("pyproject.toml") == (
        '[project]\nname = "shop"\n\n'
        '[tool.mypy]\nplugins = ["mypy_deckrules"]\ncheck_untyped_defs = true\nignore_missing_imports = true\n\n'
        '[tool.deckrules]\nselect = ["default"]\n'
    )


def test_mypys_own_options_stay(folder: Folder) -> None:
    text = """
        [tool.mypy]
        strict = true  # of course
        plugins = ["mypy_django_plugin.main"]

        [tool.django-stubs]
        django_settings_module = "shop.settings"
    """
    folder.write({"pyproject.toml": text})
    before = folder.read("pyproject.toml")
    result = folder.deckrules("init")
    assert "Django settings: shop.settings\n" in result.stdout
    assert folder.read("pyproject.toml") == (
        before.replace('main"]', 'main", "mypy_deckrules"]') + '\n[tool.deckrules]\nselect = ["default"]\n'
    )


def test_in_ini(folder: Folder) -> None:
    folder.write({"setup.cfg": "[mypy]\nplugins =\n    mypy_django_plugin.main\nstrict = True\n"})
    folder.deckrules("init")
    assert folder.read("setup.cfg") == (
        "[mypy]\nplugins =\n    mypy_django_plugin.main,\n    mypy_deckrules\nstrict = True\n\n"
        "[mypy.plugins.deckrules]\nselect = default\n"
    )


def test_what_cannot_be_edited_is_left_alone(folder: Folder) -> None:
    text = 'tool.mypy = {plugins = ["a"]}\n'
    folder.write({"pyproject.toml": text})
    assert 'add "mypy_deckrules" to mypy\'s plugins by hand' in str(folder.deckrules("init").exception)
    assert folder.read("pyproject.toml") == text


@pytest.mark.parametrize(
    ("files", "module"),
    [
        ({}, None),
        ({"manage.py": MANAGE.format(module="shop.settings")}, "shop.settings"),
        ({"backend/manage.py": MANAGE.format(module="config.settings.local")}, "config.settings.local"),
        (
            {"manage.py": MANAGE.format(module="a"), "shop/wsgi.py": MANAGE.format(module="b")},
            "a",
        ),
        ({"manage.py": "def broken(:\n", "shop/wsgi.py": MANAGE.format(module="shop.settings")}, "shop.settings"),
        ({"shop/celery.py": 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.prod"\n'}, "shop.prod"),
        ({"pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n"}, "tests.settings"),
        ({"setup.cfg": "[tool:pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\n"}, "tests.settings"),
        ({"pyproject.toml": '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "tests.s"\n'}, "tests.s"),
        ({"manage.py": 'import os\nos.environ.setdefault("OTHER", "shop.settings")\n'}, None),
        ({"manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", name)\n'}, None),
    ],
)
def test_the_settings_module_is_found(folder: Folder, files: dict[str, str], module: str | None) -> None:
    folder.write(files)
    assert find_settings_module(folder.path) == module
