"""A real Chromium for tests, without a window and without a way to the network."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.conftest import need

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --mute-audio "
    "--force-prefers-reduced-motion"
)
"""A page that still scrolls is missed by a click; motion is left out as for whoever asks their system for that."""


@contextmanager
def open_browser(*more: str) -> Iterator[webdriver.Chrome]:
    """Yield a browser; the caller's test must allow 127.0.0.1, by which it is driven. more: flags."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    need(chromium and driver, "Chromium with its driver (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = str(chromium)
    for flag in (*FLAGS.split(), *more):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(str(driver)))
    try:
        browser.set_script_timeout(30)
        yield browser
    finally:
        browser.quit()


def visit(browser: webdriver.Chrome, page: Path) -> None:
    """Open a file and forget what was logged before."""
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.resolve().as_uri())


def requests(browser: webdriver.Chrome) -> list[str]:
    """Return every address asked for since the last visit but the data: ones."""
    messages: list[dict[str, Any]] = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in asked if not url.startswith("data:")]


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Return the console's errors since the last visit, breaches of the page's policy among them."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
