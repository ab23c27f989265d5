"""Every page voicemock writes, looked over by axe-core: on a phone and a desktop, in light and in dark."""

import datetime
from pathlib import Path

import pytest

from tests import report_samples
from tests.browser import open_browser, visit
from tests.cohort import cohort
from tests.retold import record
from tests.test_compare_browser import write as write_compared
from tests.weeks import weeks
from voicemock.batch.index import write_index
from voicemock.progress.page import render_progress
from voicemock.progress.summary import progress_of
from voicemock.report import write_report

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN = """
const done = arguments[0];
axe.run(document, { resultTypes: ["violations"] }).then(
  (found) => done(found.violations.map((rule) => [
    rule.id, rule.help, rule.nodes.map((node) => node.html.slice(0, 160)),
  ])),
  (error) => done(String(error)),
);
"""
TODAY = datetime.date(2026, 12, 1)


def report(name: str, folder: Path) -> Path:
    made = getattr(report_samples, name)()
    for answer in made.answers:
        if answer.recording:
            record(folder / answer.recording.path, answer.recording.duration_s)
    return write_report(made, folder)


def progress(folder: Path) -> Path:
    page = folder / "progress.html"
    page.write_text(render_progress(progress_of(weeks(1), today=TODAY), today=TODAY), encoding="utf-8")
    return page


def compared(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEMOCK_DATA", str(folder / "data"))
        return write_compared(folder)


PAGES = {
    "full": lambda folder: report("full", folder),
    "practised": lambda folder: report("practised", folder),
    "explained": lambda folder: report("explained", folder),
    "empty": lambda folder: report("empty", folder),
    "batch": lambda folder: write_index(cohort(12), folder, title="12 recordings"),
    "progress": progress,
    "compare": compared,
}


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        opened.set_script_timeout(120)
        yield opened


@pytest.fixture(scope="module", params=list(PAGES))
def page(request, tmp_path_factory) -> Path:
    return PAGES[request.param](tmp_path_factory.mktemp(request.param))


def violations(browser):
    """Return what axe-core objects to in the page that is open, with all that is folded away in sight."""
    browser.execute_script("for (const folded of document.querySelectorAll('details')) folded.open = true")
    browser.execute_script("for (const part of document.querySelectorAll('.judge, .judged')) part.hidden = false")
    browser.execute_script(AXE)
    found = browser.execute_async_script(RUN)
    assert not isinstance(found, str), found
    return found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, page, width, scheme):
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        visit(browser, page)
        assert browser.execute_script(f"return matchMedia('(prefers-color-scheme: {scheme})').matches")
        assert violations(browser) == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_axe_finds_nothing_while_the_keys_are_listed(browser, tmp_path):
    visit(browser, report("full", tmp_path))
    browser.execute_script("document.querySelector('.keys').click()")
    assert browser.execute_script("return document.querySelector('#keys').open")
    assert violations(browser) == []


def test_axe_would_say_so(browser, tmp_path):
    """A page with a pale text and a button without a name is objected to: silence above means something."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><p style="color: #ccc">pale</p>'
        "<button></button></main></html>"
    )
    visit(browser, bad)
    assert {rule for rule, _, _ in violations(browser)} >= {"color-contrast", "button-name"}
