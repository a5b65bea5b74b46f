"""The mutants that the fuzzer makes are worth checking: they parse, and they differ."""

from __future__ import annotations

import ast
from random import Random

import pytest

from tests.robustness import mutations
from tests.robustness.fuzz import ROOT

SOURCE = (ROOT / "examples" / "shop" / "shop" / "tasks.py").read_text()


def test_mutants_parse_and_are_repeatable() -> None:
    mutants = [mutations.mutate(SOURCE, ["shop.tasks"], Random(seed)) for seed in range(60)]
    for mutant in mutants:
        newer = next((text for text in mutations.NEWER if mutant.endswith(f"{text}\n")), "")
        ast.parse(mutant.removesuffix(f"{newer}\n") if newer else mutant)
    assert len(set(mutants)) > 50
    assert mutants[7] == mutations.mutate(SOURCE, ["shop.tasks"], Random(7))


@pytest.mark.parametrize("text", mutations.EXPRESSIONS + mutations.TYPES + mutations.DECORATORS)
def test_expressions_are_written_well(text: str) -> None:
    assert isinstance(mutations._expression(text), ast.expr)


@pytest.mark.parametrize("text", mutations.STATEMENTS)
def test_statements_are_written_well(text: str) -> None:
    assert ast.parse(text).body
