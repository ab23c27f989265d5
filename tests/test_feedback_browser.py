"""Ticks and crosses in a real browser: remembered, counted, and made into one line that works in a terminal."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from typer.testing import CliRunner

from tests.browser import complaints, open_browser, requests, visit
from tests.hostile import HOSTILE
from tests.judgeable import finding, judgeable, verdict
from tests.practised import QUESTIONS
from voicemock.archive.feedback import judge, read_feedback
from voicemock.cli.main import app
from voicemock.paths import sessions_dir
from voicemock.report import from_json, write_report

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with open_browser() as opened:
        shown_as(opened)
        yield opened


def shown_as(browser, media: str = "") -> None:
    """Show pages on the screen or as printed, and scroll at once, or a click misses what still moves."""
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": still})


@pytest.fixture
def session() -> Path:
    return judgeable(questions=QUESTIONS[:2])


def button(browser, id: str, verdict: str):
    found = browser.find_element(By.CSS_SELECTOR, f'[data-judge="{id}"] [data-verdict="{verdict}"]')
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", found)
    return found


def line(browser) -> str:
    bar = browser.find_element(By.CSS_SELECTOR, ".judged")
    return bar.find_element(By.TAG_NAME, "code").text if bar.is_displayed() else ""


def test_a_tick_and_a_cross_are_remembered_and_make_a_line_that_works(browser, session: Path):
    page = session / "report.html"
    visit(browser, page)
    assert line(browser) == ""
    button(browser, "hedging-1.1", "wrong").click()
    button(browser, "missing_metric-1.1", "right").click()
    button(browser, "hedging-2.1", "wrong").click()
    visit(browser, page)
    expected = f"voicemock feedback {session.name} --right missing_metric-1.1 --wrong hedging-1.1,hedging-2.1"
    assert line(browser) == expected
    assert button(browser, "hedging-1.1", "wrong").get_attribute("aria-pressed") == "true"
    assert button(browser, "hedging-1.1", "right").get_attribute("aria-pressed") == "false"
    assert "You judged 3 findings." in browser.find_element(By.CSS_SELECTOR, ".judged").text
    assert CliRunner().invoke(app, shlex.split(line(browser))[1:]).exit_code == 0
    kept = {id: one.right for id, one in read_feedback(session).items()}
    assert kept == {"missing_metric-1.1": True, "hedging-1.1": False, "hedging-2.1": False}
    assert not complaints(browser)
    assert requests(browser) == [page.resolve().as_uri()]


def test_the_other_verdict_replaces_one_and_the_same_takes_it_back(browser, session: Path):
    visit(browser, session / "report.html")
    button(browser, "hedging-1.1", "wrong").send_keys(Keys.ENTER)
    button(browser, "hedging-1.1", "right").send_keys(Keys.SPACE)
    assert line(browser).endswith("--right hedging-1.1") and "wrong" not in line(browser)
    button(browser, "hedging-1.1", "right").click()
    assert line(browser) == ""


def test_the_line_is_copied(browser, session: Path):
    visit(browser, session / "report.html")
    button(browser, "hedging-1.1", "wrong").click()
    bar = browser.find_element(By.CSS_SELECTOR, ".judged")
    bar.find_element(By.TAG_NAME, "button").click()
    said = bar.find_element(By.CSS_SELECTOR, "[role=status]")
    wanted = f"voicemock feedback {session.name} --wrong hedging-1.1"
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert said.text in ("Copied.", "Selected: copy it with your keyboard.")
    assert browser.execute_script("return String(getSelection())") == wanted


def test_what_the_browser_remembers_cannot_put_words_into_the_line(browser, session: Path):
    visit(browser, session / "report.html")
    store = f"voicemock feedback {session.name}"
    for remembered in ('[["x; rm -rf ~", "wrong"], ["hedging-1.1", "$(x)"]]', "{", "7", "[1]", '[["hedging-1.1"]]'):
        browser.execute_script("localStorage.setItem(arguments[0], arguments[1])", store, remembered)
        visit(browser, session / "report.html")
        assert line(browser) == ""
        assert not complaints(browser)
    button(browser, "hedging-1.1", "wrong").click()
    assert line(browser).endswith("--wrong hedging-1.1")


def test_a_copy_elsewhere_and_paper_have_neither(browser, session: Path, tmp_path: Path):
    visit(browser, session / "report.html")
    tick = button(browser, "hedging-1.1", "right")
    assert tick.is_displayed()
    tick.click()
    shown_as(browser, "print")
    try:
        assert not tick.is_displayed() and line(browser) == ""
    finally:
        shown_as(browser)
    copy = tmp_path / "report.html"
    copy.write_bytes((session / "report.html").read_bytes())
    visit(browser, copy)
    assert not button(browser, "hedging-1.1", "right").is_displayed() and line(browser) == ""


def test_a_page_from_anywhere_offers_no_line_that_a_shell_would_read(browser, session: Path):
    report = from_json((session / "session.json").read_bytes())
    bad = [f"x {HOSTILE}", "$(touch pwned)", "`x`", "a;b"]
    answers = tuple(msgspec.structs.replace(a, findings=tuple(map(finding, [*bad, "pace"]))) for a in report.answers)
    write_report(msgspec.structs.replace(report, answers=answers), session)
    visit(browser, session / "report.html")
    ids = [one.get_attribute("data-judge") for one in browser.find_elements(By.CSS_SELECTOR, "[data-judge]")]
    assert ids == ["pace-1.1", "pace-2.1"]
    named = msgspec.structs.replace(report.session, id="$(touch pwned)")
    folder = sessions_dir() / "$(touch pwned)"
    write_report(msgspec.structs.replace(report, session=named), folder)
    visit(browser, folder / "report.html")
    assert not browser.find_elements(By.CSS_SELECTOR, "[data-judge], .judged")
    assert not complaints(browser)


def test_it_fits_a_phone_and_hides_nothing_for_good(browser, session: Path):
    browser.set_window_size(360, 740)
    try:
        visit(browser, session / "report.html")
        for id in ("hedging-1.1", "missing_metric-1.1", "hedging-2.1", "missing_metric-2.1"):
            button(browser, id, "wrong").click()
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        browser.execute_script("scrollTo(0, document.body.scrollHeight)")
        covered = """
const foot = document.querySelector(".end").getBoundingClientRect();
return foot.bottom > document.querySelector(".judged").getBoundingClientRect().top + 1;
"""
        assert not browser.execute_script(covered)
    finally:
        browser.set_window_size(1440, 900)


def test_what_was_said_in_the_terminal_is_shown_and_only_what_changes_it_is_to_be_kept(browser, session: Path):
    page = session / "report.html"
    judge(session, [verdict("hedging-1.1"), verdict("hedging-2.1", right=True)], tell=print)
    visit(browser, page)
    assert button(browser, "hedging-1.1", "wrong").get_attribute("aria-pressed") == "true"
    assert line(browser) == ""
    button(browser, "hedging-1.1", "right").click()
    button(browser, "hedging-2.1", "right").click()
    expected = f"voicemock feedback {session.name} --right hedging-1.1 --clear hedging-2.1"
    assert line(browser) == expected
    visit(browser, page)
    assert line(browser) == expected
    assert CliRunner().invoke(app, shlex.split(line(browser))[1:]).exit_code == 0
    visit(browser, page)
    assert line(browser) == ""
    assert button(browser, "hedging-1.1", "right").get_attribute("aria-pressed") == "true"
    assert button(browser, "hedging-2.1", "right").get_attribute("aria-pressed") == "false"
    judge(session, [verdict("hedging-1.1")], tell=print)  # the terminal has the last word
    visit(browser, page)
    assert line(browser) == ""
    assert button(browser, "hedging-1.1", "wrong").get_attribute("aria-pressed") == "true"
