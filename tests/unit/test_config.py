"""The options: what each form of file gives, and the one line that refuses what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from mypy_deckrules.codes import ALL_CODES, CODES_BY_FAMILY, DEFAULT_CODES
from mypy_deckrules.config import ConfigError, ModulePattern, Options, load_options

TOML = """
[tool.deckrules]
select = ["default", "deck-race"]
ignore = ["http-timeout"]
service_modules = ["shop.api.*"]
service_params = true
http_calls = ["shop.http.fetch"]
task_serializer = "pickle"
app_time_limit = false
settings_module = "shop.settings"

[[tool.deckrules.overrides]]
module = ["shop.legacy.*", "shop.old"]
ignore = ["deck-task"]

[[tool.deckrules.overrides]]
module = "shop.new.*"
select = ["all"]
"""

INI = """
[mypy]
strict = true

[mypy.plugins.deckrules]
select = default, deck-race
ignore =
    http-timeout
service_modules = shop.api.*
service_params = yes
http_calls =
    shop.http.fetch
task_serializer = pickle
app_time_limit = no
settings_module = shop.settings

[mypy.plugins.deckrules-shop.legacy.*,shop.old]
ignore = deck-task

[mypy.plugins.deckrules-shop.new.*]
select = all
"""


def load(tmp_path: Path, name: str, text: str) -> Options:
    path = tmp_path / name
    path.write_text(text)
    return load_options(str(path))


@pytest.mark.parametrize(("name", "text"), [("pyproject.toml", TOML), ("mypy.ini", INI), ("setup.cfg", INI)])
def test_every_form_gives_the_same(tmp_path: Path, name: str, text: str) -> None:
    options = load(tmp_path, name, text)
    assert options.service_modules == (ModulePattern("shop.api.*"),)
    assert options.service_params is True
    assert options.http_calls == ("shop.http.fetch",)
    assert options.task_serializer == "pickle"
    assert options.app_time_limit is False
    assert options.atomic_requests is None
    assert options.settings_module == "shop.settings"
    chosen = (DEFAULT_CODES | CODES_BY_FAMILY["deck-race"]) - {"http-timeout"}
    assert options.codes_for("shop.models") == chosen
    assert options.codes_for("shop.old") == chosen - CODES_BY_FAMILY["deck-task"]
    assert options.codes_for("shop.legacy") == chosen - CODES_BY_FAMILY["deck-task"]
    assert options.codes_for("shop.legacy.tasks") == chosen - CODES_BY_FAMILY["deck-task"]
    # ignore wins, wherever it stands
    assert options.codes_for("shop.new.tasks") == ALL_CODES - {"http-timeout"}


def test_without_a_file_or_a_section_the_defaults_hold(tmp_path: Path) -> None:
    assert load_options(None) == Options()
    assert load(tmp_path, "pyproject.toml", "[tool.mypy]\nstrict = true\n") == Options()
    assert load(tmp_path, "mypy.ini", "[mypy]\nstrict = true\n") == Options()
    # a module of ours, to mypy
    assert load(tmp_path, "mypy.ini", "[mypy-mypy_deckrules.*]\nstrict = true\n") == Options()
    assert load(tmp_path, "my.toml", "tool = 3\n") == Options()
    assert Options().codes_for("anything") == DEFAULT_CODES


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("services", True),
        ("shop.services", True),
        ("shop.services.orders", True),
        ("services.orders", True),
        ("shop.service", False),
        ("shop.services_old", False),
        ("shop.myservices", False),
    ],
)
def test_service_modules_by_default(module: str, expected: bool) -> None:
    assert Options().is_service_module(module) is expected


@pytest.mark.parametrize(
    ("pattern", "module", "expected"),
    [
        ("shop", "shop", True),
        ("shop", "shop.models", False),
        ("shop.*", "shop", True),
        ("shop.*", "shop.models", True),
        ("shop.*", "shopping", False),
        ("*.models", "shop.models", True),
        ("*.models", "a.b.models", True),
        ("*.models", "models", False),
        ("shop.*.models", "shop.models", True),
        ("shop.*.models", "shop.a.b.models", True),
        ("*", "anything.at.all", True),
    ],
)
def test_patterns_mean_what_they_mean_to_mypy(pattern: str, module: str, expected: bool) -> None:
    assert ModulePattern(pattern).matches(module) is expected


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "pyproject.toml",
            '[tool.deckrules]\nselekt = ["all"]',
            '[tool.deckrules]: selekt: unknown option, did you mean "select"?; allowed: app_failure_handler,',
        ),
        (
            "mypy.ini",
            "[mypy.plugins.deckrules]\nselekt = all",
            '[mypy.plugins.deckrules]: selekt: unknown option, did you mean "select"?; allowed: ',
        ),
        (
            "pyproject.toml",
            '[tool.deckrules]\nselect = ["http-timeouts"]',
            'select: "http-timeouts": unknown code, did you mean "http-timeout"?; allowed: default, all,',
        ),
        (
            "pyproject.toml",
            "[tool.deckrules]\nselect = 3",
            "[tool.deckrules]: select: must be a list of strings, not 3",
        ),
        ("pyproject.toml", "[tool.deckrules]\nselect = [3]", "select: must be a list of strings, not [3]"),
        ("pyproject.toml", "[tool.deckrules]\nservice_params = 1", "service_params: must be true or false, not 1"),
        ("mypy.ini", "[mypy.plugins.deckrules]\nservice_params = maybe", "must be true or false, not 'maybe'"),
        (
            "pyproject.toml",
            '[tool.deckrules]\nservice_params = "yes"',
            "service_params: must be true or false, not 'yes'",
        ),
        ("pyproject.toml", '[tool.deckrules]\nhttp_calls = ["fetch"]', '"fetch": must be a full name with its module'),
        ("pyproject.toml", '[tool.deckrules]\nservice_modules = ["shop*"]', '"shop*": bad pattern; allowed: '),
        ("pyproject.toml", '[tool.deckrules]\nclass_allow = ["a..b"]', '"a..b": bad pattern'),
        ("pyproject.toml", "[tool.deckrules]\nsettings_module = 3", "must be the name of a module"),
        ("pyproject.toml", "[tool.deckrules]\ntask_serializer = true", "must be the name of a Kombu serializer"),
        ("pyproject.toml", "[tool]\ndeckrules = 3", "[tool.deckrules]: must be a table"),
        ("pyproject.toml", "[tool.deckrules]\noverrides = 3", "overrides: must be an array of tables"),
        (
            "pyproject.toml",
            '[[tool.deckrules.overrides]]\nselect = ["all"]',
            "[[tool.deckrules.overrides]]: module: missing",
        ),
        (
            "pyproject.toml",
            '[[tool.deckrules.overrides]]\nmodule = "a"\nservice_params = true',
            "[[tool.deckrules.overrides]]: service_params: unknown option; allowed: ignore, module, select",
        ),
        (
            "mypy.ini",
            "[mypy.plugins.deckrules-shop.*]\nselect = nothing",
            '[mypy.plugins.deckrules-shop.*]: select: "nothing": unknown code',
        ),
        ("mypy.ini", "[mypy.plugins.deckrules.shop]\nselect = all", "[mypy.plugins.deckrules.shop]: unknown section"),
        ("mypy.ini", "[mypy.plugins.mypy_deckrules]\nselect = all", "[mypy.plugins.mypy_deckrules]: unknown section"),
        ("setup.cfg", "[tool:deckrules]\nselect = all", "[tool:deckrules]: unknown section; write [mypy.plugins."),
        (
            "pyproject.toml",
            '[tool.mypy_deckrules]\nselect = ["all"]',
            "[tool.mypy_deckrules]: unknown table; write [tool.",
        ),
        (
            "pyproject.toml",
            "[mypy.plugins.deckrules]\nselect = []",
            "[mypy.plugins.deckrules]: unknown table; write [tool.",
        ),
        ("mypy.ini", "[mypy.plugins.deckrules-]\nselect = all", "[mypy.plugins.deckrules-]: module: missing"),
        (
            "mypy.ini",
            "[mypy.plugins.deckrules-shop]\nmodule = other",
            "[mypy.plugins.deckrules-shop]: module: unknown option; allowed: ignore, select",
        ),
        (
            "pyproject.toml",
            "[[tool.deckrules.overrides]]\nmodule = []",
            "[[tool.deckrules.overrides]]: module: missing",
        ),
        ("pyproject.toml", '[tool.deckrules]\nselect = ["a\\nb"]', '[tool.deckrules]: select: "a b": unknown code'),
        ("pyproject.toml", '[tool.deckrules]\ntask_serializer = "JSON"', "must be the name of a Kombu serializer"),
        ("pyproject.toml", '[tool.deckrules]\ntask_serializer = " json"', "must be the name of a Kombu serializer"),
        ("pyproject.toml", "[tool.deckrules\n", "cannot be read: "),
        ("mypy.ini", "no section\n", "cannot be read: "),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, name, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / name))


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_options(str(tmp_path / "missing.toml"))
    (tmp_path / "mypy.ini").write_bytes(b"\xff\xfe\x00[mypy]")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_options(str(tmp_path / "mypy.ini"))


def test_the_fingerprint_changes_with_every_option(tmp_path: Path) -> None:
    texts = [
        "",
        'select = ["all"]',
        'ignore = ["http-timeout"]',
        "service_params = true",
        'http_calls = ["a.b"]',
        "app_time_limit = true",
        'class_allow = ["a.*"]',
    ]
    prints = [load(tmp_path, "pyproject.toml", f"[tool.deckrules]\n{text}").fingerprint for text in texts]
    assert len({str(fingerprint) for fingerprint in prints}) == len(texts)
