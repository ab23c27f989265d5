"""The page of takes side by side in a real browser: phrases play, one take at a time, by keyboard too."""

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser import complaints, open_browser, requests, visit
from tests.retold import LASTS_S, retold
from tests.test_compare_page import hostile_page
from tests.test_report_browser import HEAR, audio, click, sweep_time_s, wait_until_playing
from voicemock.archive.history import history
from voicemock.archive.takes import read_takes
from voicemock.progress.compare import compare, own_answers
from voicemock.progress.compare_page import render_compared

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]


def write(folder):
    """Write the page on three takes."""
    retold()
    compared = compare(own_answers(history()), "big-move")
    told = list(read_takes([(take.session, take.place) for take in compared.takes], tell=print))
    page = folder / "takes.html"
    page.write_text(render_compared(compared, told, page_in=folder), encoding="utf-8")
    return page


@pytest.fixture
def browser():
    with open_browser() as opened:
        yield opened


def test_phrases_words_and_keys_play_the_take_they_belong_to(browser, tmp_path):
    page = write(tmp_path)
    visit(browser, page)
    again, before = browser.find_elements(By.CSS_SELECTOR, ".again li:first-child .at")[:2]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", again)
    again.click()
    at = float(again.get_attribute("data-t"))
    assert at <= wait_until_playing(browser, answer=2) < at + 1
    assert browser.find_element(By.CSS_SELECTOR, ".playing a").text == "Take 2"
    before.click()
    at = float(before.get_attribute("data-t"))
    assert at <= wait_until_playing(browser, answer=1) < at + 1
    assert not audio(browser, answer=2)["on"]
    ActionChains(browser).send_keys(" ").perform()  # on the button: plays from there again
    wait_until_playing(browser, answer=1)
    click(browser, ".playing button")
    word = click(browser, "#answer-3 .m-same [data-s]")
    at = float(word.get_attribute("data-s"))
    assert at <= wait_until_playing(browser, answer=3) < at + 1
    words = browser.find_element(By.CSS_SELECTOR, "#answer-3 .words")
    words.send_keys(Keys.SPACE)
    assert not audio(browser, answer=3)["on"]
    browser.find_element(By.CSS_SELECTOR, ".beside tbody .at").send_keys(Keys.ENTER)
    wait_until_playing(browser, answer=1)
    assert requests(browser) == [page.resolve().as_uri()]
    assert complaints(browser) == []


def test_what_is_heard_is_what_was_said_there(browser, tmp_path):
    visit(browser, write(tmp_path))
    browser.find_element(By.CSS_SELECTOR, ".keys").click()  # sound needs a touch first
    heard = sweep_time_s(*browser.execute_async_script(HEAR, 10.0), LASTS_S)
    assert heard == pytest.approx(10.0, abs=0.1)


def test_hostile_words_run_nothing_and_the_page_fits_a_phone(browser, tmp_path):
    page = tmp_path / "takes.html"
    page.write_text(hostile_page(tmp_path), encoding="utf-8")
    screen = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    visit(browser, page)
    assert browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]") == [360, 360]
    assert browser.execute_script("return window.pwned") is None
    assert not browser.find_elements(By.CSS_SELECTOR, "img, h1 *, q *")
    assert complaints(browser) == []
