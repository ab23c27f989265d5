"""Whole practices on the real page, in a real browser: through its own microphone, and through a sound card."""

import json
import re
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser import complaints, open_browser
from tests.conftest import needed
from tests.page import open_page
from tests.test_practice_live import QUESTION, QUESTION_SET
from tests.virtual_audio import VirtualAudio
from voicemock.archive.listing import find_session, list_sessions
from voicemock.page.board import Phase
from voicemock.paths import config_file, sessions_dir
from voicemock.report import from_json

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

ANSWER = (
    "We shipped the payment service late. Um, I had promised it to the sales team. "
    "Failed orders went from 30 percent down to 12 percent."
)
ASKED = "Which delay are you sorry about?"
LEAD_S, TAIL_S = 12.0, 40.0
"""Silence before the answer, while the question is spoken and the page is loaded anew; and after it."""
LOST_S = 1.0
"""What a reload or a killed server may cost."""


@contextmanager
def opened() -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run `voicemock open` as its own process and yield it with the first address."""
    command = [sys.executable, "-u", "-m", "voicemock", "open", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            server.stdout.readline()
            yield server, server.stdout.readline().strip()
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture
def settings(private_home: Path) -> None:
    sets = config_file().parent / "question_sets"
    sets.mkdir()
    (sets / "live.toml").write_text(QUESTION_SET.replace(QUESTION, ASKED))
    config_file().write_text('question_set = "live"\nvoice = "system"\nmodel = "tiny.en"\n')


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    needed("hibari").Hibari().save(ANSWER, str(path))
    return path


def padded(answer: Path) -> Path:
    """Return the answer with silence around it, as a microphone in a quiet room hears it."""
    path = answer.with_name("padded.wav")
    with wave.open(str(answer)) as file:
        form, pcm = file.getparams(), file.readframes(file.getnframes())
    with wave.open(str(path), "wb") as file:
        file.setparams(form)
        silence = [b"\0\0" * round(form.framerate * seconds) for seconds in (LEAD_S, TAIL_S)]
        file.writeframes(silence[0] + pcm + silence[1])
    return path


def lasts_s(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


class Tab:
    """The page as its user sees it."""

    def __init__(self, browser, address: str) -> None:
        self.browser = browser
        browser.set_window_size(1200, 1000)
        browser.get(address)
        self.until(lambda: "token" not in browser.current_url and browser.find_elements(By.ID, "main"))
        self.home = browser.current_url

    def until(self, true, timeout_s: float = 60.0) -> None:
        deadline = time.monotonic() + timeout_s
        while not true():
            assert time.monotonic() < deadline, self.browser.find_element(By.TAG_NAME, "body").text
            time.sleep(0.05)

    def one(self, selector: str):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return self.one(selector).text

    def phase(self) -> str:
        return self.one("#stage").get_attribute("data-phase") or ""

    def at(self, phase: str, heading: str = "") -> None:
        self.until(lambda: self.phase() == phase and heading in self.text("#heading"))

    def goes_on(self) -> None:
        """Wait for the choice after an answer; a follow-up, should one come, is skipped."""
        self.until(lambda: self.phase() == "waiting" or self.text("#heading") == "Follow-up")
        if self.text("#heading") == "Follow-up":
            self.at("recording")
            self.press("s")
        self.at("waiting")

    def press(self, key: str) -> None:
        self.one("#question").send_keys(key)

    def click(self, key: str) -> None:
        self.one(f'[data-key="{key}"]').click()

    def choose(self, microphone: str, voice: str) -> None:
        self.browser.get(f"{self.home}practise")
        self.until(lambda: self.browser.find_elements(By.CSS_SELECTOR, '#microphone option[value="browser"]'))
        self.until(lambda: self.browser.find_elements(By.CSS_SELECTOR, f'#voice option[value="{voice}"]'))
        for name, value in (("set", "live"), ("microphone", microphone), ("voice", voice)):
            self.one(f'#{name} option[value="{value}"]').click()
        self.one("#choose .go").send_keys(Keys.ENTER)


def finished(server: "subprocess.Popen[str]") -> None:
    server.send_signal(signal.SIGINT)
    assert server.wait(30) == 0
    assert "closed" in server.stdout.read()


def holds_the_answer(session: Path) -> None:
    (said,) = from_json((session / "session.json").read_bytes()).answers
    heard = said.transcript.text
    assert {"payment", "service", "sales"} <= set(heard.lower().replace(".", "").split()), heard
    assert [f.text.lower().strip(",.") for f in said.fillers if f.kind == "filled_pause"] == ["um"]
    assert re.search(r"\b12\b", heard), heard
    assert said.candidate_notes[0].endswith("Say the number first.")


def test_a_whole_practice_with_the_browsers_microphone_and_a_reload_in_mid_answer(settings, answer):
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={padded(answer)}%noloop",
        "--autoplay-policy=no-user-gesture-required",
    )
    with opened() as (server, address), open_browser(*flags) as browser:
        tab = Tab(browser, address)
        tab.choose("browser", "system")
        tab.at("recording")
        began_at = time.monotonic()
        assert tab.text("#question") == ASKED
        tab.until(lambda: tab.text("#time") > "0:01")
        browser.refresh()
        tab.at("recording")
        again_at = time.monotonic()
        assert tab.text("#question") == ASKED
        note = tab.one("#note")
        note.send_keys("Say the number first.\n")
        tab.until(lambda: "Noted" in tab.text("#hints"))
        tab.until(lambda: time.monotonic() - again_at > LEAD_S + lasts_s(answer) + 0.5)
        tab.press(" ")
        took_s = time.monotonic() - began_at
        tab.goes_on()
        assert "1 filled pause" in tab.text("#summary")
        tab.click("enter")
        tab.at("ended")
        assert tab.one("#report").is_displayed()
        assert [line for line in complaints(browser) if "favicon" not in line] == []
        finished(server)
    (session,) = list_sessions()
    holds_the_answer(session.folder)
    assert lasts_s(session.folder / "01-late" / "take-1.wav") > took_s - LOST_S - 0.5


def test_a_whole_practice_with_the_sound_card_in_two_tabs(settings, virtual_audio: VirtualAudio, answer, tmp_path):
    with opened() as (server, address), open_browser() as browser:
        tab = Tab(browser, address)
        with virtual_audio.record_speaker(tmp_path / "speaker.wav"):
            tab.choose("", "system")
            tab.at("recording")
        assert lasts_s(tmp_path / "speaker.wav") > 2, "the question was spoken aloud"
        first = browser.current_window_handle
        browser.switch_to.new_window("tab")
        browser.get(f"{tab.home}practise")
        tab.at("recording")
        virtual_audio.play_into_microphone(answer)
        tab.one("#note").send_keys("Say the number first.\n")
        tab.until(lambda: "Noted" in tab.text("#hints"))
        tab.press("\n")
        browser.switch_to.window(first)
        tab.press("\n")  # at the same time, from the other tab: it is not taken for going on
        tab.goes_on()
        time.sleep(0.5)
        assert tab.phase() == "waiting"
        tab.press("q")
        tab.at("ended")
        browser.switch_to.window(browser.window_handles[1])
        tab.at("ended")
        finished(server)
    (session,) = list_sessions()
    holds_the_answer(session.folder)


def test_a_killed_server_and_a_closed_tab_lose_nothing_and_the_session_goes_on(
    settings, virtual_audio: VirtualAudio, answer
):
    with open_browser() as browser:
        take = killed_in_mid_answer(browser)
        goes_on_until_its_tab_is_closed(browser, virtual_audio, answer, take.parent.parent.name)
    listed = find_session(None)
    progress = json.loads((listed.folder / "progress.json").read_bytes())
    assert not progress["finished"]
    assert lasts_s(listed.folder / "01-late" / "take-2.wav") > 2.0


def killed_in_mid_answer(browser) -> Path:
    with opened() as (server, address):
        tab = Tab(browser, address)
        tab.choose("", "none")
        tab.at("recording")
        tab.until(lambda: tab.text("#time") > "0:03")
        shown_s = int(re.match(r"0:0?(\d+)", tab.text("#time"))[1])
        server.kill()
        server.wait(10)
        (take,) = sessions_dir().glob("*/01-late/take-1.wav")
        assert lasts_s(take) > shown_s - LOST_S
        return take


def goes_on_until_its_tab_is_closed(browser, virtual_audio: VirtualAudio, answer: Path, session: str) -> None:
    with opened() as (server, address):
        tab = Tab(browser, address)
        assert find_session(None).id in tab.one("main").get_attribute("innerHTML")
        tab.one("a[href*='resume=']").click()
        tab.until(lambda: browser.find_elements(By.CSS_SELECTOR, '#microphone option[value="browser"]'))
        tab.one("#choose .go").send_keys(Keys.ENTER)
        tab.at("recording")
        with virtual_audio.start_playing_into_microphone(answer) as player:
            tab.until(lambda: tab.text("#time") > "0:02")
            browser.get("about:blank")  # the last tab is gone
            deadline = time.monotonic() + 30
            while find_session(session).state == "running now":
                assert time.monotonic() < deadline
                time.sleep(0.2)
            player.kill()
        finished(server)


def test_a_page_loaded_anew_gives_one_microphone_however_much_happens_meanwhile(settings, answer):
    """While the browser still opens it, the page hears of the session many times."""
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with open_page() as visitor, open_browser(*flags) as browser:
        tab = Tab(browser, visitor.address)
        came: list[int] = []
        take = visitor.house.tap.feed
        visitor.house.tap.feed = lambda owner, pcm: (came.append(len(pcm) // 2), take(owner, pcm))
        visitor.house.board.turn(phase=Phase.WAITING, browser=True)
        browser.execute_script("sessionStorage.setItem('microphone', 'yes')")
        browser.get(f"{tab.home}practise")
        for _ in range(30):
            visitor.house.board.show(title="Live")
            time.sleep(0.05)
        tab.until(lambda: bool(came))
        came.clear()
        began_at = time.monotonic()
        time.sleep(3)
        rate_hz = sum(came) / (time.monotonic() - began_at)
        assert 30_000 < rate_hz < 60_000, "the sound of one microphone, at 44.1 or 48 kHz"
