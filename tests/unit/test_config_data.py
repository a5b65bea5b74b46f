"""What mypy's cache of a module depends on."""

from __future__ import annotations

import json

from mypy_deckrules.cache import ConfigData
from mypy_deckrules.config import ModulePattern, Options, Override

HTTP = frozenset({"http-timeout"})
ADOPTED = Override((ModulePattern("shop.tasks"),), frozenset(), HTTP)


def test_an_override_concerns_the_modules_that_it_names() -> None:
    before, after = ConfigData(Options(), HTTP), ConfigData(Options(overrides=(ADOPTED,)), HTTP)
    assert before.of("shop.tasks") != after.of("shop.tasks")
    assert before.of("shop.views") == after.of("shop.views")


def test_other_options_and_what_is_wanted_anywhere_concern_all() -> None:
    data = ConfigData(Options(), HTTP).of("shop.tasks")
    assert data != ConfigData(Options(service_params=True), HTTP).of("shop.tasks")
    assert data != ConfigData(Options(), HTTP | {"task-guard"}).of("shop.tasks")


def test_it_is_json() -> None:
    data = ConfigData(Options(overrides=(ADOPTED,)), HTTP).of("shop.tasks")
    assert json.loads(json.dumps(data)) == data
