"""The site in a real browser: no complaint of axe or the console, no sideways scroll, nothing hostile runs."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from skillcheck.config import find
from skillcheck.model import Level, Outcome
from skillcheck.verify import Settings
from skillcheck.verify.siting import Site, sited

Browser = webdriver.Chrome
Serve = Callable[[Path], str]
ROOT = Path(__file__).parents[3]
THEMES = ("light", "dark")
WIDTHS = (360, 1280)
GOOD = """\
---
name: adding
description: Adds numbers. Use when numbers have to be added.
---
# Adding

Read [the other file](references/more.md), or [a page](https://example.com/a).

```python
def add(a: int, b: int) -> int:
    return a + b  # a comment that makes this line so long that it has to be scrolled inside of its own block


print(add(1, 2), "three", 4.0)
```

```json
{"numbers": [1, 2]}
```

| left | right |
| --- | --- |
| 1 | 2 |
"""


def _hostile() -> str:
    spec = importlib.util.spec_from_file_location("hostile", ROOT / "tests/site/hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.HOSTILE)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The site of three made skills, one of them hostile, their blocks run, served on loopback."""
    root = tmp_path_factory.mktemp("bundle")
    texts = {
        "adding/SKILL.md": GOOD,
        "adding/references/more.md": "# More\n\n```yaml\na: 1\n```\n",
        "evil/SKILL.md": _hostile(),
        "nothing/SKILL.md": "",
    }
    (root / ".git").mkdir()
    for name, text in texts.items():
        path = root / "skills" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site = Site(root / "site", "Made skills", "https://github.com/example/made")
    report = sited([str(root / "skills")], find(root), site, Settings())
    assert any(result.level is Level.COVERED and result.outcome is Outcome.PASSED for result in report.results)
    return serve(root / "site")


@pytest.fixture(scope="session")
def paths(address: str, browser: Browser) -> list[str]:
    browser.get(f"{address}/index.html")
    links = browser.find_elements(By.CSS_SELECTOR, ".card h3 a")
    return ["/index.html", *(str(link.get_attribute("href")).removeprefix(address) for link in links)]


def look(browser: Browser, url: str, theme: str, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    feature = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": feature})
    log(browser)
    browser.get(url)


def log(browser: Browser) -> list[str]:
    """Return what the console was told since the last call."""
    told: Any = browser.execute("getLog", {"type": "browser"})
    return [entry["message"] for entry in told["value"]]


def violations(browser: Browser, axe: str) -> list[str]:
    browser.execute_script(axe)
    found: Any = browser.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run(document).then((told) => done(told.violations));"
    )
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("look_as", [(theme, width) for theme in THEMES for width in WIDTHS])
def test_axe_and_the_console_are_silent_and_nothing_scrolls_sideways(
    browser: Browser, address: str, paths: list[str], axe: str, look_as: tuple[str, int]
) -> None:
    theme, width = look_as
    assert len(paths) == 4
    for path in paths:
        look(browser, address + path, theme, width)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
        assert log(browser) == [], path
        assert violations(browser, axe) == [], path


def test_nothing_hostile_runs(browser: Browser, address: str, paths: list[str]) -> None:
    for path in paths:
        look(browser, address + path, "light", 1280)
        for link in browser.find_elements(By.CSS_SELECTOR, "main a"):
            assert str(link.get_attribute("href")).startswith(("https:", "mailto:", address)), link.get_attribute(
                "href"
            )
        assert browser.execute_script("return window.hostile") is None
        assert browser.find_elements(By.CSS_SELECTOR, "main script, iframe, img, [onload], [onerror], [style]") == []
    evil = next(path for path in paths if "evil" in path)
    look(browser, address + evil, "light", 1280)
    files = [str(link.get_attribute("href")) for link in browser.find_elements(By.CSS_SELECTOR, ".code a.detail")]
    assert len(files) >= 4
    for file in files:
        browser.get(file)
        assert browser.execute_script("return [document.contentType, window.hostile]") == ["text/plain", None]


def test_the_policy_holds_what_escaping_would_let_through(browser: Browser, address: str) -> None:
    look(browser, f"{address}/index.html", "light", 1280)
    browser.execute_script(
        "const made = document.createElement('img'); made.setAttribute('onerror', 'window.hostile = 2');"
        "made.src = 'https://evil.example/x'; document.body.append(made)"
    )
    assert browser.execute_script("return window.hostile") is None
    told = log(browser)
    assert any("Content Security Policy" in line for line in told)


def test_search_works_by_keyboard(browser: Browser, address: str) -> None:
    look(browser, f"{address}/index.html", "light", 1280)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the content"
    body.send_keys("/")
    words = browser.switch_to.active_element
    assert words.get_attribute("id") == "words"
    words.send_keys("numbers ADD")
    shown = [card.text for card in browser.find_elements(By.CSS_SELECTOR, ".card") if card.is_displayed()]
    assert [text.partition("\n")[0] for text in shown] == ["adding"]
    assert browser.find_element(By.ID, "count").text == "1 of 3 skills"
    words.send_keys(" nowhere")
    assert browser.find_element(By.ID, "none").is_displayed()
    words.send_keys(Keys.ESCAPE)
    assert len([card for card in browser.find_elements(By.CSS_SELECTOR, ".card") if card.is_displayed()]) == 3
    words.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys("proven")
    assert browser.find_element(By.ID, "count").text == "1 of 3 skills"


def test_the_page_says_everything_without_the_script(browser: Browser, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look(browser, f"{address}/index.html", "light", 360)
        assert len(browser.find_elements(By.CSS_SELECTOR, ".card")) == 3
        assert not browser.find_element(By.ID, "search").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
