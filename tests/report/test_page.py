"""The page in a browser: what it shows, by keyboard, in the light and in the dark."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from mypy_deckrules.cli.report.contents import Adopted, contents
from mypy_deckrules.cli.report.page import page

from .conftest import BASELINE, ENTRIES, HOSTILE, OPTIONS, RESULTS, Open

CONTRAST = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function pixel(color, under) {
  canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
  canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
function luminance(color, under) {
  const [r, g, b] = pixel(color, under).map((value) => {
    value /= 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const paper = getComputedStyle(document.body).backgroundColor;
function behind(element) {
  for (let at = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (!color.endsWith(", 0)") && color !== "transparent") return color;
  }
  return paper;
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const weak = [];
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim();
  const element = walker.currentNode.parentElement;
  if (!text || !element.checkVisibility() || element.closest("script, svg")) continue;
  const [a, b] = [getComputedStyle(element).color, behind(element)].map((color) => luminance(color, paper));
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) weak.push(`${text}: ${contrast.toFixed(2)}`);
}
return weak;
"""


def cell(chrome: Chrome, module: str, code: str) -> WebElement:
    return chrome.find_element(By.CSS_SELECTOR, f'.cell[data-module="{module}"][data-code="{code}"]')


def press(chrome: Chrome, *keys: str) -> WebElement:
    """Press keys, one after the other; return what has the focus then."""
    ActionChains(chrome).send_keys(*keys).perform()
    return chrome.switch_to.active_element


def place(element: WebElement) -> tuple[str | None, str | None]:
    return element.get_attribute("data-module"), element.get_attribute("data-code")


def rows(chrome: Chrome) -> list[str]:
    return [row.text for row in chrome.find_elements(By.CSS_SELECTOR, "#map tbody th")]


def test_map_tells_failing_adopted_mended_and_off_apart(look_at: Open) -> None:
    chrome = look_at()
    shown = {
        (module, code): (cell(chrome, module, code).text, cell(chrome, module, code).accessible_name)
        for module, code in (
            ("shop.tasks", "task-time-limit"),
            ("shop.tasks", "http-timeout"),
            ("shop.views", "http-timeout"),
            ("shop.legacy", "task-model-arg"),
            ("shop.models", "http-timeout"),
            ("shop.views", "task-model-arg"),
            ("shop.views", "task-time-limit"),
        )
    }
    assert shown == {
        ("shop.tasks", "task-time-limit"): ("12", "shop.tasks, task-time-limit: 12 findings"),
        ("shop.tasks", "http-timeout"): ("1", "shop.tasks, http-timeout: 1 finding"),
        ("shop.views", "http-timeout"): ("2", "shop.views, http-timeout: 2 findings, adopted"),
        ("shop.legacy", "task-model-arg"): ("1", "shop.legacy, task-model-arg: 1 finding, adopted"),
        ("shop.models", "http-timeout"): ("✓", "shop.models, http-timeout: adopted, and mended since"),
        ("shop.views", "task-model-arg"): ("off", "shop.views, task-model-arg: off"),
        ("shop.views", "task-time-limit"): ("", "shop.views, task-time-limit: clean"),
    }
    assert rows(chrome) == ["shop.tasks", "shop.views", "shop.legacy", "shop.models"]


def test_sums(look_at: Open) -> None:
    chrome = look_at()
    sums = [item.text.split("\n") for item in chrome.find_elements(By.CSS_SELECTOR, "#sums li")]
    assert sums == [
        ["13", "Findings that fail a check"],
        ["3", "Adopted findings"],
        ["1", "Adopted, and mended since"],
        ["2", "Modules without a finding, of 5"],
        ["2", "Functions that mypy did not look into"],
    ]
    assert chrome.find_element(By.ID, "problems").text.split("\n")[1] == "shop/broken.py:4:1 Invalid syntax"


def test_rules_tell_where_adoption_stands(look_at: Open) -> None:
    chrome = look_at()
    bars = chrome.find_elements(By.CSS_SELECTOR, "#rules tbody tr")
    told = {
        bar.find_element(By.TAG_NAME, "a").text: (
            bar.find_element(By.CSS_SELECTOR, ".bar").accessible_name,
            *(number.text for number in bar.find_elements(By.CSS_SELECTOR, "td.number")),
        )
        for bar in bars
    }
    assert told == {
        "task-model-arg": ("3 clean, 1 adopted, 0 failing", "4", "0", "1", "0"),
        "task-time-limit": ("4 clean, 0 adopted, 1 failing", "5", "12", "0", "0"),
        "http-timeout": ("3 clean, 1 adopted, 1 failing", "5", "1", "2", "1"),
        "service-return": ("5 clean, 0 adopted, 0 failing", "5", "0", "0", "0"),
    }
    assert "race-get-or-create" in chrome.find_element(By.ID, "unselected").text


def test_keyboard_reaches_every_cell_and_its_findings(look_at: Open) -> None:
    chrome = look_at()
    focused = chrome.switch_to.active_element
    for _ in range(20):
        if "cell" in (focused.get_attribute("class") or ""):
            break
        focused = press(chrome, Keys.TAB)
    assert place(focused) == ("shop.tasks", "task-model-arg")
    assert place(press(chrome, Keys.ARROW_RIGHT)) == ("shop.tasks", "task-time-limit")
    assert place(press(chrome, Keys.ARROW_DOWN)) == ("shop.views", "task-time-limit")
    assert place(press(chrome, Keys.END)) == ("shop.views", "http-timeout")
    assert place(press(chrome, Keys.ARROW_RIGHT)) == ("shop.views", "http-timeout")
    assert place(press(chrome, Keys.PAGE_DOWN)) == ("shop.models", "http-timeout")
    assert place(press(chrome, Keys.PAGE_UP)) == ("shop.tasks", "http-timeout")
    assert place(press(chrome, Keys.HOME)) == ("shop.tasks", "task-model-arg")
    ActionChains(chrome).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).perform()
    assert place(chrome.switch_to.active_element) == ("shop.models", "http-timeout")
    press(chrome, Keys.ARROW_UP, Keys.ARROW_UP, Keys.ENTER)
    details = chrome.find_element(By.ID, "details")
    assert details.get_attribute("open") is not None
    assert details.find_element(By.TAG_NAME, "h2").text == "shop.views"
    assert [item.text.split("\n") for item in details.find_elements(By.TAG_NAME, "li")] == [
        ["shop/views.py:7:5 (adopted)", "Something is wrong"],
        ["shop/views.py:9:5 (adopted)", "Something is wrong"],
    ]
    focused = press(chrome, Keys.ESCAPE)
    assert details.get_attribute("open") is None
    assert place(focused) == ("shop.views", "http-timeout")


def test_one_stop_of_the_tab_key_leaves_the_map(look_at: Open) -> None:
    chrome = look_at()
    chrome.execute_script("document.querySelector('.cell').focus()")
    press(chrome, Keys.ARROW_DOWN)
    assert "cell" not in (press(chrome, Keys.TAB).get_attribute("class") or "")


def test_modules_can_be_filtered_and_ordered(look_at: Open) -> None:
    chrome = look_at()
    Select(chrome.find_element(By.ID, "order")).select_by_value("name")
    assert rows(chrome) == ["shop.legacy", "shop.models", "shop.tasks", "shop.views"]
    chrome.find_element(By.ID, "only-open").click()
    assert rows(chrome) == ["shop.tasks"]
    chrome.find_element(By.ID, "only-open").click()
    chrome.find_element(By.ID, "filter").send_keys("VIEW", Keys.ENTER)
    assert rows(chrome) == ["shop.views"]
    assert chrome.find_element(By.ID, "shown").text == "1 of 4 modules with findings"
    chrome.find_element(By.ID, "filter").send_keys("x")
    assert chrome.find_element(By.ID, "map").text == "No module fits."


def test_trend_of_all_rules_and_of_one(look_at: Open) -> None:
    chrome = look_at()

    def told() -> list[str]:
        return [figure.accessible_name for figure in chrome.find_elements(By.CSS_SELECTOR, "#trend svg")]

    assert told() == [
        "Findings that failed the check: 29 at first, 13 now",
        "Modules that the rules run in, of those that were checked: 31.3 % at first, 85 % now",
    ]
    Select(chrome.find_element(By.CSS_SELECTOR, "#trend select")).select_by_visible_text("http-timeout")
    assert told() == [
        "Findings that failed the check: 9 at first, 1 now",
        "Modules that the rules run in, of those that were checked: 25 % at first, 60 % now",
    ]
    chrome.find_element(By.CSS_SELECTOR, "#trend summary").click()
    numbers = [row.text for row in chrome.find_elements(By.CSS_SELECTOR, "#trend tbody tr")]
    assert numbers == ["2025-01 9 25 %", "2025-02 6 40 %", "now 1 60 %"]


def test_without_history_the_page_says_how_to_get_a_trend(look_at: Open) -> None:
    chrome = look_at(history=())
    assert "--history" in chrome.find_element(By.ID, "trend").text


def test_nothing_found(look_at: Open) -> None:
    chrome = look_at(replace(RESULTS, findings=(), problems=(), modules={}))
    assert chrome.find_element(By.ID, "map").text == "Nothing is found, and nothing adopted."
    assert not chrome.find_element(By.ID, "problems").is_displayed()
    assert chrome.get_log("browser") == []


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out(look_at: Open, dark: bool) -> None:
    chrome = look_at(dark=dark)
    background = chrome.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(21, 24, 28)" if dark else "rgb(255, 255, 255)")
    assert chrome.execute_script(CONTRAST) == []


def test_the_reader_chooses_light_or_dark(look_at: Open) -> None:
    chrome = look_at(dark=True)
    schemes = []
    for _ in range(3):
        chrome.find_element(By.ID, "theme").send_keys(Keys.ENTER)
        schemes.append(chrome.execute_script("return getComputedStyle(document.body).backgroundColor"))
    assert schemes == ["rgb(255, 255, 255)", "rgb(21, 24, 28)", "rgb(21, 24, 28)"]


def test_what_is_found_is_shown_as_text(look_at: Open) -> None:
    chrome = look_at()
    cell(chrome, "shop.tasks", "http-timeout").click()
    assert chrome.find_element(By.CSS_SELECTOR, "#details li").text.split("\n")[1] == HOSTILE
    assert chrome.title.startswith("deckrules: ")


def test_the_page_loads_nothing_and_logs_nothing(look_at: Open) -> None:
    chrome = look_at()
    assert chrome.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert chrome.get_log("browser") == []
    source = page(contents(RESULTS, Adopted(ENTRIES, BASELINE), OPTIONS, ()))
    shell = re.sub(r'<script type="application/json".*?</script>', "", source, flags=re.DOTALL)
    assert not re.search(r"<link|\bsrc=|@import|url\(", shell)
