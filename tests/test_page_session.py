"""A session as the page holds it: what tabs see, whose keys count, and the browser's microphone on disk."""

import json
import threading
import time
import wave
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.builders import written
from tests.page import open_page
from tests.practised import QUESTIONS, SETUP
from tests.test_interview import FakeEar, FakeMicrophone, FakeSpeaker
from voicemock.analyze import analyze, assemble
from voicemock.archive.store import new_session
from voicemock.audio import record
from voicemock.audio.sound_card import SourceEnd
from voicemock.audio.wav import wav_bytes
from voicemock.config import load_config
from voicemock.errors import DeviceError, UsageError
from voicemock.interview.interview import Interview
from voicemock.interview.manners import find_manner
from voicemock.interview.stage import ENTER, Room
from voicemock.jobs.predicting import PredictingStage
from voicemock.page import house as house_module
from voicemock.page import session as session_module
from voicemock.page.aloud import Aloud
from voicemock.page.board import Board, Line, Phase, Scene
from voicemock.page.door import Door
from voicemock.page.house import House
from voicemock.page.keys import HungUp, PageKeys
from voicemock.page.microphone import BrowserMicrophone, Tap
from voicemock.page.session import Choice
from voicemock.page.stage import PageStage
from voicemock.page.work import Task
from voicemock.paths import config_file

ANSWER = "So I moved the team to one queue, and failed orders went from thirty percent down to twelve percent."


def until(true, timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)


class Held:
    """An interview with fakes, on a page's board, in a thread."""

    def __init__(self, *, blind: bool = False, questions=QUESTIONS[:1], speaker=None, predicted=None) -> None:
        self.seen: list[Scene] = []
        self.board = Board(lambda: self.seen.append(self.board.scene) if hasattr(self, "board") else None)
        self.hung_up = threading.Event()
        self.keys = PageKeys(self.board, self.hung_up)
        self.store = new_session(title="Held", question_set="em_core", questions=questions, setup=SETUP)
        self.page: Path | None = None
        self.error: BaseException | None = None
        report = lambda path, question, take: analyze(written(ANSWER, question=question), take=take)  # noqa: E731
        microphone = FakeMicrophone()
        stage = PageStage(self.board, blind=blind)
        if predicted is not None:
            stage = PredictingStage(stage, self.keys, predicted.extend)
        room = Room(lambda: microphone, speaker or FakeSpeaker(), FakeEar(report), self.keys, stage)
        self.interview = Interview(self.store, room, manner=find_manner("neutral"))
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.page = self.interview.run()
        except BaseException as error:
            self.error = error

    @property
    def scene(self) -> Scene:
        return self.board.scene

    def at(self, phase: Phase, moment: int = -1) -> Scene:
        until(lambda: self.scene.phase is phase and self.scene.moment > moment)
        return self.scene

    def press(self, key: str, phase: Phase = Phase.RECORDING, moment: int = -1) -> int:
        scene = self.at(phase, moment)
        self.keys.press(key, scene.moment)
        return scene.moment


def test_a_question_from_the_greeting_to_the_summary():
    held = Held()
    scene = held.at(Phase.RECORDING)
    assert scene.put.text == "Question 1?"
    assert scene.put.heading == "Question 1 of 1"
    assert scene.live.elapsed_s == 12.0
    assert not scene.live.paused
    moment = held.press(ENTER)
    scene = held.at(Phase.WAITING, moment)
    assert scene.keys == ("enter", "r", "q")
    assert any("0:08" in line for line in scene.summary)
    assert not any("Enter goes on" in line.text for line in scene.said), "buttons say that here"
    held.press(ENTER, Phase.WAITING)
    held.thread.join(10)
    assert held.page.exists()
    assert held.scene.steps or held.scene.worked
    asked = next(one for one in held.seen if one.phase is Phase.ASKING and one.put)
    assert not any("first question" in line.text for line in asked.said), "what was said before makes room"


def test_what_was_in_an_answer_is_guessed_with_buttons_before_it_is_shown():
    predicted = []
    held = Held(predicted=predicted)
    moment = held.press(ENTER)
    scene = held.at(Phase.WAITING, moment)
    assert (scene.keys, scene.summary) == (("y", "n", ENTER, "q"), ())
    assert scene.said[-1].text == "Was its length on target? y yes, n no"
    moment = held.press("y", Phase.WAITING)
    scene = held.at(Phase.WAITING, moment)
    assert scene.keys == ("0", "1", "2", "3", "4", ENTER, "q")
    moment = held.press("0", Phase.WAITING, moment)
    scene = held.at(Phase.WAITING, moment)
    assert scene.keys == (ENTER, "r", "q")
    assert scene.summary
    assert "You said, and was heard:" in scene.said[-1].text
    assert [one.said for one in predicted] == ["yes", "none"]
    held.press(ENTER, Phase.WAITING, moment)
    held.thread.join(10)


def test_keys_do_what_they_do_in_a_terminal_and_are_shown_at_once():
    held = Held()
    moment = held.press("p")
    until(lambda: held.scene.live.paused)
    held.press("p")
    until(lambda: not held.scene.live.paused)
    held.press("t")
    until(lambda: held.scene.live.partial == "so we moved it")
    held.keys.note("  say\tthe number\n", moment)
    until(lambda: held.scene.live.message == "Noted: say the number")
    held.press("r")
    scene = held.at(Phase.RECORDING, moment)
    held.keys.press("s", scene.moment)
    held.thread.join(10)
    assert held.scene.session == ""
    assert len(list(held.store.folder.glob("01-q1/take-*.wav"))) == 2


def test_a_key_counts_once_for_the_moment_it_was_pressed_in():
    held = Held()
    moment = held.at(Phase.RECORDING).moment
    for _ in range(3):  # an impatient candidate, or two tabs
        held.keys.press(ENTER, moment)
    scene = held.at(Phase.WAITING, moment)
    held.keys.press(ENTER, moment)
    held.keys.press("s", scene.moment)  # not waited for
    time.sleep(0.5)
    assert held.scene.moment == scene.moment
    held.keys.press("q", scene.moment)
    held.thread.join(10)
    assert held.page


def test_before_a_recording_keys_are_left_alone():
    board = Board(lambda: None)
    keys = PageKeys(board, threading.Event())
    board.turn(phase=Phase.ASKING)
    keys.press(ENTER, board.scene.moment)
    assert keys.poll(0.0) is None
    board.turn(phase=Phase.RECORDING)
    keys.press("x", board.scene.moment)
    keys.note("text", board.scene.moment + 1)
    keys.note(" \n ", board.scene.moment)
    assert keys.poll(0.0) is None
    keys.press("p", board.scene.moment)
    keys.clear()
    assert keys.poll(0.0) is None
    keys.note("x" * 600, board.scene.moment)
    assert sum(keys.poll(0.0) == "x" for _ in range(700)) == 500


def test_a_closed_page_ends_a_session_as_a_closed_terminal_does():
    held = Held()
    held.at(Phase.RECORDING)
    held.hung_up.set()
    held.thread.join(10)
    assert isinstance(held.error, HungUp)
    assert not held.store.progress.finished
    assert held.store.progress.remaining, "the question that was cut short is asked again"


def test_blind_questions_are_hidden_until_they_cannot_be_heard():
    held = Held(blind=True)
    assert held.at(Phase.RECORDING).put.text is None
    held.press("q")
    held.thread.join(10)

    class Mute(FakeSpeaker):
        def say(self, text: str) -> bool:
            return False

    held = Held(blind=True, speaker=Mute())
    put = held.at(Phase.RECORDING).put
    assert (put.text, put.spoken) == ("Question 1?", False)
    held.press("q")
    held.thread.join(10)


def test_warnings_stay_in_sight_when_the_next_question_comes():
    board = Board(lambda: None)
    stage = PageStage(board)
    stage.told("Hello.")
    for n in range(3):
        stage.warned(f"trouble {n}")
    stage.asked(QUESTIONS[0], "Question 1 of 1")
    assert board.scene.said == (Line("trouble 1", warning=True), Line("trouble 2", warning=True))


def test_the_stage_names_places_of_the_page():
    board = Board(lambda: None)
    stage = PageStage(board)
    stage.told("`voicemock due` shows more.")
    stage.warned("`voicemock resume` will do that.")
    stage.reported(["`voicemock stories add TITLE` starts one."])
    assert [line.text for line in board.scene.said] == [
        "“Practise” shows more.",
        "“Go on with it” on the first page will do that.",
    ]
    assert board.scene.summary == ("“Stories” starts one.",)


@pytest.mark.parametrize(
    ("given", "wanted", "remembered"), [(None, None, "usb"), ("", None, None), ("Built-in", "Built-in", None)]
)
def test_the_microphone_that_was_chosen_is_taken_and_no_other(monkeypatch, given, wanted, remembered):
    made = []
    monkeypatch.setattr(session_module, "MicrophoneFinder", lambda *found, **more: made.append((*found, more)))
    config_file().write_text('input_device = "usb"')
    monkeypatch.setattr(session_module.Session, "_hold", lambda self: self._microphone(load_config(), lambda _: None))
    session_module.Session(Choice(microphone=given), Board(lambda: None), Tap()).wait(10)
    ((found, more),) = made
    assert (found, more["remembered"]) == (wanted, remembered)


def test_what_an_answer_came_to_stays_for_its_follow_up_alone():
    board = Board(lambda: None)
    stage = PageStage(board)
    board.show(summary=("2:14",))
    stage.asked(QUESTIONS[0], "Follow-up")
    assert board.scene.summary == ("2:14",)
    stage.asked(QUESTIONS[1], "Question 2 of 3")
    assert board.scene.summary == ()


def test_a_drill_says_in_lines_what_it_came_to():
    board = Board(lambda: None)
    stage = PageStage(board)
    answer = analyze(written(ANSWER, question=QUESTIONS[0]))
    report = assemble([answer])
    stage.reported(["0:52 of 1:00–2:00."])
    assert (board.scene.summary, board.scene.report) == (("0:52 of 1:00–2:00.",), ())
    stage.ended(msgspec.structs.replace(report, answers=()))
    stage.reported(["What survived:", "  the result"])
    assert board.scene.report == ("What survived:", "  the result")
    assert (board.scene.summary, board.scene.worked, board.scene.steps) == (("0:52 of 1:00–2:00.",), (), ())
    assert report.next_steps or report.what_worked
    stage.ended(report)
    assert board.scene.steps or board.scene.worked


# The browser's microphone.

OWNER, OTHER = object(), object()


def pieces(seconds: float, rate_hz: int = 16_000) -> list[bytes]:
    tone = (0.3 * np.sin(np.arange(round(rate_hz * seconds)) / 20)).astype(np.float32)
    pcm = (tone * 32767).astype(np.int16)
    return [pcm[at : at + 2048].tobytes() for at in range(0, len(pcm), 2048)]


def feeding(tap: Tap, owner: object, parts: list[bytes]) -> None:
    for part in parts:
        tap.feed(owner, part)


def fed_once_recorded(tap: Tap, parts: list[bytes]) -> threading.Thread:
    """Give the parts as soon as something is recorded: what comes before is dropped."""
    gives = threading.Thread(target=lambda: (until(lambda: tap._put), feeding(tap, OWNER, parts)))
    gives.start()
    return gives


def test_what_a_tab_sends_is_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("voicemock.page.microphone.ON_ITS_WAY_S", 0.0)
    tap, blocks = Tap(), []
    assert tap.claim(OWNER, 16_000)
    sent = pieces(1.0)
    late = fed_once_recorded(tap, sent)
    with BrowserMicrophone(tap).record(tmp_path / "take-1.wav", on_block=blocks.append):
        late.join()
        until(lambda: sum(map(len, blocks)) >= 16_000)
    with wave.open(str(tmp_path / "take-1.wav")) as file:
        assert file.readframes(20_000) == b"".join(sent)
    tap.feed(OWNER, sent[0])  # after its end: dropped
    assert sum(map(len, blocks)) == 16_000


def test_another_rate_is_brought_to_ours(tmp_path, monkeypatch):
    monkeypatch.setattr("voicemock.page.microphone.ON_ITS_WAY_S", 0.0)
    tap = Tap()
    tap.claim(OWNER, 48_000)
    fed_once_recorded(tap, pieces(1.0, 48_000))
    with BrowserMicrophone(tap).record(tmp_path / "take-1.wav") as recorder:
        until(lambda: recorder.elapsed_s > 0.9)
    assert recorder.elapsed_s == pytest.approx(1.0, abs=0.01)


def test_the_last_word_on_its_way_is_waited_for(tmp_path):
    tap = Tap()
    tap.claim(OWNER, 16_000)
    sent = pieces(0.2)
    fed_once_recorded(tap, sent[:1])
    with BrowserMicrophone(tap).record(tmp_path / "take-1.wav") as recorder:
        threading.Timer(0.05, feeding, (tap, OWNER, sent[1:])).start()
    assert recorder.elapsed_s == pytest.approx(0.2, abs=0.001)


def test_one_tab_gives_its_microphone_and_another_may_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr("voicemock.page.microphone.ON_ITS_WAY_S", 0.0)
    tap = Tap()
    for rate_hz in (0, 7_999, 192_001):
        assert not tap.claim(OWNER, rate_hz)
    assert tap.claim(OWNER, 8_000)
    assert tap.claim(OWNER, 16_000)
    assert tap.claim(OTHER, 16_000), "nothing is recorded: whoever comes last"
    assert tap.claim(OWNER, 16_000)
    fed_once_recorded(tap, pieces(0.5))
    with BrowserMicrophone(tap).record(tmp_path / "take-1.wav") as recorder:
        until(lambda: recorder.elapsed_s > 0.49)
        assert not tap.claim(OTHER, 16_000)
        tap.feed(OTHER, pieces(0.1)[0])
        tap.release(OTHER)
        assert tap.open
        tap.release(OWNER)  # the page is loaded anew
        assert not tap.open
        with pytest.raises(DeviceError) as missing:
            BrowserMicrophone(tap).find()
        assert "Press “Use this page's microphone and sound”" in missing.value.hint, "its button"
        assert tap.claim(OTHER, 16_000)
        feeding(tap, OTHER, [*pieces(0.5), b"", b"\1"])
        until(lambda: recorder.elapsed_s > 0.99)
        assert not recorder.finished
    assert recorder.elapsed_s == pytest.approx(1.0, abs=0.001)
    assert recorder.error is None


def test_a_tab_that_does_not_come_back_is_a_lost_microphone(tmp_path, monkeypatch):
    tap = Tap()
    with pytest.raises(DeviceError, match="No page"):
        BrowserMicrophone(tap).find()
    with pytest.raises(DeviceError, match="No page"), BrowserMicrophone(tap).record(tmp_path / "take-1.wav"):
        pass
    assert not (tmp_path / "take-1.wav").exists()
    tap.claim(OWNER, 16_000)
    assert BrowserMicrophone(tap).find().name == "the browser's microphone"
    first = fed_once_recorded(tap, pieces(0.25))
    with BrowserMicrophone(tap).record(tmp_path / "take-1.wav") as recorder:
        first.join()
        monkeypatch.setattr(record, "PATIENCE_S", 0.2)  # not before: a busy machine is late with the first piece
        feeding(tap, OWNER, pieces(0.25))
        until(lambda: recorder.elapsed_s > 0.49)
        tap.release(OWNER)
        until(lambda: recorder.finished)
    assert isinstance(recorder.error, DeviceError)
    assert recorder.elapsed_s == pytest.approx(0.5, abs=0.001)


def test_a_microphone_of_another_rate_is_another_microphone():
    put = []
    tap = Tap()
    tap.claim(OWNER, 16_000)
    assert tap.start(put.append) == 16_000
    tap.claim(OWNER, 44_100)
    assert isinstance(put[0], SourceEnd)
    assert isinstance(put[0].error, DeviceError)


# The interviewer's words in the browser.


@pytest.fixture
def sound(tmp_path) -> Path:
    path = tmp_path / "said.wav"
    path.write_bytes(wav_bytes(np.zeros(1600, np.float32), 16_000))
    return path


def test_a_tab_plays_what_the_interviewer_says(sound):
    board = Board(lambda: None)
    aloud = Aloud(board, threading.Event())
    thread = threading.Thread(target=aloud.play, args=(sound,))
    thread.start()
    until(lambda: board.scene.say == 1)
    assert aloud.sound("1") == sound.read_bytes()
    assert aloud.sound("0") is None
    assert aloud.sound("2") is None
    aloud.played(0, failed=False)  # of another sound
    time.sleep(0.15)
    assert thread.is_alive()
    aloud.played(1, failed=False)
    thread.join(5)
    assert board.scene.say is None


def test_a_tab_that_cannot_play_and_one_that_never_says_so_are_told_of(sound, monkeypatch):
    aloud = Aloud(board := Board(lambda: None), threading.Event())
    threading.Thread(target=lambda: (until(lambda: board.scene.say == 1), aloud.played(1, failed=True))).start()
    with pytest.raises(DeviceError, match="could not play"):
        aloud.play(sound)
    monkeypatch.setattr("voicemock.page.aloud.SPARE_S", 0.0)
    with pytest.raises(DeviceError, match="could not play"):
        aloud.play(sound)


def test_a_hang_up_ends_the_wait_for_a_tab(sound):
    hung_up = threading.Event()
    hung_up.set()
    with pytest.raises(HungUp):
        Aloud(board := Board(lambda: None), hung_up).play(sound)
    assert board.scene.say is None, "a tab that comes back would play it"


def test_what_a_tab_says_late_of_one_sound_is_not_taken_for_the_next(sound, monkeypatch):
    class Late(threading.Event):
        def clear(self) -> None:
            super().clear()
            told = threading.Thread(target=aloud.played, args=(0,), kwargs={"failed": False})
            told.start()
            told.join(0.05)

    monkeypatch.setattr("voicemock.page.aloud.SPARE_S", 0.0)
    aloud = Aloud(Board(lambda: None), threading.Event())
    aloud._done = Late()
    with pytest.raises(DeviceError, match="could not play"):
        aloud.play(sound)


# The house.


class FakeSession:
    def __init__(self, running: bool = True) -> None:
        self.running, self.hung_up = running, False

    def hang_up(self) -> None:
        self.hung_up = True

    def wait(self, timeout_s: float) -> None:
        pass


def test_a_session_nobody_sees_is_ended_and_then_voicemock(monkeypatch):
    house = House(Door(("127.0.0.1:1",)))
    alone = 0.0
    monkeypatch.setattr(type(house.hub), "alone_s", property(lambda _: alone))
    house.session = FakeSession()
    for alone, ends in (  # noqa: B007 (the property reads it)
        (0.0, False),
        (house_module.GONE_S, False),
        (house_module.GONE_S + 0.1, True),
    ):
        assert not house.look_around()
        assert house.session.hung_up is ends
    alone = house_module.CLOSED_S + 0.1
    assert not house.look_around(), "it still writes its report"
    house.session.running = False
    house.work.task = Task(title="Listening")
    assert not house.look_around(), "something must be done first"
    house.work.task = Task(title="Listened", over=True)
    assert house.look_around()
    alone = house_module.CLOSED_S
    assert not house.look_around()


def test_one_session_at_a_time():
    house = House(Door(("127.0.0.1:1",)))
    house.session = FakeSession()
    with pytest.raises(UsageError, match="running"):
        house.begin(Choice())


def test_a_tab_and_a_session_that_ask_at_once_share_one_microphone(monkeypatch):
    class Slow(Tap):
        def __init__(self) -> None:
            time.sleep(0.05)
            super().__init__()

    monkeypatch.setattr("voicemock.page.microphone.Tap", Slow)
    house, found = House(Door(("127.0.0.1:1",))), []
    threads = [threading.Thread(target=lambda: found.append(house.tap)) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found[0] is found[1]


def test_closing_ends_the_session():
    house = House(Door(("127.0.0.1:1",)))
    house.close()
    house.session = FakeSession()
    house.close()
    assert house.session.hung_up


# Over the live line.


@pytest.fixture
def inside():
    with open_page() as visitor:
        visitor.enter()
        yield visitor


def line(visitor):
    from websockets.sync.client import connect

    return connect(
        f"ws://{visitor.host}{visitor.home}/live",
        origin=visitor.origin,
        additional_headers={"Cookie": visitor.cookie},
        proxy=None,
        open_timeout=10,
    )


def hears(tab, phase: str) -> dict:
    while True:
        scene = json.loads(tab.recv(timeout=15))
        if scene["phase"] == phase:
            return scene


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_two_tabs_see_the_same_and_either_may_press(inside, monkeypatch):
    asked: list[Choice] = []

    def hold(self) -> None:
        asked.append(self._choice)
        self._board.turn(phase=Phase.RECORDING)
        assert self.keys.wait("p") == "p"
        self._board.turn(phase=Phase.ENDED)

    monkeypatch.setattr(session_module.Session, "_hold", hold)
    with line(inside) as one, line(inside) as other:
        assert json.loads(one.recv(timeout=10))["phase"] == "none"
        one.send(json.dumps({"rate_hz": 16_000}))
        one.send("no json")
        one.send(json.dumps({"key": 1}))
        one.send(b"\0\0")
        until(lambda: inside.house._tap and inside.house.tap.open)
        answer = inside.post("/practise/begin", {"microphone": "browser", "set": "em_core", "count": 2})
        assert answer.status == 200, answer.text
        moment = hears(one, "waiting")["moment"]
        assert hears(other, "waiting")["moment"] == moment
        refused = inside.post("/practise/begin", {})
        assert (refused.status, "running already" in refused.data["message"]) == (409, True)
        assert inside.post("/practise/level", {}).status == 409
        other.send(json.dumps({"key": "p", "moment": moment}))
        assert hears(one, "ended")["browser"]
        hears(other, "ended")
    until(lambda: not inside.house.tap.open)
    assert asked[0].microphone == "browser"
    assert asked[0].count == 2


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_two_hundred_silent_lines_stop_neither_the_live_one_nor_its_sound(inside):
    import socket

    heard: list[object] = []
    with line(inside) as tab:
        tab.send(json.dumps({"rate_hz": 16_000}))
        until(lambda: inside.house.tap.open)
        inside.house.tap.start(heard.append)
        port = int(inside.host.rpartition(":")[2])
        silent = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(200)]
        try:
            tab.send(b"\1\0" * 10)
            until(lambda: heard)
            inside.house.board.turn(phase=Phase.LISTENING)
            assert hears(tab, "listening")
        finally:
            for one in silent:
                one.close()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_what_cannot_begin_says_why_and_another_try_may_follow(inside):
    assert inside.post("/practise/begin", {"nonsense": 1}).status == 400
    for count in ("many", 0):
        assert inside.post("/practise/begin", {"count": count}).status == 400
    with line(inside) as tab:
        assert inside.post("/practise/begin", {"set": "no_such_set"}).status == 200
        assert "no_such_set" in hears(tab, "failed")["problem"]["text"]
        until(lambda: not inside.house.session.running)
        assert inside.post("/practise/begin", {"set": "em_core", "microphone": "browser"}).status == 200
        assert "microphone" in hears(tab, "failed")["problem"]["text"]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_bug_is_told_and_loses_nothing(inside, monkeypatch):
    def hold(self) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr(session_module.Session, "_hold", hold)
    with line(inside) as tab:
        inside.post("/practise/begin", {})
        assert "RuntimeError: oh" in hears(tab, "failed")["problem"]["text"]


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_too_many_tabs_are_turned_away_and_the_others_stay(inside, monkeypatch):
    from websockets.exceptions import InvalidStatus

    monkeypatch.setattr("voicemock.page.hub.MOST_TABS", 1)
    with line(inside) as tab:
        tab.recv(timeout=10)
        with pytest.raises(InvalidStatus), line(inside):
            pass
        assert inside.house.hub.alone_s == 0.0
    until(lambda: inside.house.hub.alone_s > 0.0)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_session_is_begun_with_what_was_chosen_and_taken_up_again(inside, monkeypatch):
    held = []

    def equip(setup, config, *, microphone, output_device, warn):
        held.append(setup)
        return session_module.Equipment(setup, None, microphone, None, None)

    monkeypatch.setattr(session_module, "equip", equip)
    monkeypatch.setattr(session_module, "equip_again", equip)
    monkeypatch.setattr(session_module, "conduct", lambda store, *_, **__: held.append(store))
    inside.house.tap.claim(OWNER, 16_000)
    choice = {"set": "em_core", "count": 2, "manner": "warm", "blind": True, "auto_stop_s": 8, "microphone": "browser"}
    choice |= {"predict": True}
    with line(inside) as tab:
        inside.post("/practise/begin", choice)
        session = hears(tab, "ended")["session"]
        setup, store = held
        assert (setup.manner, setup.blind, setup.auto_stop_s, setup.predict) == ("warm", True, 8.0, True)
        assert len(store.progress.questions) == 2
        until(lambda: not inside.house.session.running)
        inside.post("/practise/begin", {"resume": session, "microphone": "browser"})
        assert hears(tab, "ended")["session"] == session
        assert held[3].progress.setup == store.progress.setup


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(
    ("choice", "form", "count"),
    [
        ({"form": "drill/shrink"}, "drill/shrink", 3),
        ({"form": "loop/strategy", "minutes": 10}, "loop/strategy", 10),
        ({"form": "loop/people", "minutes": 10, "dimension": "communication"}, "loop/people", 10),
        ({"form": "loop/people", "dimension": "none"}, "There is no dimension", 0),
        ({"form": "reverse/manager", "count": 4}, "reverse/manager", 4),
        ({"form": "drill/none"}, "There is no drill", 0),
        ({"form": "x/y"}, "There is no kind of session", 0),
    ],
)
def test_a_drill_a_round_and_ones_own_questions_are_begun(inside, monkeypatch, choice, form, count):
    held = []
    equip = lambda setup, config, **rest: session_module.Equipment(setup, None, rest["microphone"], None, None)  # noqa: E731
    monkeypatch.setattr(session_module, "equip", equip)
    monkeypatch.setattr("voicemock.jobs.drills.round_questions", lambda _, known, minutes: tuple(known[:minutes]))
    monkeypatch.setattr(session_module, "conduct", lambda store, *_, **__: held.append(store))
    with line(inside) as tab:
        assert inside.post("/practise/begin", {**choice, "microphone": "browser", "predict": True}).status == 200
        scene = hears(tab, "ended" if count else "failed")
    if not count:
        assert form in scene["problem"]["text"]
        return
    assert (held[0].info.form, len(held[0].progress.questions)) == (form, count)
    assert not held[0].progress.setup.predict, "a form has no room for it"
    sides = {question.dimension for question in held[0].progress.questions}
    assert (sides == {"communication"}) == ("dimension" in choice)


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("never_used_before")
def test_what_is_chosen_the_first_time_is_remembered(inside, monkeypatch):
    monkeypatch.setattr(session_module.Session, "_hold", lambda _: None)

    def begin(**choice: object) -> None:
        until(lambda: not (inside.house.session and inside.house.session.running))
        assert inside.post("/practise/begin", choice).status == 200

    assert inside.json("/practise.json")["first"]
    begin(form="drill/shrink", voice="natural")
    begin(question="delivered-late", voice="natural")
    begin(resume="x")
    assert not config_file().exists(), "no practice of a set was chosen yet"
    begin(set="system_design", microphone="browser", voice="system:en")
    assert config_file().read_text() == 'question_set = "system_design"\nvoice = "system:en"\n'
    begin(set="em_core", microphone="USB")
    assert "USB" not in config_file().read_text(), "and from then on the settings say"
    assert not inside.json("/practise.json")["first"]
    config_file().unlink()
    begin(set="em_core", microphone="USB")
    assert load_config().input_device == "USB"


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("never_used_before")
def test_settings_that_cannot_be_written_stop_no_session(inside, monkeypatch):
    monkeypatch.setattr(session_module.Session, "_hold", lambda _: None)
    config_file().parent.write_text("a file in the way")
    assert inside.post("/practise/begin", {"set": "em_core"}).status == 200
    (told,) = inside.house.board.scene.said
    assert told.warning
    assert "cannot be written" in told.text


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(("seconds", "status"), [(5.9, 400), (6, 200)])
def test_an_answer_is_ended_by_no_shorter_silence(inside, monkeypatch, seconds, status):
    monkeypatch.setattr(session_module.Session, "_hold", lambda _: None)
    assert inside.post("/practise/begin", {"auto_stop_s": seconds}).status == status


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(("minutes", "status"), [(9, 400), (10, 200), (90, 200), (91, 400)])
def test_a_round_takes_ten_to_ninety_minutes(inside, monkeypatch, minutes, status):
    monkeypatch.setattr(session_module.Session, "_hold", lambda _: None)
    assert inside.post("/practise/begin", {"form": "loop/strategy", "minutes": minutes}).status == status
