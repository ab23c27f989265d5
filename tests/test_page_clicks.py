"""What the page's scripts make of clicks, files and tabs, in a real browser."""

import time

import pytest
from selenium.webdriver.common.by import By

from tests.browser import complaints, open_browser
from tests.calls import written
from tests.page import open_page
from tests.practised import begun, finished, killed
from tests.test_page_accessible import until
from voicemock.config import load_config
from voicemock.errors import VoiceError
from voicemock.page import session as session_module
from voicemock.page.board import Phase
from voicemock.paths import config_file, sessions_dir
from voicemock.preparation.stories.bank import add_story, stories_dir
from voicemock.questions.sets import user_sets_dir

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

STORY = '+++\ntitle = "Late"\n+++\nWe shipped late.\n'
LONG = "Senior_Engineering_Manager_Platform_and_Payments_2026_final.md"


@pytest.fixture(scope="module")
def browser():
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with open_browser(*flags) as opened:
        yield opened


class Tab:
    """The page in the browser. visitor: whose house it is."""

    def __init__(self, browser, visitor) -> None:
        self.browser, self.visitor = browser, visitor
        browser.get(visitor.address)
        until(lambda: browser.find_elements(By.ID, "main"))
        self.home = browser.current_url
        visitor.cookie = "voicemock=" + browser.get_cookie("voicemock")["value"]
        complaints(browser)

    def go(self, path: str) -> None:
        self.browser.get(self.home + path)
        until(lambda: self.browser.execute_script("return document.readyState") == "complete")

    def one(self, selector: str):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def shows(self, text: str) -> None:
        """Wait for a text; an element that is found may be gone before it is read, where the page is loaded anew."""
        script = "return Boolean(document.body?.innerText.includes(arguments[0]))"
        until(lambda: self.browser.execute_script(script, text))

    def twice(self, selector: str) -> None:
        self.browser.execute_script(
            "for (let n = 0; n < 2; n += 1) document.querySelector(arguments[0]).click()", selector
        )

    def write(self, text: str) -> None:
        self.browser.execute_script("document.querySelector('#text').value = arguments[0]", text)

    def saves(self, *said: str) -> None:
        self.one("#edit .go").click()
        until(lambda: [shown[: len(one)] for shown, one in zip(self.said(), said, strict=False)] == [*said])
        assert len(self.said()) == len(said)

    def said(self) -> list[str]:
        """Return what is said below an editor; unlike the elements it stands in, it is whole at any time."""
        script = "return [...document.querySelectorAll('#problems li')].map((one) => one.textContent)"
        return self.browser.execute_script(script)


@pytest.fixture
def tab(browser, private_home):
    with open_page() as visitor:
        yield Tab(browser, visitor)


def test_a_session_that_is_begun_with_two_clicks_keeps_its_microphone(tab, monkeypatch):
    monkeypatch.setattr(session_module.Session, "_hold", lambda self: self._hung_up.wait(30))
    tab.go("practise")
    until(lambda: tab.browser.find_elements(By.CSS_SELECTOR, '#microphone option[value="browser"]'))
    tab.one('#microphone option[value="browser"]').click()
    house, another = tab.visitor.house, object()
    for _ in range(2):
        house.tap.claim(another, 48_000)  # a tab on a telephone, where it was only tried out
        tab.one("#try").click()
        until(lambda: house.tap._owner is not another)
    house.tap.claim(another, 48_000)
    tab.twice("#choose .go")
    until(lambda: house.session and house.tap._owner is not another)
    time.sleep(0.3)  # the second click's answer, if there is one
    tab.one("#choose").submit()  # and a third, after the answer to the first
    time.sleep(0.3)
    assert house.tap.open
    assert tab.browser.execute_script("return sessionStorage.getItem('microphone')") == "yes"


def test_a_line_that_broke_costs_no_microphone(tab, monkeypatch):
    monkeypatch.setattr(session_module.Session, "_hold", lambda self: self._hung_up.wait(30))
    lines = "window.lines = []; window.WebSocket = class extends WebSocket {"
    lines += " constructor(where) { super(where); lines.push(this); } }"
    kept = tab.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": lines})
    tab.go("practise")
    tab.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", kept)
    until(lambda: tab.browser.find_elements(By.CSS_SELECTOR, '#microphone option[value="browser"]'))
    tab.one('#microphone option[value="browser"]').click()
    tab.one("#choose .go").click()
    house = tab.visitor.house
    until(lambda: house.session and house.tap.open)
    owner = house.tap._owner
    tab.browser.execute_script("lines.at(-1).close()")
    until(lambda: house.tap._owner not in (None, owner))


def test_a_tab_offers_its_microphone_once_the_one_that_gave_it_is_gone(tab):
    house, wake = tab.visitor.house, lambda: tab.one("#wake").is_displayed()
    giver = object()
    tab.go("practise")
    house.board.turn(phase=Phase.RECORDING, browser=False)
    until(lambda: tab.one("#stage").is_displayed())
    tab.browser.execute_script("document.querySelector('#wake').hidden = false")  # its sound was held back
    tab.one("#wake").click()
    until(lambda: not wake())
    assert not house.tap.open, "the machine's own is recorded"
    assert house.tap.claim(giver, 48_000)
    house.board.turn(phase=Phase.RECORDING, browser=True)
    assert not wake()
    house.release(giver)
    until(wake)
    tab.one("#wake").click()
    until(lambda: house.tap.open and not wake())
    tab.browser.refresh()
    until(lambda: not house.tap.open or tab.browser.find_elements(By.ID, "stage"))
    until(lambda: house.tap.open)
    assert not wake(), "it gives its microphone again by itself"


def test_after_a_session_was_gone_on_with_another_can_be_begun(tab):
    folder = killed(begun("Half"))
    tab.go(f"practise?resume={folder.name}")
    for phase in (Phase.RECORDING, Phase.ENDED):
        tab.visitor.house.board.turn(phase=phase, browser=False)
        until(lambda phase=phase: tab.one("#stage").get_attribute("data-phase") == phase)
    tab.one("#again").click()
    until(lambda: "resume" not in tab.browser.current_url)
    until(lambda: any(one.is_displayed() for one in tab.browser.find_elements(By.ID, "set")))


@pytest.mark.parametrize(
    ("error", "said"), [("AbortError", ""), ("NotSupportedError", "There is no such voice.")], ids=["stopped", "failed"]
)
def test_a_voice_that_is_stopped_is_no_failure_and_one_that_fails_says_why(tab, monkeypatch, error, said):
    def none(*_: object, **__: object):
        raise VoiceError("There is no such voice.")

    monkeypatch.setattr("voicemock.voices.open_voice", none)
    tab.go("practise")
    until(lambda: tab.browser.find_elements(By.CSS_SELECTOR, "#voice option[value='none']"))
    tab.browser.execute_script(
        "HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', arguments[0]));"
        "const voice = document.querySelector('#voice'); voice.add(new Option('x', 'x')); voice.value = 'x'",
        error,
    )
    tab.one("#hear").click()
    until(lambda: tab.one("#trouble").text == said)
    time.sleep(0.2)
    assert tab.one("#trouble").text == said


def test_what_is_saved_says_so_alone_and_a_file_that_begins_with_an_empty_line_can_be(tab):
    add_story("Late", STORY)
    tab.go("stories/late")
    for _ in range(2):
        tab.write("no front matter")
        tab.saves(f"{stories_dir() / 'late.md'}:1: a story begins with a line of +++")
    tab.write(STORY + "More.\n")
    tab.saves("Saved.")
    tab.write("no front matter")
    tab.saves(f"{stories_dir() / 'late.md'}:1: a story begins with a line of +++")
    tab.write(STORY)
    tab.saves("Saved.")
    tab.go("questions/new/edit")
    text = tab.one("#text").get_attribute("value")
    tab.saves("Saved.")
    path = user_sets_dir() / "my-questions.toml"
    path.write_text(f"\n# \u200e{text}")
    tab.browser.refresh()
    assert tab.one("h1").text == "my-questions", "a set that was just written, not the next new one"
    tab.saves("Saved.")
    assert path.read_text() == f"\n# \u200e{text}"


def test_nothing_is_made_twice_by_two_clicks(tab, tmp_path):
    tab.go("stories")
    tab.one("#title").send_keys("Late")
    tab.twice("#add .go")
    until(lambda: "/stories/late" in tab.browser.current_url)
    assert [path.name for path in stories_dir().iterdir()] == ["late.md"]
    call = tmp_path / "zoom.vtt"
    call.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n")
    tab.go("debrief")
    drop = "const drop = new Event('drop', { bubbles: true, cancelable: true }); document.body.dispatchEvent(drop)"
    assert tab.browser.execute_script(f"{drop}; return drop.defaultPrevented"), "beside the place for it"
    tab.one("#file").send_keys(str(call))
    tab.shows("does not say who speaks")
    call.write_bytes(written("zoom.vtt"))
    tab.one("#file").send_keys(str(call))  # the same file, mended
    until(lambda: tab.browser.find_elements(By.ID, "keep"))
    tab.twice("#keep")
    tab.shows("Open the report")
    assert len(list(sessions_dir().iterdir())) == 1


def test_a_report_that_is_not_there_is_not_promised_and_a_file_that_cannot_be_made_says_why(tab):
    folder = killed(begun("Half"))
    tab.go("practise")
    tab.visitor.house.board.turn(phase=Phase.FAILED, session=folder.name)
    until(lambda: tab.one("#report").get_property("textContent") == "Open the session")
    tab.visitor.house.board.turn(phase=Phase.ENDED)
    until(lambda: tab.one("#report").get_property("textContent") == "Open the report")
    (folder / "report.html").write_text("<p>")
    tab.go(f"sessions/{folder.name}")
    tab.browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    tab.one("a[href$='/as/srt']").click()
    tab.shows("nothing to caption")
    tab.shows("“What was said, as text”")


def test_settings_go_back_to_voicemocks_own_choice(tab):
    config_file().write_text('# mine\nvoice = "natural"\nmodel = "x"\ninput_device = 3\nvoice_volume = 0.33\n')
    tab.go("settings")
    for name in ("voice", "model", "input_device"):
        assert tab.one(f"#{name}").get_attribute("value")
        tab.one(f"#{name} option[value='']").click()
    tab.one("#settings .go").click()
    until(lambda: tab.one("#said").text == "Saved.")
    found = load_config()
    assert (found.voice, found.model, found.input_device, found.voice_volume) == (None, None, None, 0.33)
    assert config_file().read_text() == "# mine\nvoice_volume = 0.33\n"
    tab.one("#voice_rate").clear()
    tab.one("#settings .go").click()
    assert not tab.browser.execute_script("return document.querySelector('#settings').checkValidity()"), "not 'Saved.'"


def test_no_name_is_wider_than_a_telephone(tab):
    session = finished(LONG).folder.name
    add_story(LONG, STORY.replace("Late", LONG))
    screen = {"width": 360, "height": 700, "deviceScaleFactor": 1, "mobile": True}
    tab.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    for path in (f"sessions/{session}", f"stories/{next(stories_dir().iterdir()).stem}", f"sessions/{LONG}"):
        tab.go(path)
        assert tab.browser.execute_script("return document.documentElement.scrollWidth") == 360, path
    tab.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
