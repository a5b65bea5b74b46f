"""Every rule of the registry is whole: a module, a page, a bad example that is reported and a good one that is not."""

from __future__ import annotations

import pytest

from mypy_deckrules.cli.pages import page_of
from mypy_deckrules.codes import ALL_CODES, ERROR_CODES, RULES
from mypy_deckrules.config import Options
from mypy_deckrules.rules import CHECKS, Checks
from tests.rules.examples import Error, Examples, example_files, package_of

CODES = [rule.code for rule in RULES]
Found = dict[str, list[Error]]


@pytest.mark.parametrize("code", CODES)
def test_page_is_whole(code: str) -> None:
    page = page_of(code)
    assert page.headline.endswith(".")
    assert "\n" not in page.headline
    assert "https://" in page.sections["References"]


def test_every_rule_checks_something() -> None:
    checks = Checks(Options())
    checks.load(ALL_CODES)
    asked = {code for name in CHECKS for code, _ in checks[name]}
    called = {code for found in checks.functions.values() for code, _ in found}
    called |= {code for owners in checks.methods.values() for found in owners.values() for code, _ in found}
    assert asked | called == ALL_CODES


def test_error_codes_nest_in_their_family() -> None:
    for rule in RULES:
        parent = ERROR_CODES[rule.code].sub_code_of
        assert parent is not None
        assert parent.code == rule.family.code


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What is reported in the examples of all pages."""
    examples = Examples(tmp_path_factory.mktemp("examples"))
    for code in CODES:
        for section, verdict in (("Example", "bad"), ("Use instead", "good")):
            for name, text in example_files(code, section):
                examples.add(f"{package_of(code)}_{verdict}", name, text)
    return examples.check()


@pytest.mark.parametrize("code", CODES)
def test_examples(code: str, reported: Found) -> None:
    bad, good = reported[f"{package_of(code)}_bad"], reported[f"{package_of(code)}_good"]
    assert code in {error.code for error in bad}
    assert code not in {error.code for error in good}, good
    # An example that does not type-check would teach something else than the rule.
    assert {error.code for error in [*bad, *good]} <= ALL_CODES, (bad, good)


SILENCED = {
    "disabled": '# mypy: disable-error-code="{code}"\n',
    "family_disabled": '# mypy: disable-error-code="{family}"\n',
}
ENABLED = {
    "enabled": '# mypy: enable-error-code="{code}"\n',
    "family_enabled": '# mypy: enable-error-code="{family}"\n',
    "off": "",
}


@pytest.fixture(scope="module")
def switched(tmp_path_factory: pytest.TempPathFactory, reported: Found) -> tuple[Found, Found]:
    """The bad examples with every switch: in a run with all codes on, and in one with all codes off."""
    on, off = Examples(tmp_path_factory.mktemp("on")), Examples(tmp_path_factory.mktemp("off"))
    for rule in RULES:
        package = package_of(rule.code)
        files = list(example_files(rule.code, "Example"))
        for examples, switches in ((on, SILENCED), (off, ENABLED)):
            for switch, comment in switches.items():
                for name, source in files:
                    head = comment.format(code=rule.code, family=rule.family.code)
                    examples.add(f"{package}_{switch}", name, head + source)
        lines = {error.line for error in reported[f"{package}_bad"] if error.code == rule.code}
        for switch, ignored in (("ignored", rule.code), ("family_ignored", rule.family.code)):
            for name, source in files:
                numbered = enumerate(source.splitlines(), 1)
                marked = [f"{line}  # type: ignore[{ignored}]" if at in lines else line for at, line in numbered]
                on.add(f"{package}_{switch}", name, "\n".join(marked) + "\n")
    return on.check(), off.check("ignore = all\n")


@pytest.mark.parametrize("code", CODES)
def test_switches(code: str, switched: tuple[Found, Found]) -> None:
    on, off = switched
    package = package_of(code)
    for switch in ("disabled", "family_disabled", "ignored", "family_ignored"):
        assert code not in {error.code for error in on[f"{package}_{switch}"]}, switch
    for switch in ("enabled", "family_enabled"):
        assert code in {error.code for error in off[f"{package}_{switch}"]}, switch
    assert off[f"{package}_off"] == []
