"""The page of progress in a real browser: nothing foreign, no complaint, and room for all of it on a phone."""

import datetime

import pytest
from selenium.webdriver.common.by import By

from tests.browser import open_browser, requests, visit
from tests.test_progress import hostile_rows
from tests.weeks import weeks
from voicemock.progress.page import render_progress
from voicemock.progress.summary import progress_of

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

TODAY = datetime.date(2026, 12, 1)
FITS = """\
const wide = (part) => part.getBoundingClientRect().width;
return [...document.querySelectorAll(".legend svg > *")].every((mark) => wide(mark) <= wide(mark.parentElement) + 1);"""


def test_the_page_opens_from_a_file_on_a_phone_and_runs_nothing(tmp_path):
    with open_browser() as browser:
        for name, rows in (("weeks", weeks(1)), ("hostile", hostile_rows())):
            page = tmp_path / f"{name}.html"
            page.write_text(render_progress(progress_of(rows, today=TODAY), today=TODAY), encoding="utf-8")
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
            )
            visit(browser, page)
            for summary in browser.find_elements(By.TAG_NAME, "summary"):
                browser.execute_script("arguments[0].parentElement.open = true", summary)
            wide = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
            assert wide == [360, 360], name
            assert {url.partition("#")[0] for url in requests(browser)} == {page.resolve().as_uri()}
            assert browser.get_log("browser") == []
            assert browser.execute_script("return window.pwned") is None
            assert not browser.find_elements(By.CSS_SELECTOR, "img, script")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert browser.execute_script(FITS), "on paper, where all is smaller"
