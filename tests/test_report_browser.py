"""The page in a real browser: it plays at the right place, asks for nothing, and runs nothing foreign."""

import base64
import re

import msgspec
import numpy as np
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests import report_samples
from tests.browser import complaints, open_browser, requests, visit
from tests.hostile import poisoned
from tests.retold import HIGH_HZ, LOW_HZ, record
from voicemock.printable import upright
from voicemock.report import write_report
from voicemock.report.player_audio import EMBED_UP_TO_S
from voicemock.schema import SignalName

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

HEAR = """
const [time, done] = arguments;
const audio = document.querySelector("audio");
(async () => {
  window.context ??= new AudioContext();
  if (!window.capture) {
    window.capture = context.createScriptProcessor(1024, 1, 1);
    context.createMediaElementSource(audio).connect(capture).connect(context.destination);
  }
  await context.resume();
  audio.currentTime = time;
  await new Promise((go) => audio.addEventListener("seeked", go, { once: true }));
  const heard = [];
  capture.onaudioprocess = (event) => heard.push(...event.inputBuffer.getChannelData(0));
  await audio.play();
  await new Promise((go) => setTimeout(go, 700));
  audio.pause();
  capture.onaudioprocess = null;
  done([context.sampleRate, heard]);
})();
"""


def sweep_time_s(rate: int, heard: list[float], duration_s: float) -> float:
    """Return the time in the sweep the first sound belongs to, by the frequency of the 0.3 s after it."""
    samples = np.array(heard)
    first = int(np.flatnonzero(np.abs(samples) > 0.02)[0] + 0.02 * rate)
    stretch = samples[first : first + int(0.3 * rate)]
    spectrum = np.abs(np.fft.rfft(stretch * np.hanning(len(stretch)), 1 << 19))
    frequency = np.fft.rfftfreq(1 << 19, 1 / rate)[spectrum.argmax()]
    return float((frequency - LOW_HZ) / (HIGH_HZ - LOW_HZ) * duration_s - 0.15 - 0.02)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        still = [{"name": "prefers-reduced-motion", "value": "reduce"}]  # or a click misses what still moves
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": still})
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Hold a report on two spoken answers and a written one."""
    folder = tmp_path_factory.mktemp("session")
    for answer in report_samples.full().answers:
        if answer.recording:
            record(folder / answer.recording.path, answer.recording.duration_s)
    write_report(report_samples.full(), folder)
    return folder


@pytest.fixture
def page(browser, folder):
    visit(browser, folder / "report.html")
    yield browser
    assert requests(browser) == [(folder / "report.html").resolve().as_uri()]
    assert complaints(browser) == []


def audio(browser, answer=1):
    return browser.execute_script(
        "const a = document.querySelectorAll('audio')[arguments[0]]; return {now: a.currentTime, on: !a.paused};",
        answer - 1,
    )


def wait_until_playing(browser, answer=1):
    WebDriverWait(browser, 10, poll_frequency=0.02).until(lambda b: audio(b, answer)["on"])
    return audio(browser, answer)["now"] + 1e-6  # a player rounds down to the microsecond


def click(browser, css):
    element = browser.find_element(By.CSS_SELECTOR, css)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()
    return element


def test_a_filler_plays_from_just_before_it(page):
    filler = report_samples.outage().fillers[1]
    click(page, "#answer-1 mark.m-possible")
    assert filler.start_s - 0.5 <= wait_until_playing(page) < filler.start_s + 0.5


def test_a_filler_on_the_timeline_plays(page):
    filler = report_samples.outage().fillers[0]
    click(page, "#answer-1 .lane.filler .confirmed")
    assert filler.start_s - 0.5 <= wait_until_playing(page) < filler.start_s + 0.5


def test_a_stretch_near_one_note_plays(page):
    click(page, "#answer-1 .curve.pitch .flat rect")
    assert 30.0 <= wait_until_playing(page) < 31.5


def test_a_place_on_a_line_is_a_place_in_the_sound(page):
    """The lines lie over the recording as the waveform does: a click on the pace seeks to that time."""
    pace = page.find_element(By.CSS_SELECTOR, "#answer-1 .curve.pace")
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", pace)
    duration_s = report_samples.outage().recording.duration_s
    ActionChains(page).move_to_element_with_offset(pace, int(pace.size["width"] / 4), 0).click().perform()
    assert audio(page)["now"] == pytest.approx(duration_s * 0.75, abs=duration_s * 0.02)
    width = page.find_element(By.CSS_SELECTOR, "#answer-1 .track > .wave").size["width"]
    assert {svg.size["width"] for svg in page.find_elements(By.CSS_SELECTOR, "#answer-1 .track > svg")} == {width}


def test_a_quote_plays_from_a_second_before_it(page):
    start_s = report_samples.outage().findings[0].evidence[1].start_s
    click(page, "#answer-1-finding-2 li:nth-child(2) .at")
    assert start_s - 1.0 <= wait_until_playing(page) < start_s


def test_a_step_at_the_top_plays_its_answer(page):
    start_s = report_samples.conflict().findings[0].evidence[0].start_s
    click(page, ".steps [data-answer=answer-2]")
    assert start_s - 1.0 <= wait_until_playing(page, answer=2) < start_s
    assert page.find_element(By.CSS_SELECTOR, ".playing a").text == "Answer 2"


def test_the_line_at_the_top_plays_what_it_names(page):
    (tradeoff,) = report_samples.outage().signals[SignalName.TRADEOFF].evidence
    parts = page.find_elements(By.CSS_SELECTOR, ".top .glance button[data-answer=answer-1]")
    assert [part.text for part in parts][-1] == "trade-off at 0:22"
    parts[-1].click()
    assert tradeoff.start_s - 1.0 <= wait_until_playing(page) < tradeoff.start_s


def test_a_word_plays_from_there_and_is_lit_while_it_is_heard(page):
    word = click(page, "#answer-1 [data-s='26.5']")
    assert 26.5 <= wait_until_playing(page) < 27.0
    assert "now" in word.get_attribute("class") or word.text != page.find_element(By.CSS_SELECTOR, ".now").text


def test_one_answer_plays_at_a_time(page):
    click(page, "#answer-1 .play")
    wait_until_playing(page, answer=1)
    click(page, "#answer-2 .play")
    wait_until_playing(page, answer=2)
    assert not audio(page, answer=1)["on"]
    click(page, ".playing button")
    assert not audio(page, answer=2)["on"]
    assert not page.find_element(By.CSS_SELECTOR, ".playing").is_displayed()


def test_the_keyboard_does_it_all(page):
    seek = page.find_element(By.CSS_SELECTOR, "#answer-1 .seek")
    seek.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert audio(page)["now"] == pytest.approx(5.0, abs=0.01)
    words = page.find_element(By.CSS_SELECTOR, "#answer-1 .words")
    words.send_keys(Keys.ARROW_RIGHT)
    starts = [word.start_s for word in report_samples.outage().transcript.words]
    after = next(start for start in starts if start > 5.0)
    assert audio(page)["now"] == pytest.approx(after, abs=0.01)
    page.find_element(By.CSS_SELECTOR, "#answer-1 mark.m-confirmed").send_keys(Keys.ENTER)
    assert wait_until_playing(page) < 2.5
    words.send_keys(Keys.SPACE)
    assert not audio(page)["on"]


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def focused(browser) -> str:
    return browser.execute_script("return document.activeElement.id")


def test_keys_go_through_the_findings_and_play_them(page):
    press(page, "j")
    assert focused(page) == "answer-1-finding-1"
    press(page, "j")
    assert focused(page) == "answer-1-finding-2"
    quoted = report_samples.outage().findings[0].evidence[0].start_s
    press(page, Keys.ENTER)
    assert max(0, quoted - 1.0) <= wait_until_playing(page) < quoted + 0.5
    press(page, " ")
    assert not audio(page)["on"]
    before = audio(page)["now"]
    press(page, Keys.ARROW_RIGHT)
    assert audio(page)["now"] == pytest.approx(before + 5, abs=0.3)
    press(page, "j", "j", "k", "k")
    assert focused(page) == "answer-1-finding-2", "after the last comes the first"
    inside = "const at = document.activeElement.getBoundingClientRect(); return at.top >= 0 && at.top < innerHeight"
    WebDriverWait(page, 10).until(lambda b: b.execute_script(inside))  # it glides there


def test_space_plays_the_answer_in_sight(page):
    page.execute_script("document.querySelector('#answer-2').scrollIntoView({block: 'start', behavior: 'instant'})")
    press(page, " ")
    wait_until_playing(page, answer=2)
    assert not audio(page, answer=1)["on"]


def test_keys_are_listed_and_single_ones_can_be_turned_off(page):
    press(page, "?")
    listed = page.find_element(By.CSS_SELECTOR, "#keys")
    assert listed.is_displayed() and "next finding" in listed.text and "play, pause" in listed.text
    press(page, "j")
    assert focused(page) != "answer-1-finding-1", "the list is open"
    page.find_element(By.CSS_SELECTOR, "#keys input").click()
    press(page, Keys.ESCAPE)
    assert not listed.is_displayed()
    press(page, "j", "?")
    assert not listed.is_displayed() and "finding" not in focused(page)
    page.find_element(By.CSS_SELECTOR, ".keys").click()
    assert listed.is_displayed()
    page.find_element(By.CSS_SELECTOR, "#keys button").click()
    assert not listed.is_displayed()


def test_a_click_on_the_strip_seeks(page):
    seek = page.find_element(By.CSS_SELECTOR, "#answer-1 .seek")
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", seek)
    duration_s = report_samples.outage().recording.duration_s
    ActionChains(page).move_to_element_with_offset(seek, 0, -20).click().perform()
    assert audio(page)["now"] == pytest.approx(duration_s / 2, abs=duration_s * 0.01)


def test_marks_can_be_hidden(page):
    mark = page.find_element(By.CSS_SELECTOR, "#answer-1 mark.m-metric")
    assert mark.value_of_css_property("border-bottom-width") == "3px"
    click(page, "#answer-1 .show-metric")
    assert mark.value_of_css_property("border-bottom-width") == "0px"


@pytest.mark.parametrize("at_s", [0.0, 12.34, 31.9, 47.0])
def test_what_is_heard_is_what_was_said_then(page, at_s):
    """The word under the mouse is the word in the ear: within 50 ms anywhere in the recording."""
    click(page, "#answer-1 .play")  # a page may only make sound once somebody has touched it
    wait_until_playing(page)
    rate, heard = page.execute_async_script(HEAR, at_s)
    duration_s = report_samples.outage().recording.duration_s
    assert sweep_time_s(rate, heard, duration_s) == pytest.approx(at_s, abs=0.05)


@pytest.mark.parametrize("width", [390, 1100, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_at_any_width(page, width, scheme):
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def sheets(browser) -> list[bytes]:
    """Print the page and return an entry a sheet of paper."""
    printed = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    return re.findall(rb"/Type\s*/Page\b", printed)


def test_paper_holds_an_answer_a_page_and_no_player(browser, tmp_path):
    visit(browser, write_report(report_samples.practised(), tmp_path))
    assert len(sheets(browser)) <= 2, "what worked, one answer with its follow-up; earlier takes stay on the screen"
    visit(browser, write_report(report_samples.full(), tmp_path))
    assert len(sheets(browser)) <= 3
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for gone in (".player", ".measures", ".contents", ".toggles"):
            assert not any(part.is_displayed() for part in browser.find_elements(By.CSS_SELECTOR, gone)), gone
        for kept in (".steps", ".finding", ".words", ".signals"):
            assert browser.find_element(By.CSS_SELECTOR, kept).is_displayed(), kept
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_hostile_text_runs_nothing(browser, tmp_path):
    report = poisoned(report_samples.full())
    page = write_report(report, tmp_path)
    visit(browser, page)
    assert browser.execute_script("return window.pwned") is None
    assert upright(report.answers[0].question.text.split("\x00")[0]) in browser.page_source.replace(
        "&lt;", "<"
    ).replace("&gt;", ">").replace("&amp;", "&")
    assert requests(browser) == [page.as_uri()]
    assert complaints(browser) == []


def test_a_long_recording_plays_from_its_own_file(browser, tmp_path):
    answer = report_samples.outage("a b.wav")
    record(tmp_path / "a b.wav", answer.recording.duration_s)
    long = msgspec.structs.replace(answer.recording, duration_s=EMBED_UP_TO_S + 1)
    page = write_report(report_samples.session(msgspec.structs.replace(answer, recording=long)), tmp_path)
    visit(browser, page)
    click(browser, "#answer-1 .play")
    WebDriverWait(browser, 10).until(lambda b: audio(b)["now"] > 0)
    assert set(requests(browser)) == {page.as_uri(), (tmp_path / "a b.wav").as_uri()}
    assert complaints(browser) == []


def test_ten_minutes_open_within_a_second(browser, tmp_path):
    said = report_samples.Said("[0.4] " + "word after um word. " * 415)
    answer = report_samples.outage("ten.wav")
    long = {name: getattr(said, name)() for name in ("prosody", "pronouns")}
    answer = msgspec.structs.replace(
        report_samples.written(),
        recording=said.recording("ten.wav"),
        transcript=said.transcript,
        fillers=tuple(said.fillers()),
        measures=answer.measures,
        **long,
    )
    assert answer.recording.duration_s > 590
    record(tmp_path / "ten.wav", answer.recording.duration_s)
    page = write_report(report_samples.session(answer), tmp_path)
    assert page.stat().st_size < 6_000_000
    visit(browser, page)
    ready_ms = browser.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < ready_ms < 1000
    assert complaints(browser) == []


def waves(browser):
    """Return which pictures of the first answer's waveform are to be seen."""
    drawn = browser.find_elements(By.CSS_SELECTOR, "#answer-1 .track > .wave > svg")
    return [svg.get_attribute("class") for svg in drawn if svg.value_of_css_property("display") != "none"]


def sight(browser):
    """Return the part of the first answer that is in sight, in seconds, as the picture has it and as it is told."""
    return browser.execute_script(
        "const view = document.querySelector('#answer-1 .window'), s = document.querySelector('#answer-1 .seek').max;"
        "const at = (x) => x / view.scrollWidth * s;"
        "return [at(view.scrollLeft), at(view.scrollLeft + view.clientWidth),"
        " document.querySelector('#answer-1 .minimap input').getAttribute('aria-valuetext')]"
    )


def test_the_picture_zooms_in_and_its_window_follows_the_sound_and_the_words(page):
    length_s = report_samples.outage().recording.duration_s
    small = page.find_element(By.CSS_SELECTOR, "#answer-1 .minimap")
    less = page.find_element(By.CSS_SELECTOR, "#answer-1 .zoom button")
    assert not small.is_displayed() and not less.is_enabled()
    page.find_element(By.CSS_SELECTOR, "#answer-1 .words").send_keys(Keys.ARROW_LEFT)  # the answer keys are about
    assert waves(page) == ["coarse", "coarse played"]
    press(page, "+")
    assert small.is_displayed() and less.is_enabled()
    assert waves(page) == ["fine", "fine played"]
    first_s, last_s, told = sight(page)
    assert (first_s, last_s - first_s) == (0, pytest.approx(length_s / 2, abs=1.5))
    assert told == "0:00 to 0:26"
    click(page, "#answer-1 .paragraph:last-child [data-s]")
    at_s = wait_until_playing(page)
    assert at_s > 30
    WebDriverWait(page, 5).until(lambda b: sight(b)[0] <= at_s <= sight(b)[1])
    click(page, "#answer-1 .play")
    clip = page.find_element(By.CSS_SELECTOR, "#answer-1 .fine.played").value_of_css_property("clip-path")
    assert float(re.search(r"[\d.]+(?=%)", clip)[0]) < 100 * (1 - at_s / length_s) + 1, "what was heard is coloured"
    part = page.find_element(By.CSS_SELECTOR, "#answer-1 .minimap input")
    part.send_keys(Keys.HOME)
    assert sight(page)[0] == 0
    part.send_keys(Keys.ARROW_RIGHT)
    assert sight(page)[0] == pytest.approx(length_s / 8, abs=1)
    ActionChains(page).move_to_element_with_offset(part, part.size["width"] // 2 - 2, 0).click().perform()
    assert sight(page)[1] == pytest.approx(length_s, abs=1.5)
    labels = [text.text for text in page.find_elements(By.CSS_SELECTOR, "#answer-1 .axis text")]
    assert labels[:3] == ["0:00", "0:05", "0:10"]
    less.click()
    assert not small.is_displayed()
    assert page.execute_script("return document.querySelector('#answer-1 .track').clientWidth") <= page.execute_script(
        "return document.querySelector('#answer-1 .window').clientWidth"
    )


def test_whoever_looks_at_another_part_is_left_there_while_it_plays(page):
    click(page, "#answer-1 .zoom button:last-child")
    page.find_element(By.CSS_SELECTOR, "#answer-1 .minimap input").send_keys(Keys.END)
    click(page, "#answer-1 .play")
    wait_until_playing(page)
    WebDriverWait(page, 10).until(lambda b: audio(b)["now"] > 0.8)
    assert sight(page)[0] > 20


def test_a_short_answer_has_no_zoom(page):
    assert not page.find_element(By.CSS_SELECTOR, "#answer-2 .zoom").is_displayed()
