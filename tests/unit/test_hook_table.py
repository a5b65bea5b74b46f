"""What is kept of the hooks that mypy asks for again and again."""

from __future__ import annotations

from mypy.options import Options

from mypy_deckrules.guard import GuardedPlugin, Hook, HookTable


class Plugin(GuardedPlugin):
    """Takes the names of one module for settled."""

    def is_settled(self, fullname: str) -> bool:
        return fullname.startswith("shop.left.")


def table() -> tuple[HookTable, list[str]]:
    asked: list[str] = []

    def look_up(fullname: str) -> Hook | None:
        asked.append(fullname)
        return None

    return HookTable(Plugin(Options()), None, "get_function_hook", look_up), asked


def test_a_hook_is_looked_up_once() -> None:
    hooks, asked = table()
    assert [hooks["shop.left.f"], hooks["shop.left.f"], hooks["shop.begun.f"], hooks["shop.begun.f"]] == [None] * 4
    assert asked == ["shop.left.f", "shop.begun.f"]


def test_the_next_module_may_change_what_is_not_settled() -> None:
    hooks, asked = table()
    assert hooks["shop.left.f"] is hooks["shop.begun.f"] is None
    assert hooks.forget(settled=False)
    assert hooks["shop.left.f"] is hooks["shop.begun.f"] is None
    assert asked == ["shop.left.f", "shop.begun.f", "shop.begun.f"]


def test_other_rules_change_all() -> None:
    hooks, asked = table()
    assert hooks["shop.left.f"] is None
    assert not hooks.forget(settled=True)
    assert hooks["shop.left.f"] is None
    assert asked == ["shop.left.f"] * 2
