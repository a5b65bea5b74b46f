"""Headless Chromium, and a page to look at."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from mypy_deckrules.cli.report.contents import Adopted, contents
from mypy_deckrules.cli.report.history import Run
from mypy_deckrules.cli.report.page import page
from mypy_deckrules.cli.results import Finding, Problem, Results
from mypy_deckrules.config import ModulePattern, Options, Override

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1300,1000",
)
HOSTILE = "</script><img src=x onerror=\"document.title = 'broken'\">"

Open = Callable[..., Chrome]


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("no browser to look at the page with: apt-get install chromium chromium-driver")
    options = ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    with Chrome(options, ChromeService(driver)) as started:
        yield started


def finding(module: str, code: str, line: int, message: str = "Something is wrong") -> Finding:
    return Finding(f"{module.replace('.', '/')}.py", line, 5, line, 9, code, message, module)


FINDINGS = (
    *(finding("shop.tasks", "task-time-limit", line) for line in range(1, 13)),
    finding("shop.tasks", "http-timeout", 30, HOSTILE),
    finding("shop.views", "http-timeout", 7),
    finding("shop.views", "http-timeout", 9),
    finding("shop.legacy", "task-model-arg", 3),
)
MODULES = ("shop", "shop.legacy", "shop.models", "shop.tasks", "shop.views")
RESULTS = Results(
    findings=FINDINGS,
    problems=(Problem("shop/broken.py", 4, 1, "Invalid syntax"),),
    modules={f"{module.replace('.', '/')}.py": module for module in MODULES},
    running={"task-time-limit": 5, "http-timeout": 5, "task-model-arg": 4, "service-return": 5},
    unseen={"no_type_check": 2},
    is_complete=True,
)
OPTIONS = Options(
    select=frozenset(RESULTS.running),
    overrides=(Override((ModulePattern("shop.views"),), frozenset(), frozenset({"task-model-arg"})),),
)
ENTRIES = frozenset({("shop.views", "http-timeout"), ("shop.models", "http-timeout"), ("shop.gone", "http-timeout")})
BASELINE = Counter({("shop/legacy.py", "task-model-arg"): 1})
HISTORY = (
    Run("2025-01", 4, {"http-timeout": 9, "task-time-limit": 20}, {"http-timeout": 1, "task-time-limit": 4}),
    Run("2025-02", 5, {"http-timeout": 6, "task-time-limit": 16}, {"http-timeout": 2, "task-time-limit": 5}),
)


@pytest.fixture
def look_at(chrome: Chrome, tmp_path: Path) -> Open:
    """Opens the page of results in the browser."""

    def look(results: Results = RESULTS, history: Sequence[Run] = HISTORY, *, dark: bool = False) -> Chrome:
        file = tmp_path / "page.html"
        file.write_text(page(contents(results, Adopted(ENTRIES, BASELINE), OPTIONS, history)), encoding="utf-8")
        media = {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]}
        chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        chrome.get(file.as_uri())
        return chrome

    return look
